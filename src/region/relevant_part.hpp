// What of a case can change when its services are back.
#pragma once

#include "outage/case.hpp"

namespace resmon::forecast {

/// The case without the activities and resources that no provision and no declaration waits for, directly or because
/// they ask for the same crews. Every course of what is left is the same. Pure.
[[nodiscard]] outage::Case relevant_part(outage::Case whole);

}  // namespace resmon::forecast
