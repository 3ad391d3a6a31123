// HTTP of what operators see: settings, retention, backups (api/accounts.yaml).
#pragma once

#include "cli/installation.hpp"
#include "http/routes.hpp"

namespace resmon::cli {

/// Options and installation must outlive the routes.
void add_operation_routes(http::Routes& routes, const Options& options, Installation& installation);

}  // namespace resmon::cli
