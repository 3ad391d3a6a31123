// What is kept no longer than needed: periods, how much is due, and its removal.
#pragma once

#include "accounts/accounts.hpp"

#include <string>
#include <vector>

namespace resmon::sign_on {

/// Days after which rows may go; 0 = never. Settings of the installation; the defaults are expert estimates.
struct Retention {
    int sessions = 1;       ///< after their last use
    int sign_in_tries = 1;  ///< failed ones; they count for an hour
    int links = 30;         ///< after their end, with invitations; of links for answers that nobody used, the label
    int audit = 1095;       ///< content of entries: tombstones stay, the chain holds
};

struct RetentionRule {
    std::string what;  ///< `sessions`, `sign-in-tries`, `links`, `audit`
    int days = 0;
    long long rows = 0;  ///< due now, or removed
};

/// What would go now. For whoever may read_operation.
[[nodiscard]] std::vector<RetentionRule> due_rows(accounts::Accounts& accounts, const Retention& retention,
                                                  const Principal& who);
/// Removes it, in one transaction with its audit line. For whoever may manage_operation.
std::vector<RetentionRule> remove_due_rows(accounts::Accounts& accounts, const Retention& retention,
                                           const Principal& who);

}  // namespace resmon::sign_on
