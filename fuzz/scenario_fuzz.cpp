// Any bytes as the text of an own scenario: few faults, each at a line that exists, or a scenario; the same twice.
#include "scenarios/scenario_text.hpp"

#include "reading/catalogue_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace resmon;
    static const catalogue::Catalogue catalogue = catalogue::catalogue_from(catalogue::shipped_catalogue_files());
    const std::string text{reinterpret_cast<const char*>(bytes), size};
    const scenarios::CheckedText found = scenarios::checked(text, "fuzz", catalogue);
    if (found.scenario.has_value() != found.faults.empty() || found.faults.size() > scenarios::most_faults)
        std::abort();
    // Each of the line ends that YAML knows begins a line.
    const auto lines = static_cast<int>(std::ranges::count(text, '\n') + std::ranges::count(text, '\r')) + 2;
    for (const auto& [fault, column] : found.faults)
        if (fault.place.line < 0 || fault.place.line > lines || column < 0 || column > static_cast<int>(size) + 1)
            std::abort();
    return 0;
}
