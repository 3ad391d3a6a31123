// Levers: what preparedness moves in a case.
#pragma once

#include "base/body_key.hpp"
#include "catalogue/preparedness.hpp"
#include "outage/case.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace resmon::forecast {

/// Where a lever stands: drawn from low to high once per course, by the id; the same id draws alike wherever it stands.
struct LeverSetting {
    std::string id;
    catalogue::Lever lever = catalogue::Lever::restoration;
    double low = 1;
    double central = 1;
    double high = 1;
    std::vector<outage::Range> one_of = {};  ///< if nobody knows: one of these, equally likely, instead of low … high
};

/// Whose things are moved. None = everything in the case, as of a body alone. A body at a shared provider moves what it
/// does and decides itself, and its own services: its provider's tasks, gates and backups stay as they are.
using Mover = std::optional<BodyKey>;

/// The case with levers moved. Settings of one lever multiply; of a probability the last holds. A factor of 1 for all
/// leaves the case as it was. With a mover: of its case as `seen_by` gives it, for figures are common to all bodies.
/// Pure.
[[nodiscard]] outage::Case with_levers(outage::Case outage, const std::vector<LeverSetting>& settings,
                                       const Mover& mover = {});

/// The levers that reach something in the case. Pure.
[[nodiscard]] std::set<catalogue::Lever> levers_in(const outage::Case& outage, const Mover& mover);

}  // namespace resmon::forecast
