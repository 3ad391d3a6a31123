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
    for (const Route& route : routes_) {
        if (!matches(route.path, request.path, request.parameters)) continue;
        const bool is_wanted = route.method == request.method || (request.method == "HEAD" && route.method == "GET");
        if (is_wanted) return &route;
        allowed.push_back(route.method);
    }
    return nullptr;
}

}  // namespace resmon::http
