// The desk of a wave's owner: planned, opened, followed, closed. It tells how far bodies are and never what they
// answer.
#pragma once

#include "accounts/accounts.hpp"
#include "base/instant.hpp"
#include "catalogue/catalogue.hpp"
#include "storage/sealing.hpp"
#include "waves/participation.hpp"
#include "waves/status.hpp"
#include "waves/wave.hpp"

#include <optional>
#include <string>
#include <vector>

namespace resmon::waves {

/// What all desks of waves work with; it must outlive them.
struct Means {
    accounts::Accounts& accounts;
    const storage::Sealing& sealing;
    const catalogue::Catalogue& catalogue;

    [[nodiscard]] storage::Database& database() const { return accounts.database(); }
    [[nodiscard]] std::string now() const { return utc_text(accounts.now()); }
    [[nodiscard]] std::int64_t seconds() const { return seconds_of(accounts.now()); }
    /// YYYY-MM-DD, in UTC: a window ends at most two hours later than on the clock of the town hall, never earlier.
    [[nodiscard]] std::string today() const { return now().substr(0, 10); }
};

/// A wave as its owner sees it.
struct Overview {
    Wave wave;
    std::string owner_name;
    Status status;
    std::optional<Obstacle> to_open;  ///< why it cannot be opened now
    std::optional<Obstacle> to_close;
    std::optional<Obstacle> to_dispatch;
    std::optional<Obstacle> to_purge;
};

/// With every body of the frame, removed ones too.
struct WorkList {
    Overview overview;
    std::vector<BodyStatus> bodies;
    std::vector<BodyKey> in_previous;  ///< those whose body, or a predecessor of it, handed in to the previous wave
};

class Waves {
public:
    explicit Waves(Means means) : means_{means} {}

    /// Newest first, as far as the person may see them.
    [[nodiscard]] std::vector<Overview> list(const Principal& who);
    /// Throws NotFound.
    [[nodiscard]] WorkList wave(const Principal& who, const WaveId& id);

    /// Takes version and day of the register from the catalogue. Without owner: the person's organisation, which must
    /// be a coordination office or a survey owner. Throws InputError, NotFound for an unknown questionnaire.
    [[nodiscard]] Wave plan(const Principal& who, Wave wished, std::vector<FrameBody> frame);
    /// While it is planned. Throws Conflict after.
    void set_frame(const Principal& who, const WaveId& id, std::vector<FrameBody> frame);
    /// After the opening; the reason is kept. Throw Conflict if the body is in the frame already, or is not.
    void add_body(const Principal& who, const WaveId& id, const std::string& body, const std::string& reason);
    void remove_body(const Principal& who, const WaveId& id, const std::string& body, const std::string& reason);

    /// Throw Conflict with the obstacle.
    void open(const Principal& who, const WaveId& id);
    void close(const Principal& who, const WaveId& id, const std::string& reason);
    /// While it is planned.
    void discard(const Principal& who, const WaveId& id);

    /// From the day on that was promised to those who took part: contacts, invitations and the connection to the
    /// responses go, and with it the responses of organisations to which nobody belongs. Frame and numbers stay.
    /// Returns how many participations went.
    std::size_t purge(const Principal& who, const WaveId& id);
    /// Those of which the day has come.
    [[nodiscard]] std::vector<WaveId> to_purge(const Principal& who);

    /// What a file says anew: name, window, texts and deletion while it is planned; more bodies, after the opening each
    /// with its reason; addresses of bodies that are there. Nobody leaves the frame by it. All of it or nothing: throws
    /// Conflict, or InputError.
    Extended extend(const Principal& who, const Wave& wished, std::vector<FrameBody> bodies, Addresses addresses);

    /// As `wave`, to be written into a file. Noted in the audit trail.
    [[nodiscard]] WorkList exported(const Principal& who, const WaveId& id);

    /// Those who handed in and whose consent to comparisons stands, in an order that tells nothing. What they answered
    /// is for whoever may read the responses: an owner may not. Noted in the audit trail.
    [[nodiscard]] std::vector<Comparable> comparable(const Principal& who, const WaveId& id);

    [[nodiscard]] const catalogue::Catalogue& catalogue() const noexcept { return means_.catalogue; }

private:
    [[nodiscard]] Overview overview_of(soci::session& sql, Wave wave, std::span<const BodyStatus> bodies) const;
    [[nodiscard]] WorkList work_list_of(soci::session& sql, Wave wave) const;
    [[nodiscard]] std::vector<BodyKey> in_previous(soci::session& sql, const Wave& wave,
                                                   std::span<const BodyStatus> bodies) const;
    void append(soci::session& sql, const Principal& who, const char* action, const Wave& wave,
                std::string detail = {});

    Means means_;
};

/// The wave, if the person may do that with it; else NotFound, as if there were none.
[[nodiscard]] Wave owned_wave(soci::session& sql, const Principal& who, const WaveId& id, Action action);

}  // namespace resmon::waves
