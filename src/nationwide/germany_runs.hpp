// Runs of all Germany: computed beside those of single cases, with fewer threads.
#pragma once

#include "forecast/run_worker.hpp"

namespace resmon::nationwide {

/// `threads`: of the server, 0 = all. One is left to everybody else, for this takes long.
[[nodiscard]] forecast::Trade trade_of_germany(unsigned threads);

}  // namespace resmon::nationwide
