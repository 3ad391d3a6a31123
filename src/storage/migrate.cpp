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

int schema_version(soci::session& sql) {
    sql << "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)";
    long long version = 0;
    soci::indicator present = soci::i_null;
    sql << "SELECT MAX(version) FROM schema_version", soci::into(version, present);
    return present == soci::i_ok ? static_cast<int>(version) : 0;
}

void bring_up_to_date(soci::session& sql) {
    const int found = schema_version(sql);
    const auto migrations = shipped_migrations();
    const int newest = static_cast<int>(migrations.size());
    if (found > newest)
        throw Conflict{
            fmt::format("the database has schema {}, this program knows up to {}: use the newer program that wrote it, "
                        "or restore a backup made before",
                        found, newest)};
    for (int version = found + 1; version <= newest; ++version) {
        for (const std::string& statement : statements_of(unpacked(migrations[static_cast<std::size_t>(version - 1)])))
            sql << statement;
        sql << "INSERT INTO schema_version (version) VALUES (:version)", soci::use(version);
    }
}

}  // namespace

void migrate(Connection& connection, Engine engine) {
    connection.begin_writing();
    try {
        // A second program that starts at the same moment waits: SQLite by its write lock, PostgreSQL by this one.
        constexpr long long lock_of_migrations = 7'305'166;
        if (engine == Engine::postgresql)
            connection.sql() << "SELECT pg_advisory_xact_lock(:lock)", soci::use(lock_of_migrations);
        bring_up_to_date(connection.sql());
        connection.commit();
    } catch (const std::exception&) {
        connection.roll_back();
        throw;
    }
}

}  // namespace resmon::storage
