#include "preparedness/preparedness_api.hpp"

#include "preparedness/preparedness_json.hpp"

namespace resmon::preparedness {

namespace {

/// Enough for a first look within a second; the intervals say how much it is worth.
constexpr outage::Sampling quick{.seed = 1, .replications = 200};

std::vector<Reading> readings_of(const survey::Survey& survey, const survey::Sheet& sheet) {
    return read(survey.catalogue().preparedness, *sheet.questionnaire, sheet.asked,
                survey::holding_answers(sheet.entries));
}

/// The questions that are asked: those of one topic, or all if none is named. Throws NotFound.
std::set<QuestionId> questions_of(const survey::Sheet& sheet, const http::Request& request) {
    const auto wanted = request.query.find("topic");
    if (wanted == request.query.end()) return sheet.asked;
    std::set<QuestionId> questions;
    for (const catalogue::Question& question : sheet.questionnaire->topic(wanted->second).questions)
        questions.insert(question.id);
    return questions;
}

}  // namespace

// Both name the levels of single answers: whoever is shown the profile alone does not see them.
void add_routes(http::Routes& routes, survey::Survey& survey) {
    routes.get(
        "/api/v1/responses/{response}/forecast", Action::read_responses, [&survey](const http::Request& request) {
            const survey::Sheet sheet = survey.whole(request.who, {request.parameter("response")});
            return http::json_response(body_forecast_to_json(survey.catalogue().preparedness,
                                                             body_forecast(survey.catalogue(), sheet.response.body,
                                                                           readings_of(survey, sheet), quick))
                                           .dump());
        });
    routes.get("/api/v1/responses/{response}/effects", Action::read_responses, [&survey](const http::Request& request) {
        const survey::Sheet sheet = survey.whole(request.who, {request.parameter("response")});
        return http::json_response(
            effects_to_json(survey.catalogue().preparedness,
                            answer_effects(survey.catalogue(), sheet.response.body, readings_of(survey, sheet),
                                           questions_of(sheet, request), quick),
                            quick)
                .dump());
    });
}

}  // namespace resmon::preparedness
