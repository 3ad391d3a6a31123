// A forecast as the parts that are kept and served: the region's summary, each body, each service's map.
#pragma once

#include "forecast/forecast_json.hpp"
#include "forecast/forecast_store.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>

namespace resmon::forecast {

/// `about` of a result: the only part that differs between equal runs.
struct About {
    RunId run;  ///< empty if the run is not kept
    std::string started;
    Effort effort;
};

/// `about`, and what of it a computation has that is of no catalogue and not kept.
[[nodiscard]] nlohmann::ordered_json about_to_json(const About& about);
[[nodiscard]] nlohmann::ordered_json effort_to_json(const Effort& effort);

/// The most memory this process has had so far (VmHWM).
[[nodiscard]] std::int64_t peak_bytes();

[[nodiscard]] ResultParts parts_of(const ResultContext& context, const outage::Forecast& forecast, const About& about);
[[nodiscard]] std::string result_text(const ResultContext& context, const outage::Forecast& forecast,
                                      const About& about);
[[nodiscard]] std::string course_text(const outage::Case& outage, const outage::Sampling& sampling,
                                      std::uint32_t number);

}  // namespace resmon::forecast
