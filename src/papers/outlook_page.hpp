// The second page for the council: what would happen, what shortens it most, what nobody knows, how it was computed.
#pragma once

#include "preparedness/body_forecast.hpp"
#include "report/document.hpp"
#include "survey/survey.hpp"

#include <string>

namespace resmon::papers {

[[nodiscard]] report::Section outlook_page(const catalogue::Catalogue& catalogue, const survey::Sheet& sheet,
                                           const preparedness::BodyForecast& forecast, Language language);

/// The finding in one sentence: when the house works by half again.
[[nodiscard]] std::string finding(const outage::Forecast& forecast, Language language);

}  // namespace resmon::papers
