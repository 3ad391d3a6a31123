#include "server/health_api.hpp"

#include "base/error.hpp"
#include "server/proxy.hpp"

namespace resmon::server {

namespace {

http::Response plain(std::string text) { return {.type = "text/plain; charset=utf-8", .body = std::move(text)}; }

}  // namespace

void add_routes(http::Routes& routes, const Metrics& metrics, std::function<bool()> store_answers) {
    routes.get("/healthz", Action::read_health, [](const http::Request&) { return plain("ok\n"); });
    routes.get("/readyz", Action::read_health, [store_answers = std::move(store_answers)](const http::Request&) {
        if (!store_answers()) throw Unavailable{worded("fault.unavailable.store")};
        return plain("ready\n");
    });
    routes.get("/metrics", Action::read_metrics, [&metrics](const http::Request& request) {
        if (!is_from_this_machine(request)) throw NotFound{""};
        return http::Response{.type = "text/plain; version=0.0.4", .body = metrics.text()};
    });
}

bool is_for_operators(std::string_view path) { return path == "/healthz" || path == "/readyz" || path == "/metrics"; }

}  // namespace resmon::server
