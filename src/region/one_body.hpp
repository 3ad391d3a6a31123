// One body among the customers of a shared provider: their case as far as that body is concerned.
#pragma once

#include "base/body_key.hpp"
#include "outage/case.hpp"

namespace resmon::forecast {

/// The same courses, of which only the losses of one body count: crews go where they would go with all customers in
/// view, and neighbours share their help with them. What the others lose is not computed. Questions are left out. Pure.
/// Throws as outage::compiled.
[[nodiscard]] outage::Case seen_by(outage::Case whole, const BodyKey& body);

}  // namespace resmon::forecast
