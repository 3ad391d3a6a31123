#include "storage/migrate.hpp"

#include "archive/archive.hpp"
#include "archive/running_digest.hpp"
#include "archive/safe_file.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/shipped.hpp"
#include "storage/damage.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace resmon::storage {

namespace {

/// A semicolon at the end of a line ends a statement.
std::vector<std::string> statements_of(const std::string& sql) {
    std::vector<std::string> statements;
    std::size_t begin = 0;
    for (std::size_t end = sql.find(";\n"); end != std::string::npos; end = sql.find(";\n", begin)) {
        statements.push_back(sql.substr(begin, end - begin));
        begin = end + 2;
    }
    return statements;
}

void check_not_newer(int found, const std::vector<Migration>& migrations) {
    if (found > static_cast<int>(migrations.size()))
        throw Conflict{worded("fault.storage.newer",
                              {{"found", std::to_string(found)}, {"known", std::to_string(migrations.size())}})};
}

/// Undone as a whole if `work` throws.
template <class Begin, class Statements>
void in_transaction(Connection& connection, const Begin& begin, const Statements& work) {
    begin();
    try {
        work();
        connection.commit();
    } catch (const std::exception&) {
        connection.roll_back();
        throw;
    }
}

bool is_equal_archive(const std::filesystem::path& one, const std::filesystem::path& other) try {
    archive::Manifest manifest = archive::verify_archive(one);
    const archive::Manifest expected = archive::verify_archive(other);
    manifest.made_at = expected.made_at;
    return manifest == expected;
} catch (const InputError&) {
    return false;  // a damaged copy is none
}

/// An interrupted try left the same copy: a program that is started again and again must not fill the disk with them.
bool is_copied_already(const std::filesystem::path& part, const std::filesystem::path& copy, const std::string& begin) {
    for (const auto& entry : std::filesystem::directory_iterator{copy.parent_path()}) {
        const std::filesystem::path& earlier = entry.path();
        if (!earlier.filename().string().starts_with(begin) || earlier.extension() != copy.extension()) continue;
        if (copy.extension() == ".db" ? archive::digest_of_file(earlier) == archive::digest_of_file(part)
                                      : is_equal_archive(earlier, part))
            return true;
    }
    return false;
}

void copy_before(Connection& connection, const Location& location, int found, std::size_t schema) {
    std::string time = utc_text(std::chrono::system_clock::now());
    std::erase_if(time, [](char letter) { return letter == '-' || letter == ':'; });
    const bool is_sqlite = location.engine() == Engine::sqlite;
    const std::string begin = fmt::format("before-schema-{}-", schema);
    const auto copy = location.folder / fmt::format("{}{}.{}", begin, time, is_sqlite ? "db" : "zip");
    const archive::PartFile part{copy};
    if (is_sqlite) {
        const std::string path = part.path().string();
        connection.sql() << "VACUUM INTO :file", soci::use(path);
        if (const std::string damage = damage_of(part.path()); !damage.empty())
            throw Unavailable{worded("fault.unavailable.not-migrated", {{"why", damage}}), Unavailable::Why::damaged};
    } else {
        in_transaction(
            connection, [&] { connection.begin_reading(); },
            [&] {
                const archive::Wished wished{.schema = found, .made_at = utc_text(std::chrono::system_clock::now())};
                archive::write_archive(connection.sql(), part.path(), wished);
            });
        archive::verify_archive(part.path());
    }
    if (!is_copied_already(part.path(), copy, begin)) archive::put_in_place(part.path(), copy);
}

void lock(Connection& connection) {
    // A second program that starts at the same moment waits: SQLite by its write lock, PostgreSQL by this one.
    constexpr long long lock_of_migrations = 7'305'166;
    if (connection.sql().get_backend_name() == "postgresql")
        connection.sql() << "SELECT pg_advisory_xact_lock(:lock)", soci::use(lock_of_migrations);
}

}  // namespace

std::vector<Migration> shipped_migration_list() {
    std::vector<Migration> migrations;
    for (const ShippedFile& file : shipped_migrations())
        migrations.push_back({std::string{file.path}, statements_of(unpacked(file))});
    return migrations;
}

int schema_of(soci::session& sql) {
    const char* const tables =
        sql.get_backend_name() == "postgresql"
            ? "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() "
              "AND table_name = 'schema_version'"
            : "SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_version'";
    long long count = 0;
    sql << tables, soci::into(count);
    if (count == 0) return 0;
    long long version = 0;
    soci::indicator present = soci::i_null;
    sql << "SELECT MAX(version) FROM schema_version", soci::into(version, present);
    return present == soci::i_ok ? static_cast<int>(version) : 0;
}

void bring_up_to(soci::session& sql, const std::vector<Migration>& migrations, std::size_t schema) {
    sql << "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)";
    for (std::size_t next = static_cast<std::size_t>(schema_of(sql)); next < schema; ++next) {
        for (const std::string& statement : migrations[next].statements) sql << statement;
        const auto version = static_cast<long long>(next) + 1;
        sql << "INSERT INTO schema_version (version) VALUES (:version)", soci::use(version);
    }
}

void migrate(Connection& connection, const Location& location, const std::vector<Migration>& migrations) {
    const int found = schema_of(connection.sql());
    check_not_newer(found, migrations);
    if (found == static_cast<int>(migrations.size())) return;
    if (found > 0) copy_before(connection, location, found, migrations.size());
    in_transaction(
        connection, [&] { connection.begin_writing(); },
        [&] {
            lock(connection);
            // Another program may have been faster, a newer one even.
            check_not_newer(schema_of(connection.sql()), migrations);
            bring_up_to(connection.sql(), migrations, migrations.size());
        });
}

std::vector<std::string> try_to_migrate(Connection& connection, const std::vector<Migration>& migrations) {
    std::vector<std::string> missing;
    connection.begin_writing();
    try {
        lock(connection);
        const int found = schema_of(connection.sql());
        check_not_newer(found, migrations);
        for (std::size_t next = static_cast<std::size_t>(found); next < migrations.size(); ++next)
            missing.push_back(migrations[next].name);
        bring_up_to(connection.sql(), migrations, migrations.size());
    } catch (const std::exception&) {
        connection.roll_back();
        throw;
    }
    connection.roll_back();
    return missing;
}

}  // namespace resmon::storage
