// Levers: what preparedness moves in a case.
#pragma once

#include "catalogue/preparedness.hpp"
#include "outage/case.hpp"

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

/// The case of a body alone with its levers moved. Settings of one lever multiply; the last of backups_survive holds.
/// A factor of 1 for all leaves the case as it was. Pure.
[[nodiscard]] outage::Case with_levers(outage::Case outage, const std::vector<LeverSetting>& settings);

}  // namespace resmon::forecast
