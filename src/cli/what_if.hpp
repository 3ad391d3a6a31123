// What-ifs as they are said on the command line.
#pragma once

#include "cli/commands.hpp"
#include "region/region.hpp"

namespace resmon::cli {

/// Throws InputError for what no case has.
[[nodiscard]] forecast::Overrides overrides_of(const WhatIf& wished);

}  // namespace resmon::cli
