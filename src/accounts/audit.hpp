// The audit trail: who saw, changed or exported what. Each entry is chained to the one before by its hash, so that
// nothing can be changed or taken out unseen; an anchor kept elsewhere also shows a cut tail.
#pragma once

#include "base/text.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace resmon::accounts {

/// What happened. An empty salt means that the content was erased (personal data): its digest stays, the chain holds.
struct AuditContent {
    std::string person;        ///< id; `link:` and its id; empty for the public and the command line
    std::string action;        ///< `sign-in`, `read-runs`, `role-given`
    std::string organisation;  ///< whose thing it was; empty for the installation's
    std::string object;
    std::string detail;
    std::string address;
    std::string salt = {};
};

/// Where a chain stands. Number 0 and an empty chain before its first entry.
struct AuditHead {
    std::int64_t number = 0;
    std::string chain;
};

struct AuditEntry {
    std::string server;       ///< one chain per server
    std::int64_t number = 0;  ///< from 1 without gaps
    std::string at;           ///< UTC, ISO 8601
    AuditContent content;
    std::string digest;  ///< of salt and content
    std::string chain;   ///< of the chain before, server, number, time and digest

    [[nodiscard]] bool is_erased() const { return content.salt.empty(); }
};

/// The entry that follows `head`, with a fresh salt.
[[nodiscard]] AuditEntry next_entry(const AuditHead& head, const std::string& server, const std::string& at,
                                    AuditContent content);

/// Checks one chain, entry by entry in the order of their numbers.
class ChainCheck {
public:
    /// What is wrong with this entry, nothing if it holds.
    [[nodiscard]] std::optional<Wording> next(const AuditEntry& entry);
    [[nodiscard]] const AuditHead& head() const noexcept { return head_; }

private:
    AuditHead head_;
};

/// `server number chain`, several servers separated by `; `: a line to print and keep elsewhere.
[[nodiscard]] std::string anchor_text(const std::map<std::string, AuditHead>& heads);
/// Throws InputError for anything but what `anchor_text` writes.
[[nodiscard]] std::map<std::string, AuditHead> anchor_from(const std::string& line);

}  // namespace resmon::accounts
