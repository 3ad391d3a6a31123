#include "papers/papers_api.hpp"

#include "papers/council_paper.hpp"
#include "papers/questionnaire_paper.hpp"
#include "report/pdf.hpp"

#include <fmt/format.h>

namespace resmon::papers {

namespace {

/// As the page has it (preparedness/preparedness_api.cpp), so that paper and page tell the same figures.
constexpr outage::Sampling as_on_the_page{.seed = 1, .replications = 200};

preparedness::BodyForecast forecast_of(const catalogue::Catalogue& catalogue, const survey::Sheet& sheet) {
    const auto readings = preparedness::read(catalogue.preparedness, *sheet.questionnaire, sheet.asked,
                                             survey::holding_answers(sheet.entries));
    return preparedness::body_forecast(catalogue, sheet.response.body, readings, as_on_the_page);
}

Language language_of(const http::Request& request) {
    const auto wished = request.query.find("language");
    if (wished == request.query.end()) return request.language;
    return wished->second == "en" ? Language::english : Language::german;
}

/// Shown in the browser; kept under that name.
http::Response pdf_response(const report::Document& paper, const std::string& name) {
    http::Response response{.type = "application/pdf", .body = report::pdf(paper)};
    response.headers["Content-Disposition"] = fmt::format("inline; filename=\"{}.pdf\"", name);
    return response;
}

}  // namespace

void add_routes(http::Routes& routes, survey::Survey& survey) {
    // It names levels of single answers and their forecast: whoever is shown the profile alone does not see them.
    routes.get("/api/v1/responses/{response}/council.pdf", Action::read_responses,
               [&survey](const http::Request& request) {
                   const survey::Sheet sheet = survey.whole(request.who, {request.parameter("response")});
                   const auto forecast = forecast_of(survey.catalogue(), sheet);
                   return pdf_response(council_paper(survey.catalogue(), sheet, forecast, language_of(request)),
                                       "resilienzmonitor-" + sheet.response.body.text());
               });
    const catalogue::Catalogue& catalogue = survey.catalogue();
    routes.get("/api/v1/questionnaires/{questionnaire}/paper.pdf", Action::read_catalogue,
               [&catalogue](const http::Request& request) {
                   const auto& questionnaire = catalogue.questionnaire({request.parameter("questionnaire")});
                   return http::with_etag(
                       pdf_response(questionnaire_paper(questionnaire, catalogue, language_of(request)),
                                    questionnaire.id.value),
                       request.header("if-none-match"));
               });
}

}  // namespace resmon::papers
