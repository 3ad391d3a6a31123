#include "access/action.hpp"

#include "base/word.hpp"

namespace resmon {

namespace {

constexpr std::array<std::string_view, action_count> actions{
    "read-health",        "read-metrics",         "use-session",    "read-own-account", "change-own-account",
    "read-catalogue",     "read-permissions",     "read-runs",      "start-run",        "end-run",
    "compute-forecast",   "read-responses",       "answer-survey",  "finish-response",  "manage-response",
    "read-profile",       "read-waves",           "manage-waves",   "read-invitations", "take-part",
    "read-organisations", "manage-organisations", "read-people",    "manage-people",    "read-sharing",
    "change-sharing",     "read-audit",           "read-operation", "manage-operation"};

}  // namespace

std::string_view to_string(Action action) { return word_of(actions, action); }

Action action_from(std::string_view word) { return value_of<Action>(actions, word); }

}  // namespace resmon
