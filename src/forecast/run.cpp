#include "forecast/run.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace resmon::forecast {

namespace {

constexpr std::array<std::string_view, 6> states{"queued", "running", "done", "cancelled", "failed", "interrupted"};

}  // namespace

std::string_view to_string(RunState state) { return states.at(static_cast<std::size_t>(state)); }

RunState run_state_from(std::string_view word) {
    const auto found = std::ranges::find(states, word);
    if (found == states.end()) throw InputError{fmt::format("must be one of {}, is {}", fmt::join(states, ", "), word)};
    return static_cast<RunState>(found - states.begin());
}

bool has_ended(RunState state) { return state != RunState::queued && state != RunState::running; }

}  // namespace resmon::forecast
