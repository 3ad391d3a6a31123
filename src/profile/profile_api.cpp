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
}

}  // namespace resmon::profile
