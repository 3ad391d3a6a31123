#include "forecast/run.hpp"

#include "base/word.hpp"

namespace resmon::forecast {

namespace {

constexpr std::array<std::string_view, 6> states{"queued", "running", "done", "cancelled", "failed", "interrupted"};
constexpr std::array<std::string_view, 4> doings{"waiting", "computing", "storing", "nothing"};

}  // namespace

std::string_view to_string(RunState state) { return word_of(states, state); }

RunState run_state_from(std::string_view word) { return value_of<RunState>(states, word); }

std::string_view to_string(Doing doing) { return word_of(doings, doing); }

Doing doing_from(std::string_view word) { return value_of<Doing>(doings, word); }

bool has_ended(RunState state) { return state != RunState::queued && state != RunState::running; }

}  // namespace resmon::forecast
