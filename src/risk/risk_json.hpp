// Risk per year as the API tells it (api/outage.yaml), and as CSV.
#pragma once

#include "risk/risk.hpp"

#include <nlohmann/json.hpp>

namespace resmon::risk {

[[nodiscard]] nlohmann::ordered_json risk_to_json(const catalogue::Catalogue& catalogue, const RiskReport& report);

/// The exceedance curve.
[[nodiscard]] std::string risk_csv(const RiskReport& report, Language language);

}  // namespace resmon::risk
