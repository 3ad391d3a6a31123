// The words of `resmon wave` on the command line.
#pragma once

#include "cli/commands.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace resmon::cli {

/// Adds a subcommand with its help to the parent; the action may be empty.
using AddCommand = std::function<CLI::App*(CLI::App& parent, const char* name, std::function<int()> action)>;

/// Options and wish must outlive the parent.
void add_wave_words(CLI::App& app, const AddCommand& add, const Options& options, WaveWish& wish);

}  // namespace resmon::cli
