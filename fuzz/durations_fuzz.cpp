// Any bytes as a table of durations: read, or refused with line and column.
#include "base/error.hpp"
#include "incidents/duration_table.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    try {
        (void)resmon::incidents::durations_from_csv({reinterpret_cast<const char*>(bytes), size}, "durations.csv");
    } catch (const resmon::InputError&) {
    }
    return 0;
}
