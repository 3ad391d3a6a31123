#include "http/door.hpp"

#include "base/error.hpp"
#include "http/problem.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace resmon::http {

namespace {

int status_of(Forbidden::Why why) {
    switch (why) {
        case Forbidden::Why::not_yours: return 404;
        case Forbidden::Why::no_right:
        case Forbidden::Why::cross_site: return 403;
        case Forbidden::Why::sign_in_first:
        case Forbidden::Why::sign_in_failed:
        case Forbidden::Why::second_factor_needed: return 401;
        case Forbidden::Why::too_many_tries: return 429;
    }
    return 403;
}

Response refused(const Request& request, const Forbidden& refusal) {
    Response answer = problem(request, status_of(refusal.why), problem_type(refusal.why));
    if (refusal.why == Forbidden::Why::too_many_tries) answer.headers["Retry-After"] = std::to_string(refusal.seconds);
    return answer;
}

Response unavailable(const Request& request, const std::string& route, const Unavailable& fault) {
    using Why = Unavailable::Why;
    const std::string line = fmt::format("{} {} {}: {}", request.id, request.method, route, fault.what());
    if (fault.why == Why::busy)
        spdlog::warn("{}", line);
    else
        spdlog::error("{}", line);
    switch (fault.why) {
        case Why::busy: {
            constexpr const char* seconds = "5";
            Response later = problem(request, 503, "try-again-later");
            later.headers["Retry-After"] = seconds;
            return later;
        }
        case Why::storage_full: return problem(request, 507, "storage-full");
        case Why::damaged: return problem(request, 500, "storage-damaged");
    }
    return problem(request, 503, "try-again-later");
}

}  // namespace

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
    checks_.identify(request);
    checks_.permit(request, *route);
    checks_.validate(request, *route);
    return route->handler(request);
} catch (const InputError& error) {
    return problem(request, 422, "invalid-input", error.in(request.language), error.faults());
} catch (const Conflict& error) {
    return problem(request, 409, "changed-meanwhile", error.in(request.language));
} catch (const NotFound& error) {
    return problem(request, 404, "not-found", error.in(request.language));
} catch (const Forbidden& refusal) {
    return refused(request, refusal);
} catch (const Unavailable& fault) {
    return unavailable(request, route_name, fault);
} catch (const std::exception& bug) {
    spdlog::critical("{} {} {}: {}", request.id, request.method, route_name, bug.what());
    return problem(request, 500, "internal");
}

}  // namespace resmon::http
