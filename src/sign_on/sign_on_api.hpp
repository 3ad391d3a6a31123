// HTTP of signing in, links, the own account, invitations and resets (api/accounts.yaml).
#pragma once

#include "http/routes.hpp"
#include "sign_on/sign_on.hpp"

namespace resmon::sign_on {

/// The desk must outlive the routes.
void add_routes(http::Routes& routes, SignOn& sign_on);

}  // namespace resmon::sign_on
