// How main.cpp lets others add subcommands to it.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace resmon::cli {

/// Adds a subcommand with its help to the parent; the action may be empty.
using AddCommand = std::function<CLI::App*(CLI::App& parent, const char* name, std::function<int()> action)>;

}  // namespace resmon::cli
