// That a body takes part in a wave with its response, and the proof of what was deleted when it withdrew.
#pragma once

#include "base/body_key.hpp"
#include "catalogue/register.hpp"
#include "survey/response.hpp"
#include "waves/wave.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace resmon::waves {

struct Participation {
    WaveId wave;
    BodyKey body;
    survey::ResponseId response;
    OrganisationId organisation;  ///< whose the response is; empty on a machine without accounts
    bool may_compare = false;     ///< its answers may stand in comparisons of groups, for the purpose that was shown
    std::string began_at;         ///< UTC
    std::string compare_since;    ///< UTC, of the last decision about comparisons
};

/// A response that may stand in comparisons, and by what it is grouped: not whose it is.
struct Comparable {
    survey::ResponseId response;
    State state = State::nordrhein_westfalen;
    catalogue::BodyKind kind = catalogue::BodyKind::municipality;
    catalogue::SizeClass size = catalogue::SizeClass::below_5000;
};

enum class Withdrawn {
    connection,              ///< the answers stay with the body; the wave knows them no more
    connection_and_answers,  ///< the response is gone
};

[[nodiscard]] std::string_view to_string(Withdrawn what);
/// Throws InputError that lists the words.
[[nodiscard]] Withdrawn withdrawn_from(std::string_view word);

/// What remains. The digest is of the salt and of what was deleted, so that nobody can try answers until one fits:
/// the salt leaves with the receipt alone.
struct Withdrawal {
    std::string id;
    WaveId wave;
    BodyKey body;
    OrganisationId organisation;
    std::string at;  ///< UTC
    Withdrawn what = Withdrawn::connection;
    std::int64_t entries = 0;  ///< deleted ones
    std::string digest;        ///< SHA-256 of the salt, a line feed, and what was deleted
};

struct WithdrawalReceipt {
    Withdrawal withdrawal;
    std::string salt;
};

/// SHA-256 of `resmon withdrawal 1`, id, wave, body, time, what, entries, digest and salt: each followed by a line
/// feed.
[[nodiscard]] std::string hash_of(const WithdrawalReceipt& receipt);

[[nodiscard]] std::string digest_of_deleted(const std::string& salt, const std::string& content);

}  // namespace resmon::waves
