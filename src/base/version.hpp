// The program's version, as in CMakeLists.txt and CHANGELOG.md.
#pragma once

#include <string_view>

namespace resmon {

inline constexpr std::string_view program_version = RESMON_VERSION;

}  // namespace resmon
