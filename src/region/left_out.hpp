// The case of an incident as one would have made it without that incident: what a replay is held against.
#pragma once

#include "catalogue/catalogue.hpp"
#include "outage/case.hpp"
#include "region/region.hpp"

#include <vector>

namespace resmon::forecast {

struct LeftOutCase {
    outage::Case outage;
    std::vector<catalogue::Figure> replaced;  ///< as they stand in the catalogue, by id
};

/// As `case_of`, but a figure that was derived from the incident is drawn over the hull of its siblings' ranges: the
/// figures of the same kind (last word of the id: `days`, `capacity`, …) in this case that were not. The number of
/// helpers, which has no sibling, is the lowest of its range. Without such a figure the same case as `case_of`. Pure.
/// Throws as `completed`, and InputError if a derived figure has no sibling. The request names an incident.
[[nodiscard]] LeftOutCase case_without(const catalogue::Catalogue& catalogue, const CaseRequest& request);

}  // namespace resmon::forecast
