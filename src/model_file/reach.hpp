// Which requirements can never be met, whatever happens.
#pragma once

#include "outage/case.hpp"

#include <optional>
#include <string>

namespace resmon::model_file {

/// The id of a resource for want of which it is never met: one that fails for certain and that nothing restores.
[[nodiscard]] std::optional<std::string> never_met(const outage::Case& outage, const outage::Requirement& needs);

}  // namespace resmon::model_file
