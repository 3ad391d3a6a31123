// Any bytes as the body of a saved answer: what the API's description lets through is read, and fits its question or is
// refused with places. Never anything else.
#include "base/error.hpp"
#include "http/openapi.hpp"
#include "reading/catalogue_reader.hpp"
#include "survey/survey_json.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace resmon;
    static const http::OpenApi api;
    static const http::Route route{"PUT", "/api/v1/responses/{response}/answers/{question}", Action::answer_survey, {}};
    static const catalogue::Questionnaire questionnaire = catalogue::kept_questionnaire(
        catalogue::questionnaire_files(catalogue::shipped_catalogue_files(), {"resilienzmonitor"}));
    http::Request request{.method = "PUT",
                          .path = "/api/v1/responses/0123456789abcdef/answers/A4",
                          .parameters = {{"response", "0123456789abcdef"}, {"question", "A4"}},
                          .body = {reinterpret_cast<const char*>(bytes), size}};
    try {
        api.check(request, route);
        const survey::Answer answer = survey::answer_from_json(nlohmann::json::parse(request.body));
        for (const catalogue::Topic& topic : questionnaire.topics)
            for (const catalogue::Question& question : topic.questions)
                if (survey::faults_of(question, answer).empty() &&
                    survey::value_from_text(survey::value_to_text(answer.value)) != answer.value)
                    __builtin_trap();
    } catch (const InputError&) {
    }
    return 0;
}
