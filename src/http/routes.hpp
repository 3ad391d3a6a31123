// Which handler answers which address, and what it does there.
#pragma once

#include "access/action.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::http {

using Handler = std::function<Response(const Request&)>;

struct Route {
    std::string method;
    std::string path;  ///< template: `/api/v1/outage-runs/{run}`
    Action action;
    Handler handler;
};

class Routes {
public:
    void get(std::string path, Action action, Handler handler) {
        add({"GET", std::move(path), action, std::move(handler)});
    }
    void post(std::string path, Action action, Handler handler) {
        add({"POST", std::move(path), action, std::move(handler)});
    }
    void put(std::string path, Action action, Handler handler) {
        add({"PUT", std::move(path), action, std::move(handler)});
    }
    void remove(std::string path, Action action, Handler handler) {
        add({"DELETE", std::move(path), action, std::move(handler)});
    }

    /// Fills the request's parameters. None if no route fits; `allowed` then lists the methods that the path has.
    [[nodiscard]] const Route* find(Request& request, std::vector<std::string>& allowed) const;
    [[nodiscard]] const std::vector<Route>& all() const noexcept { return routes_; }

private:
    void add(Route route) { routes_.push_back(std::move(route)); }

    std::vector<Route> routes_;
};

/// Whether the path fits the template; `{name}` takes one segment.
[[nodiscard]] bool matches(std::string_view path_template, std::string_view path, Fields& parameters);

}  // namespace resmon::http
