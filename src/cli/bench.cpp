// resmon bench --signature: one number over fixed forecasts. Speed work leaves it, model work says that it changes it.
#include "cli/commands.hpp"
#include "cli/signature.hpp"
#include "cli/terminal.hpp"

#include <fmt/format.h>

namespace resmon::cli {

int bench_signature(const Options& options) {
    write_output(options, fmt::format("{:016x}\n", signature(options.threads)));
    return exit_done;
}

}  // namespace resmon::cli
