// The HTTP shape of forecasts and of the catalogue: api/outage.yaml.
#pragma once

#include "forecast/forecast.hpp"
#include "http/routes.hpp"

namespace resmon::forecast {

/// The desk must outlive the routes.
void add_routes(http::Routes& routes, Runs& runs);

}  // namespace resmon::forecast
