#include "papers/council_paper.hpp"

#include "papers/day_text.hpp"
#include "papers/outlook_page.hpp"
#include "papers/standing_page.hpp"

namespace resmon::papers {

report::Document council_paper(const catalogue::Catalogue& catalogue, const survey::Sheet& sheet,
                               const preparedness::BodyForecast& forecast, Language language) {
    const survey::Response& response = sheet.response;
    const auto text = [&](const char* key, const std::vector<TextArgument>& arguments = {}) {
        return program_text(key, language, arguments);
    };
    report::Document paper{.title = text("council.title", {{"body", sheet.body_name}}),
                           .author = sheet.body_name,
                           .language = language,
                           .made = instant_from(response.changed_at)};
    paper.head = text("council.head", {{"body", sheet.body_name}});
    paper.foot = text("council.foot", {{"day", day_text(paper.made, language)}});
    if (!sheet.questionnaire->is_published) paper.foot += " · " + text("council.draft-foot");
    if (is_synthetic(response.body.text()) || is_synthetic(response.organisation.value))
        paper.origin = report::Document::Origin::synthetic;
    paper.sections = {standing_page(sheet, forecast, language), outlook_page(catalogue, sheet, forecast, language)};
    return paper;
}

}  // namespace resmon::papers
