#include "http/problem.hpp"

#include "base/word.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <string_view>

namespace resmon::http {

Response problem(const Request& request, int status, const std::string& type, const std::string& detail,
                 const std::vector<Fault>& faults) {
    nlohmann::ordered_json json = {{"type", "/problems/" + type},
                                   {"title", program_text("problem." + type, request.language)},
                                   {"status", status}};
    if (!detail.empty()) json["detail"] = detail;
    json["instance"] = request.path;
    for (const Fault& fault : faults)
        json["errors"].push_back({{"pointer", fault.place.path}, {"detail", fault.expectation.in(request.language)}});
    // What people sent may be no UTF-8; the answer always is.
    return {.status = status,
            .type = "application/problem+json",
            .body = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

std::string problem_type(Forbidden::Why why) {
    constexpr std::array<std::string_view, 7> types{
        "not-found",  "forbidden",     "sign-in-first", "sign-in-failed", "second-factor-needed",
        "cross-site", "too-many-tries"};
    return std::string{word_of(types, why)};
}

}  // namespace resmon::http
