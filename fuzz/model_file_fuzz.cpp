// Any bytes as a model file: refused with places, or read, and then written and read again as the same text.
#include "base/error.hpp"
#include "model_file/model_file.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace resmon;
    std::string written;
    try {
        written =
            model_file::yaml_of(model_file::model_from_yaml({reinterpret_cast<const char*>(bytes), size}, "fuzz"));
    } catch (const InputError&) {
        return 0;
    }
    if (model_file::yaml_of(model_file::model_from_yaml(written, "written")) != written) std::abort();
    return 0;
}
