// What operators ask: alive, ready, counts.
#pragma once

#include "http/routes.hpp"
#include "server/metrics.hpp"

#include <functional>
#include <string_view>

namespace resmon::server {

/// /healthz: the process answers. /readyz: it can serve; `store_answers` says whether the store does, or throws what
/// keeps it. /metrics: for this machine only, nobody else learns that it exists.
void add_routes(http::Routes& routes, const Metrics& metrics, std::function<bool()> store_answers);

/// The addresses of these routes.
[[nodiscard]] bool is_for_operators(std::string_view path);

}  // namespace resmon::server
