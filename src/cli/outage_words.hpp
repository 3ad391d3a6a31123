// The words of `resmon replay`, `simulate`, `explain`, `calibrate`, `risk` and `runs` on the command line.
#pragma once

#include "cli/add_command.hpp"
#include "cli/commands.hpp"

#include <string>

namespace resmon::cli {

/// What is said; each subcommand needs some of it.
struct OutageWish {
    ReplayOptions replay;
    bool is_every_incident = false;
    SimulateOptions simulate;
    ExplainOptions explain;
    CalibrateOptions calibrate;
    RiskOptions risk;
    std::string run;
};

/// Options, which take what belongs to every computation, and wish must outlive the parent.
void add_outage_words(CLI::App& app, const AddCommand& add, Options& options, OutageWish& wish);

}  // namespace resmon::cli
