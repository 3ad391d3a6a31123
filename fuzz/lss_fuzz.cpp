// Any bytes as a survey of LimeSurvey: a questionnaire that passes the check, or refused.
#include "base/error.hpp"
#include "exchange/lss_questionnaire.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    try {
        (void)resmon::exchange::questionnaire_from_lss({reinterpret_cast<const char*>(bytes), size});
    } catch (const resmon::InputError&) {
    }
    return 0;
}
