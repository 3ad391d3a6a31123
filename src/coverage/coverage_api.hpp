// How often forecasts were right, over HTTP (api/outage.yaml).
#pragma once

#include "catalogue/catalogue.hpp"
#include "http/routes.hpp"

namespace resmon::coverage {

/// The catalogue must outlive the routes.
void add_routes(http::Routes& routes, const catalogue::Catalogue& catalogue);

}  // namespace resmon::coverage
