// One number over fixed forecasts: speed work leaves it, model work says that it changes it.
#pragma once

#include <cstdint>

namespace resmon::cli {

/// A hash of the bits of forecasts of a synthetic town, small enough to compute in a second. `threads` must not matter.
[[nodiscard]] std::uint64_t signature(unsigned threads);

}  // namespace resmon::cli
