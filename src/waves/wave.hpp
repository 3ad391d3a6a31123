// A wave: one questionnaire asked of many bodies in one window of time, and what its owner may do with it when.
#pragma once

#include "access/principal.hpp"
#include "base/error.hpp"
#include "base/quantity.hpp"
#include "base/text.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::waves {

using WaveId = Id<struct WaveTag>;

enum class WaveState { planned, open, closed };

[[nodiscard]] std::string_view to_string(WaveState state);
/// Throws InputError that lists the words.
[[nodiscard]] WaveState wave_state_from(std::string_view word);

/// Days are YYYY-MM-DD, instants UTC; empty if it has not come to that.
struct Wave {
    WaveId id;
    OrganisationId owner;  ///< who asks; empty on a machine without accounts
    Text name;
    QuestionnaireId questionnaire;
    int version = 1;
    bool is_draft = false;      ///< the questionnaire was not published: a trial
    bool is_synthetic = false;  ///< for practice; nothing in it says anything about a real body
    std::string as_of;          ///< day of the register from which the frame comes
    std::string opens;          ///< first day of the window
    std::string closes;         ///< its last day
    Text purpose;               ///< shown to whoever takes part
    std::string delete_on;      ///< shown too: from this day on the connection to the answers may go
    WaveId previous;            ///< the earlier wave that it continues; empty if none
    WaveState state = WaveState::planned;
    std::string made_at;
    std::string opened_at;
    std::string closed_at;
    std::string close_reason;  ///< why before the last day
    std::string purged_at;     ///< when what `delete_on` is about was deleted
};

/// What contradicts itself in a planned wave, with pointers as in api/waves.yaml.
[[nodiscard]] std::vector<Fault> faults_of(const Wave& wave);

/// Whether both say the same of name, window, purpose and deletion: what can be planned anew.
[[nodiscard]] bool is_same_plan(const Wave& one, const Wave& other);

/// Why something cannot be done with a wave now. Shown to people as the reason, in the order in which it is asked.
enum class Obstacle {
    is_planned,
    is_open,
    is_closed,
    frame_is_empty,
    before_the_window,
    after_the_window,
    window_is_open,  ///< to close it early needs a reason
    not_in_frame,
    takes_part_already,
    other_questionnaire,  ///< the response answers another one, or another version
    deletion_day_to_come,
};

[[nodiscard]] std::string_view to_string(Obstacle obstacle);

/// `bodies`: in the frame. `today`: YYYY-MM-DD.
[[nodiscard]] std::optional<Obstacle> obstacle_to_open(const Wave& wave, std::size_t bodies, std::string_view today);
[[nodiscard]] std::optional<Obstacle> obstacle_to_close(const Wave& wave, std::string_view today,
                                                        std::string_view reason);
/// To invite, to remind, to take part.
[[nodiscard]] std::optional<Obstacle> obstacle_to_answer(const Wave& wave, std::string_view today);
[[nodiscard]] std::optional<Obstacle> obstacle_to_purge(const Wave& wave, std::string_view today);

/// Throws Conflict whose words are the obstacle's name and what it means.
void require_none(std::optional<Obstacle> obstacle);

}  // namespace resmon::waves
