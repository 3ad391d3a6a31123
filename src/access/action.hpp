// What can be done, as names. Every route and command names its action; accounts/permission.hpp decides who may do it.
#pragma once

#include <string_view>

namespace resmon {

enum class Action {
    read_health,
    read_metrics,
    use_session,  ///< sign in and out, use a link
    read_own_account,
    change_own_account,
    read_catalogue,
    read_permissions,
    read_runs,
    start_run,
    end_run,
    compute_forecast,
    read_responses,
    answer_survey,
    finish_response,
    manage_response,  ///< open it again, delete it, give links to it, assign its topics
    read_profile,
    read_waves,        ///< of one's own organisation: whom it asks and how far they are, never an answer
    manage_waves,      ///< plan, open, close; write to those who are asked
    read_invitations,  ///< which waves ask one's own body
    take_part,         ///< in a wave, and withdraw
    read_organisations,
    manage_organisations,
    read_people,
    manage_people,
    read_sharing,
    change_sharing,
    read_audit,
    read_operation,
    manage_operation,
};

inline constexpr int action_count = 29;

/// `read-own-account`
[[nodiscard]] std::string_view to_string(Action action);
/// Throws InputError that lists the words.
[[nodiscard]] Action action_from(std::string_view word);

}  // namespace resmon
