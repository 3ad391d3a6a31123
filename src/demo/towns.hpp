// Towns that do not exist, for demonstrations: rows of the register, under keys that no district has.
#pragma once

#include "base/body_key.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace resmon::demo {

struct Town {
    BodyKey key;
    std::string name;
    long population = 0;
};

inline constexpr int towns_per_state = 30;

/// In four states, of every size class. The first is Musterstadt, the second Beispielhausen.
[[nodiscard]] std::vector<Town> towns();

/// The register with them at its end, as Register::from_csv reads it.
[[nodiscard]] std::string with_towns(std::string register_csv, const std::vector<Town>& towns);

}  // namespace resmon::demo
