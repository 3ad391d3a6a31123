// The first page for the council: the level of each topic, and in words why it is not higher.
#pragma once

#include "preparedness/body_forecast.hpp"
#include "report/document.hpp"
#include "survey/survey.hpp"

namespace resmon::papers {

[[nodiscard]] report::Section standing_page(const survey::Sheet& sheet, const preparedness::BodyForecast& forecast,
                                            Language language);

}  // namespace resmon::papers
