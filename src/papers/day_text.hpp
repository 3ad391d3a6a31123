// Days as papers print them.
#pragma once

#include "base/instant.hpp"
#include "base/text.hpp"

#include <string>

namespace resmon::papers {

/// `24. November 2026`, `24 November 2026`: the day on which that instant lies in Germany. No line ends
/// within it.
[[nodiscard]] std::string day_text(Instant instant, Language language);

}  // namespace resmon::papers
