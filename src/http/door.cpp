#include "http/door.hpp"

#include "base/error.hpp"
#include "http/problem.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace resmon::http {

Response Door::answer(Request request, std::string& route_name) const try {
    std::vector<std::string> allowed;
    const Route* route = routes_.find(request, allowed);
    if (route == nullptr && allowed.empty()) return problem(request, 404, "not-found");
    if (route == nullptr) {
        Response refusal = problem(request, 405, "method-not-allowed");
        refusal.headers["Allow"] = fmt::format("{}", fmt::join(allowed, ", "));
        return refusal;
    }
    route_name = route->path;
    validate_(request, *route);
    return route->handler(request);
} catch (const InputError& error) {
    return problem(request, 422, "invalid-input", error.what(), error.faults());
} catch (const Conflict& error) {
    return problem(request, 409, "changed-meanwhile", error.what());
} catch (const NotFound& error) {
    return problem(request, 404, "not-found", error.what());
} catch (const Forbidden& refusal) {
    return refusal.existence_may_be_known ? problem(request, 403, "forbidden") : problem(request, 404, "not-found");
} catch (const Unavailable&) {
    return problem(request, 503, "try-again-later");
} catch (const std::exception& bug) {
    spdlog::critical("{} {} {}: {}", request.id, request.method, route_name, bug.what());
    return problem(request, 500, "internal");
}

}  // namespace resmon::http
