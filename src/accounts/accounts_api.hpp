// HTTP of organisations, people, sharing, the audit trail and the rules (api/accounts.yaml).
#pragma once

#include "accounts/accounts.hpp"
#include "http/routes.hpp"

namespace resmon::accounts {

/// The desk must outlive the routes.
void add_routes(http::Routes& routes, Accounts& accounts);

}  // namespace resmon::accounts
