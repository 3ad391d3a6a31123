// Risk per year over HTTP (api/outage.yaml).
#pragma once

#include "catalogue/catalogue.hpp"
#include "http/routes.hpp"

namespace resmon::risk {

/// The catalogue must outlive the routes.
void add_routes(http::Routes& routes, const catalogue::Catalogue& catalogue);

}  // namespace resmon::risk
