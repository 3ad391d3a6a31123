// The log of a server: plain lines for people, JSON lines for programs; to standard error.
#pragma once

#include "cli/options.hpp"

namespace resmon::cli {

void set_up_log(const Options& options);

}  // namespace resmon::cli
