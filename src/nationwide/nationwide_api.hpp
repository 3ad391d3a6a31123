// HTTP of Germany's forecasts: what a run of all Germany has instead of a region's result.
#pragma once

#include "forecast/forecast.hpp"
#include "http/routes.hpp"

namespace resmon::nationwide {

/// `runs` must outlive the routes.
void add_routes(http::Routes& routes, forecast::Runs& runs);

}  // namespace resmon::nationwide
