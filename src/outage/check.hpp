// Does a case contradict itself?
#pragma once

#include "base/error.hpp"
#include "outage/case.hpp"

#include <vector>

namespace resmon::outage {

/// Every contradiction: references out of range, estimates out of order, repeated ids or hashes, φ + φ' above 0.9,
/// tasks larger than their pool, cycles of activities (each told by its members).
[[nodiscard]] std::vector<Fault> contradictions_in(const Case& outage);

}  // namespace resmon::outage
