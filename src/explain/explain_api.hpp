// The HTTP shape of explanations: api/outage.yaml, tag `explain`.
#pragma once

#include "explain/explain.hpp"
#include "http/routes.hpp"

namespace resmon::explain {

/// The desk must outlive the routes.
void add_routes(http::Routes& routes, Explanations& explanations);

}  // namespace resmon::explain
