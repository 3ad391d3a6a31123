// A forecast in words and tables for the terminal.
#pragma once

#include "catalogue/catalogue.hpp"
#include "cli/options.hpp"
#include "engine/forecast.hpp"
#include "region/region.hpp"

#include <string>

namespace resmon::cli {

/// First the sentence, then milestones (of a replay), services and what holds them, then how we know.
[[nodiscard]] std::string summary(const Options& options, const catalogue::Catalogue& catalogue,
                                  const forecast::CaseRequest& request, const outage::Forecast& forecast);

/// How exact the mean loss is, and that it is less exact than wished; a line.
[[nodiscard]] std::string exactness_line(const Options& options, const outage::Distribution& loss);

/// Whole days; a time not reached says so.
[[nodiscard]] std::string day_text(double day, const Options& options);
[[nodiscard]] std::string day_range(double low, double high, const Options& options);

}  // namespace resmon::cli
