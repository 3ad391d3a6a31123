// Overrides as the text that the database keeps.
#pragma once

#include "region/region.hpp"

#include <string>

namespace resmon::forecast {

[[nodiscard]] std::string overrides_to_text(const Overrides& overrides);
[[nodiscard]] Overrides overrides_from_text(const std::string& text);

}  // namespace resmon::forecast
