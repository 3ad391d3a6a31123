// How far a wave is: what each body of the frame has reached, counted. Never what anybody answers.
#pragma once

#include "waves/frame.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::waves {

/// The furthest that a body has come; each body has exactly one.
enum class Standing {
    not_invited,
    invited,    ///< the invitation was dispatched
    opened,     ///< the link was used, but nobody takes part yet
    begun,      ///< takes part, not handed in
    handed_in,  ///< the response is finished
    withdrawn,
};

inline constexpr std::array<std::string_view, 6> standings{"not-invited", "invited",   "opened",
                                                           "begun",       "handed-in", "withdrawn"};

[[nodiscard]] std::string_view to_string(Standing standing);
/// Throws InputError that lists the words.
[[nodiscard]] Standing standing_from(std::string_view word);

struct BodyStatus {
    FrameBody body;
    Standing standing = Standing::not_invited;
    int last_stage = -1;      ///< of the dispatches; -1: none
    bool is_unclear = false;  ///< a dispatch of which nobody knows whether it left
};

using Counts = std::array<long, standings.size()>;  ///< by Standing

[[nodiscard]] long sum_of(const Counts& counts);
/// Handed in, of all; 0 for none.
[[nodiscard]] double response_rate(const Counts& counts);

struct Group {
    std::string word;  ///< of the state, kind or size class
    Counts counts{};
};

/// Each list sums to the total, and the total to the bodies that were not removed.
struct Status {
    Counts total{};
    std::vector<Group> by_state;  ///< in the order of the official keys; without groups that have no body
    std::vector<Group> by_size;
    std::vector<Group> by_kind;
};

[[nodiscard]] Status status_of(std::span<const BodyStatus> bodies);

}  // namespace resmon::waves
