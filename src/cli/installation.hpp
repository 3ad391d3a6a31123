// What every command works with that touches accounts: the database, its key, the audit trail and the desks.
#pragma once

#include "accounts/accounts.hpp"
#include "catalogue/register.hpp"
#include "cli/options.hpp"
#include "links/links.hpp"
#include "sign_on/sign_on.hpp"
#include "storage/sealing.hpp"

namespace resmon::cli {

/// The person at the command line: whoever may write the data directory may do everything; the audit trail says so.
[[nodiscard]] Principal at_the_command_line();

/// Whether a key of the register is a body of that kind of organisation.
[[nodiscard]] accounts::IsBody bodies_of(const catalogue::Register& bodies);

class Installation {
public:
    /// The register must outlive it.
    Installation(const Options& options, const catalogue::Register& bodies);

    storage::Database database;
    storage::Sealing sealing;
    accounts::AuditTrail audit;
    accounts::Accounts accounts;
    sign_on::SignOn sign_on;
    links::Links links;
};

/// The name under which this data directory writes into the audit trail: made once, kept in its file `server`.
[[nodiscard]] std::string server_name(const std::filesystem::path& folder);

}  // namespace resmon::cli
