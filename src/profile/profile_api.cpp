#include "profile/profile_api.hpp"

#include "profile/profile_json.hpp"

namespace resmon::profile {

void add_routes(http::Routes& routes, survey::Survey& survey) {
    // Also for those with whom the profile alone is shared: nothing here tells of answers.
    routes.get("/api/v1/profiles", Action::read_profile, [&survey](const http::Request& request) {
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (const survey::Sheet& sheet : survey.list(request.who, Action::read_profile))
            list.push_back(profile_summary_to_json(sheet));
        return http::json_response(nlohmann::ordered_json{{"profiles", std::move(list)}}.dump());
    });
    routes.get("/api/v1/responses/{response}/profile", Action::read_profile, [&survey](const http::Request& request) {
        const survey::Sheet sheet = survey.whole(request.who, {request.parameter("response")}, Action::read_profile);
        return http::json_response(profile_to_json(sheet).dump());
    });
    routes.get("/api/v1/responses/{response}/trend", Action::read_profile, [&survey](const http::Request& request) {
        const survey::Sheet now = survey.whole(request.who, {request.parameter("response")}, Action::read_profile);
        const std::vector<survey::Sheet> earlier =
            survey.finished_before(request.who, now.response, Action::read_profile);
        return http::json_response(trend_to_json(trend(earlier, now)).dump());
    });
}

}  // namespace resmon::profile
