// Any bytes as a register of municipalities: read, or refused with line and column.
#include "base/error.hpp"
#include "catalogue/register.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    try {
        (void)resmon::catalogue::Register::from_csv({reinterpret_cast<const char*>(bytes), size}, "register.csv");
    } catch (const resmon::InputError&) {
    }
    return 0;
}
