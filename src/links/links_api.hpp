// HTTP of those who come by a link (api/survey.yaml).
#pragma once

#include "http/routes.hpp"
#include "links/links.hpp"

namespace resmon::links {

/// The desk must outlive the routes.
void add_routes(http::Routes& routes, Links& links);

}  // namespace resmon::links
