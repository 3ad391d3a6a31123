// The desk of the audit trail: appends, lists, verifies.
#pragma once

#include "accounts/audit.hpp"
#include "accounts/audit_store.hpp"
#include "base/instant.hpp"
#include "storage/database.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace resmon::accounts {

/// What a person did to whose thing; who and from where come from the principal.
struct Deed {
    std::string action;
    std::string organisation = {};
    std::string object = {};
    std::string detail = {};
};

struct Verdict {
    std::int64_t entries = 0;
    std::optional<Wording> broken;  ///< the first thing that is wrong
    std::string anchor;             ///< of what is there now
};

class AuditTrail {
public:
    /// `server` names the chain to which this process appends.
    AuditTrail(storage::Database& database, std::string server, Clock clock)
        : database_{database}, server_{std::move(server)}, clock_{std::move(clock)} {}

    [[nodiscard]] const std::string& server() const noexcept { return server_; }

    /// In the transaction of the change itself: both are kept, or neither.
    void append(soci::session& sql, const Principal& who, const Deed& deed);

    /// Returns when the entry is on the disk, together with those of all who wait at that moment. What was read leaves
    /// only after it.
    void note(const Principal& who, const Deed& deed);

    /// Those that the person may see, newest first.
    [[nodiscard]] std::vector<AuditEntry> entries(const Principal& who, const AuditQuery& query);

    /// All of those, oldest first by server and number.
    [[nodiscard]] std::vector<AuditEntry> whole(const Principal& who);

    /// Where the chains stand, as a line to print and keep elsewhere.
    [[nodiscard]] std::string anchor();

    /// Recomputes every chain. `anchor` may be empty; else each of its entries must still be there.
    [[nodiscard]] Verdict verify(const std::string& anchor = {});

private:
    storage::Database& database_;
    std::string server_;
    Clock clock_;
};

}  // namespace resmon::accounts
