// What mayor and council are told: where their house stands, what would happen, what helps most. Two pages.
#pragma once

#include "preparedness/body_forecast.hpp"
#include "report/document.hpp"
#include "survey/survey.hpp"

namespace resmon::papers {

/// One page where the body stands, one with the forecast. Pure: made at the response's last change, so the same answers
/// give the same paper. Names of those who answered do not stand on it: councils publish their papers.
[[nodiscard]] report::Document council_paper(const catalogue::Catalogue& catalogue, const survey::Sheet& sheet,
                                             const preparedness::BodyForecast& forecast, Language language);

}  // namespace resmon::papers
