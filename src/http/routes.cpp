#include "http/routes.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace resmon::http {

bool matches(std::string_view path_template, std::string_view path, Fields& parameters) {
    Fields found;
    while (!path_template.empty() && !path.empty()) {
        const std::string_view wanted = path_template.substr(0, path_template.find('/', 1));
        const std::string_view given = path.substr(0, path.find('/', 1));
        if (wanted.starts_with("/{")) {
            if (given.size() < 2) return false;
            found.emplace(wanted.substr(2, wanted.size() - 3), given.substr(1));
        } else if (wanted != given) {
            return false;
        }
        path_template.remove_prefix(wanted.size());
        path.remove_prefix(given.size());
    }
    if (!path_template.empty() || !path.empty()) return false;
    parameters = std::move(found);
    return true;
}

const Route* Routes::find(Request& request, std::vector<std::string>& allowed) const {
    const auto wildcards = [](const Route& route) { return std::ranges::count(route.path, '{'); };
    const Route* found = nullptr;
    for (const Route& route : routes_) {
        Fields parameters;
        if (!matches(route.path, request.path, parameters)) continue;
        const bool is_wanted = route.method == request.method || (request.method == "HEAD" && route.method == "GET");
        if (!is_wanted) allowed.push_back(route.method);
        // `/people/invitations` is no person: the more literal path is meant.
        if (!is_wanted || (found != nullptr && wildcards(*found) <= wildcards(route))) continue;
        found = &route;
        request.parameters = std::move(parameters);
    }
    return found;
}

}  // namespace resmon::http
