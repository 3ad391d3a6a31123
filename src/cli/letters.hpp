// How letters leave this installation: the settings of the mail server and the address of the pages.
#pragma once

#include "cli/options.hpp"
#include "waves/dispatching.hpp"

namespace resmon::cli {

/// Throws InputError with every setting that does not fit, or if the file of the password cannot be read.
[[nodiscard]] waves::Sending sending_of(const Options& options);

}  // namespace resmon::cli
