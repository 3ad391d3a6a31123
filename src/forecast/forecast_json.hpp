// The JSON of a forecast: one mapping for the command line, the API and the store.
#pragma once

#include "catalogue/catalogue.hpp"
#include "engine/forecast.hpp"
#include "forecast/run.hpp"
#include "incidents/replay.hpp"
#include "region/region.hpp"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>

namespace resmon::forecast {

/// What the mappings need beside the forecast itself.
struct ResultContext {
    const catalogue::Catalogue& catalogue;
    const CaseRequest& request;
};

/// `Result` of api/outage.yaml without `about`, keys in the order of the API. A time not reached is null.
[[nodiscard]] nlohmann::ordered_json result_to_json(const ResultContext& context, const outage::Forecast& forecast);

/// `BodyResult`.
[[nodiscard]] nlohmann::ordered_json body_result_to_json(const ResultContext& context,
                                                         const outage::BodyForecast& body);

/// `RunMap` for one service.
[[nodiscard]] nlohmann::ordered_json map_to_json(const outage::Forecast& forecast, const std::string& service);

/// `Course`.
[[nodiscard]] nlohmann::ordered_json course_to_json(const outage::Case& outage, const outage::Course& course,
                                                    std::uint32_t number);

/// `Distribution`, `Daily` and, without names for people, `Chain`.
[[nodiscard]] nlohmann::ordered_json distribution_to_json(const outage::Distribution& values);
[[nodiscard]] nlohmann::ordered_json daily_to_json(const outage::DailyQuantiles& days);
[[nodiscard]] nlohmann::ordered_json chain_to_json(std::span<const outage::ChainLink> links);

/// `Body`, `Figure`, `Milestone`, `Overrides` and back.
[[nodiscard]] nlohmann::ordered_json body_to_json(const catalogue::Body& body);
[[nodiscard]] nlohmann::ordered_json figure_to_json(const catalogue::Figure& figure);
[[nodiscard]] nlohmann::ordered_json overrides_to_json(const Overrides& overrides);
[[nodiscard]] Overrides overrides_from_json(const nlohmann::json& json);

/// `Distribution`, `Quantiles`, a list of `Day`; a number that may be infinite: infinity is null.
[[nodiscard]] nlohmann::ordered_json quantiles_to_json(const outage::Quantiles& quantiles);
[[nodiscard]] nlohmann::ordered_json number_to_json(double value);

/// `Run`.
[[nodiscard]] nlohmann::ordered_json run_to_json(const RunStatus& status);

/// `Curve`.
[[nodiscard]] std::string curve_text(const outage::Curve& curve, const outage::Sampling& sampling, double horizon);

/// `Runs`.
[[nodiscard]] std::string runs_text(std::span<const RunStatus> runs);

}  // namespace resmon::forecast
