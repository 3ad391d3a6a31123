#include "profile/profile_api.hpp"

#include "profile/profile_json.hpp"

namespace resmon::profile {

void add_routes(http::Routes& routes, survey::Survey& survey) {
    routes.get("/api/v1/responses/{response}/profile", Action::read_profile, [&survey](const http::Request& request) {
        const survey::Sheet sheet = survey.opened(request.who, {request.parameter("response")}, Action::read_profile);
        return http::json_response(profile_to_json(sheet).dump());
    });
}

}  // namespace resmon::profile
