// The HTTP shape of own scenarios (api/outage.yaml).
#pragma once

#include "http/routes.hpp"
#include "scenarios/scenarios.hpp"

namespace resmon::scenarios {

/// `scenarios` must outlive the routes.
void add_routes(http::Routes& routes, Scenarios& scenarios);

}  // namespace resmon::scenarios
