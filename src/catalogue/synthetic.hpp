// What does not exist: bodies of demonstrations (resmon demo).
#pragma once

#include <string_view>

namespace resmon::catalogue {

/// By its key: states are 01 to 16, a key that begins with 9999 is of no real body.
[[nodiscard]] constexpr bool is_synthetic(std::string_view key) noexcept {
    constexpr std::size_t digits = 12;
    return key.size() == digits && key.starts_with("9999");
}

}  // namespace resmon::catalogue
