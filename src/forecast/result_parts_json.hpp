// A forecast as the parts that are kept and served: the region's summary, each body, each service's map.
#pragma once

#include "forecast/forecast_json.hpp"
#include "forecast/forecast_store.hpp"

#include <cstdint>
#include <string>

namespace resmon::forecast {

/// `about` of a result: the only part that differs between equal runs.
struct About {
    RunId run;  ///< empty if the run is not kept
    std::string started;
    double seconds = 0;
    unsigned threads = 0;  ///< 0 = all
};

/// The most memory this process has had so far (VmHWM).
[[nodiscard]] std::int64_t peak_bytes();

[[nodiscard]] ResultParts parts_of(const ResultContext& context, const outage::Forecast& forecast, const About& about);
[[nodiscard]] std::string result_text(const ResultContext& context, const outage::Forecast& forecast,
                                      const About& about);
[[nodiscard]] std::string course_text(const outage::Case& outage, const outage::Sampling& sampling,
                                      std::uint32_t number);

}  // namespace resmon::forecast
