// The words of `resmon wave` on the command line.
#pragma once

#include "cli/add_command.hpp"
#include "cli/commands.hpp"

namespace resmon::cli {

/// Options and wish must outlive the parent.
void add_wave_words(CLI::App& app, const AddCommand& add, const Options& options, WaveWish& wish);

}  // namespace resmon::cli
