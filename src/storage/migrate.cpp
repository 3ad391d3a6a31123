#include "storage/migrate.hpp"

#include "base/error.hpp"
#include "base/shipped.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace resmon::storage {

namespace {

/// Statements of a migration; a semicolon at the end of a line ends one.
std::vector<std::string> statements_of(const std::string& sql) {
    std::vector<std::string> statements;
    std::size_t begin = 0;
    for (std::size_t end = sql.find(";\n"); end != std::string::npos; end = sql.find(";\n", begin)) {
        statements.push_back(sql.substr(begin, end - begin));
        begin = end + 2;
    }
    return statements;
}

int schema_version(soci::session& session) {
    session << "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)";
    int version = 0;
    soci::indicator present = soci::i_null;
    session << "SELECT MAX(version) FROM schema_version", soci::into(version, present);
    return present == soci::i_ok ? version : 0;
}

}  // namespace

void migrate(soci::session& session) {
    // The lock keeps a second program that starts at the same moment from doing the same.
    session << "BEGIN IMMEDIATE";
    const int found = schema_version(session);
    const auto migrations = shipped_migrations();
    const int newest = static_cast<int>(migrations.size());
    if (found > newest) {
        session << "ROLLBACK";
        throw Conflict{
            fmt::format("the database has schema {}, this program knows up to {}: use the newer program that wrote it, "
                        "or restore a backup made before",
                        found, newest)};
    }
    for (int version = found + 1; version <= newest; ++version) {
        for (const std::string& statement : statements_of(unpacked(migrations[static_cast<std::size_t>(version - 1)])))
            session << statement;
        session << "INSERT INTO schema_version (version) VALUES (:version)", soci::use(version);
    }
    session << "COMMIT";
}

}  // namespace resmon::storage
