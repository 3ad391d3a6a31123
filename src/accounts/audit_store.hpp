// SQL of the audit trail. No rules. Every function runs in the caller's transaction.
#pragma once

#include "accounts/audit.hpp"
#include "accounts/filter.hpp"

#include <soci/soci.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace resmon::accounts {

/// Where the chain stands; keeps others from appending until the transaction ends.
[[nodiscard]] AuditHead locked_head(soci::session& sql, const std::string& server);
void insert_audit(soci::session& sql, const AuditEntry& entry);

[[nodiscard]] std::map<std::string, AuditHead> audit_heads(soci::session& sql);

/// Every entry in the order of server and number, one at a time.
void for_each_audit(soci::session& sql, const std::function<void(const AuditEntry&)>& take);

/// Where an entry stands in the order of the trail.
struct AuditPlace {
    std::string at;
    std::string server;
    std::int64_t number = 0;
};

/// Which entries are wished; empty texts are no condition.
struct AuditQuery {
    std::string person = {};
    std::string action = {};
    std::string from = {};                  ///< UTC
    std::string until = {};                 ///< UTC, not included
    std::optional<AuditPlace> before = {};  ///< of the last entry of the page before
    int limit = 100;
};

/// Newest first. `filter` over the column `organisation`; an entry is also shown to those who may see it by its person.
[[nodiscard]] std::vector<AuditEntry> select_audit(soci::session& sql, const Filter& filter, const AuditQuery& query);

/// Leaves the tombstone: digest and chain stay, content and salt go.
void erase_audit_content(soci::session& sql, const std::string& person);

}  // namespace resmon::accounts
