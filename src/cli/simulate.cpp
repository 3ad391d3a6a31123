#include "cli/commands.hpp"
#include "cli/computation.hpp"

namespace resmon::cli {

int simulate(const Options& options, const SimulateOptions& wished) {
    if (wished.day) return simulate_given(options, wished);
    return compute_and_show(options, {.scenario = ScenarioId{wished.scenario}, .region = RegionId{wished.region}});
}

}  // namespace resmon::cli
