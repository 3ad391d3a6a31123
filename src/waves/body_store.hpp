// SQL of what one body of a frame gets and does: dispatches, invitations, participation, withdrawal. No rules.
#pragma once

#include "accounts/filter.hpp"
#include "storage/database.hpp"
#include "waves/dispatch.hpp"
#include "waves/participation.hpp"

#include <optional>
#include <string>
#include <vector>

namespace resmon::waves {

/// Notes it as being sent: for the first time, or again after it was refused. False if it is not this one's to send.
[[nodiscard]] bool claim_dispatch(soci::session& sql, const WaveId& id, const Dispatch& dispatch);
/// How the attempt ended. False if it is no longer this attempt's to say.
[[nodiscard]] bool settle_dispatch(soci::session& sql, const WaveId& id, const Dispatch& dispatch);
[[nodiscard]] std::vector<Dispatch> select_dispatches(soci::session& sql, const WaveId& id);

/// `hash` of the token.
void insert_invitation(soci::session& sql, const WaveId& id, const Letter& letter, const std::string& hash,
                       const std::string& at);
struct Invited {
    WaveId wave;
    BodyKey body;
    std::string used_at;  ///< UTC, of the first use; empty if it was not used
};
[[nodiscard]] std::optional<Invited> find_invitation(soci::session& sql, const std::string& hash);
/// The body has seen its invitation, if it had not before.
void note_opening(soci::session& sql, const Invited& invited, const std::string& at);
/// The body's tokens of before are used up, and the body has opened its invitation. False if this one was used before.
[[nodiscard]] bool use_invitation(soci::session& sql, const Invited& invited, const std::string& hash,
                                  const std::string& at);

/// False if the body takes part already, or the response does in another wave.
[[nodiscard]] bool insert_participation(soci::session& sql, const Participation& participation);
[[nodiscard]] std::optional<Participation> find_participation(soci::session& sql, const WaveId& id,
                                                              const BodyKey& body);
[[nodiscard]] std::vector<Participation> select_participations(soci::session& sql, const WaveId& id);
void set_comparing(soci::session& sql, const Participation& participation);
void delete_participation(soci::session& sql, const WaveId& id, const BodyKey& body);

void insert_withdrawal(soci::session& sql, const Withdrawal& withdrawal, const std::string& hash);
/// The last one of the body in the wave.
[[nodiscard]] std::optional<Withdrawal> find_withdrawal(soci::session& sql, const WaveId& id, const BodyKey& body);
/// The hash of the receipt of that id; empty if there is none.
[[nodiscard]] std::string withdrawal_hash(soci::session& sql, const std::string& id);

/// A body that a wave asks.
struct Asked {
    WaveId wave;
    BodyKey body;
    std::string body_name;
    bool is_finished = false;  ///< its response of the wave
};
/// Those of the filter over `wave_body.body`, of waves that are open or in which it takes part.
[[nodiscard]] std::vector<Asked> select_asked(soci::session& sql, const accounts::Filter& filter);

}  // namespace resmon::waves
