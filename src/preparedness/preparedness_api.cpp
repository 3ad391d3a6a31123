#include "preparedness/preparedness_api.hpp"

#include "preparedness/preparedness_json.hpp"

namespace resmon::preparedness {

void add_routes(http::Routes& routes, survey::Survey& survey) {
    // It names the levels of single answers: whoever is shown the profile alone does not see it.
    routes.get(
        "/api/v1/responses/{response}/forecast", Action::read_responses, [&survey](const http::Request& request) {
            const survey::Sheet sheet = survey.opened(request.who, {request.parameter("response")});
            const catalogue::PreparednessModel& model = survey.catalogue().preparedness;
            const std::vector<Reading> readings =
                read(model, *sheet.questionnaire, sheet.asked, survey::holding_answers(sheet.entries));
            // Enough for a first look within a second; the interval says how much it is worth.
            constexpr outage::Sampling quick{.seed = 1, .replications = 200};
            return http::json_response(
                body_forecast_to_json(model, body_forecast(survey.catalogue(), sheet.response.body, readings, quick))
                    .dump());
        });
}

}  // namespace resmon::preparedness
