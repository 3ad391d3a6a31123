// The program's texts as the build makes them from texts/program.de.json and texts/program.en.json.
#pragma once

#include <span>
#include <string_view>

namespace resmon {

struct ProgramText {
    std::string_view key;
    std::string_view de;
    std::string_view en;
};

/// Ordered by key in byte order.
std::span<const ProgramText> program_texts();

}  // namespace resmon
