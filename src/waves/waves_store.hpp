// SQL of waves, their frames and how far each body is. No rules.
#pragma once

#include "accounts/filter.hpp"
#include "storage/database.hpp"
#include "storage/sealing.hpp"
#include "waves/status.hpp"
#include "waves/wave.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace resmon::waves {

void insert_wave(soci::session& sql, const Wave& wave);
/// Newest first, as far as the filter over `wave.owner` lets them through.
[[nodiscard]] std::vector<Wave> select_waves(soci::session& sql, const accounts::Filter& filter);
[[nodiscard]] std::optional<Wave> find_wave(soci::session& sql, const WaveId& id, const accounts::Filter& filter);
/// With everything that belongs to it.
void delete_wave(soci::session& sql, const WaveId& id);

/// From `planned`; false if it is in another state.
[[nodiscard]] bool set_open(soci::session& sql, const WaveId& id, const std::string& at);
/// From `open`; false if it is in another state.
[[nodiscard]] bool set_closed(soci::session& sql, const WaveId& id, const std::string& at, const std::string& reason);

/// What the body has reached for good: at the end of the wave, or with a withdrawal after it.
void set_outcome(soci::session& sql, const WaveId& id, const BodyKey& body, Standing standing);

/// Name, window, purpose and day of deletion.
void update_plan(soci::session& sql, const Wave& wave);

/// In place of the former frame.
void replace_frame(soci::session& sql, const WaveId& id, std::span<const FrameBody> bodies,
                   const storage::Sealing& sealing);
/// False if it belongs to the frame already. One that was removed comes back.
[[nodiscard]] bool insert_body(soci::session& sql, const WaveId& id, const FrameBody& body,
                               const storage::Sealing& sealing);
void set_contact(soci::session& sql, const WaveId& id, const FrameBody& body, const storage::Sealing& sealing);
/// False if it does not belong to the frame.
[[nodiscard]] bool remove_body(soci::session& sql, const WaveId& id, const BodyKey& body, const std::string& at,
                               const std::string& why);
[[nodiscard]] long long count_bodies(soci::session& sql, const WaveId& id);
[[nodiscard]] bool is_in_frame(soci::session& sql, const WaveId& id, const BodyKey& body);

/// In the order of the keys, removed ones too. `now`: seconds since 1970.
[[nodiscard]] std::vector<BodyStatus> select_status(soci::session& sql, const WaveId& id,
                                                    const storage::Sealing& sealing, std::int64_t now);

/// Contacts, invitations, participations, and the reasons of dispatches; the frame and what was reached stay.
void purge_wave(soci::session& sql, const WaveId& id, const std::string& at);

}  // namespace resmon::waves
