// Overrides and wishes as the texts that the database keeps.
#pragma once

#include "forecast/run.hpp"
#include "region/region.hpp"

#include <string>

namespace resmon::forecast {

[[nodiscard]] std::string overrides_to_text(const Overrides& overrides);
[[nodiscard]] Overrides overrides_from_text(const std::string& text);

[[nodiscard]] std::string wished_error_to_text(const WishedError& wished);
[[nodiscard]] WishedError wished_error_from_text(const std::string& text);

}  // namespace resmon::forecast
