#include "cli/commands.hpp"
#include "cli/computation.hpp"

namespace resmon::cli {

int replay(const Options& options, const ReplayOptions& wished) {
    return compute_and_show(options, {.incident = IncidentId{wished.incident}});
}

}  // namespace resmon::cli
