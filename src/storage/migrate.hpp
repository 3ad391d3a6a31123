// Brings a database's schema up to date: numbered SQL files, all that are missing in one transaction.
#pragma once

#include "storage/connection.hpp"

#include <string>
#include <vector>

namespace resmon::storage {

struct Migration {
    std::string name;  ///< `0002_accounts.sql`
    std::vector<std::string> statements;
};

/// Those of this program, in their order: the first makes schema 1.
[[nodiscard]] std::vector<Migration> shipped_migration_list();

/// 0 for an empty database.
[[nodiscard]] int schema_of(soci::session& sql);

/// Runs what the database lacks, up to `schema`, within the caller's transaction.
void bring_up_to(soci::session& sql, const std::vector<Migration>& migrations, std::size_t schema);

/// Runs the migrations that the database lacks; a copy of a database with content is put beside it before, as
/// `before-schema-N-TIME.db` (SQLite) or `.zip` (an archive of PostgreSQL). Never goes back. If anything fails,
/// everything is as it was. Throws Conflict if the database is newer than this program.
void migrate(Connection& connection, const Location& location, const std::vector<Migration>& migrations);

/// Names of the migrations that the database lacks, after they ran on it and were undone: what fails fails here.
[[nodiscard]] std::vector<std::string> try_to_migrate(Connection& connection, const std::vector<Migration>& migrations);

}  // namespace resmon::storage
