// The one way in: finds the route, lets it answer, and turns errors into problems.
#pragma once

#include "http/routes.hpp"

#include <functional>
#include <string>

namespace resmon::http {

/// Sees a request before its handler; throws InputError for what the API's description does not allow.
using Validate = std::function<void(const Request&, const Route&)>;

class Door {
public:
    Door(const Routes& routes, Validate validate) : routes_{routes}, validate_{std::move(validate)} {}

    /// Never throws. `route` names the route for metrics; empty if none fits.
    [[nodiscard]] Response answer(Request request, std::string& route) const;

private:
    const Routes& routes_;
    Validate validate_;
};

}  // namespace resmon::http
