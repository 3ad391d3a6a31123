// The one way in: finds the route, asks who comes and whether they may, lets it answer, and turns errors into problems.
#pragma once

#include "http/routes.hpp"

#include <functional>
#include <string>

namespace resmon::http {

/// What stands between a request and its handler, in this order. Each throws to refuse.
struct Checks {
    std::function<void(Request&)> identify = [](Request&) {};  ///< fills `who`; throws Forbidden
    std::function<void(const Request&, const Route&)> permit = [](const Request&, const Route&) {};
    /// The shape, against the API's description; throws InputError.
    std::function<void(const Request&, const Route&)> validate = [](const Request&, const Route&) {};
};

class Door {
public:
    Door(const Routes& routes, Checks checks) : routes_{routes}, checks_{std::move(checks)} {}

    /// Never throws. `route` names the route for metrics; empty if none fits.
    [[nodiscard]] Response answer(Request request, std::string& route) const;

private:
    const Routes& routes_;
    Checks checks_;
};

}  // namespace resmon::http
