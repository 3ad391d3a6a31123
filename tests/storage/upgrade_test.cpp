// A database of any earlier program is brought up to date with all its rows, and a copy of before lies beside it.
#include "archive/archive.hpp"
#include "storage/connection.hpp"
#include "storage/database.hpp"
#include "storage/migrate.hpp"
#include "support/any_rows.hpp"
#include "support/database.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace resmon::storage {
namespace {

namespace fs = std::filesystem;
using Rows = std::map<std::string, std::vector<archive::Row>>;

constexpr int rows = 60;

/// As a program of that schema left it: rows in every table that it had, and runs of every state.
Rows made_at(const Location& location, std::size_t schema) {
    prepare_folder(location.folder);
    Connection connection{location};
    connection.begin_writing();
    bring_up_to(connection.sql(), shipped_migration_list(), schema);
    archive::add_any_rows(connection.sql(), static_cast<unsigned>(schema), rows);
    for (const char* state : {"queued", "running", "done", "failed"}) {
        const std::string text = state;
        constexpr std::size_t jobs = 4;  // since that schema a job says that a run is running
        if (text == "running" && schema >= jobs) continue;
        connection.sql() << "UPDATE outage_run SET state = :state WHERE id IN (SELECT MIN(id) FROM outage_run WHERE "
                            "state NOT IN ('queued', 'running', 'done', 'failed'))",
            soci::use(text);
    }
    connection.commit();
    return archive::all_rows(connection.sql());
}

std::vector<fs::path> copies_in(const fs::path& folder) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator{folder})
        if (entry.path().filename().string().starts_with("before-schema-")) found.push_back(entry.path());
    return found;
}

Rows rows_in_copy(const fs::path& copy, Engine engine, std::size_t schema) {
    const EmptyDatabase place{engine};
    prepare_folder(place.location().folder);
    if (engine == Engine::sqlite) fs::copy_file(copy, place.location().file());
    Connection connection{place.location()};
    if (engine == Engine::postgresql) {
        connection.begin_writing();
        bring_up_to(connection.sql(), shipped_migration_list(), schema);
        archive::import_archive(connection.sql(), copy);
        connection.commit();
    }
    EXPECT_EQ(schema_of(connection.sql()), static_cast<int>(schema));
    return archive::all_rows(connection.sql());
}

const archive::Row* row_with_key(const std::vector<archive::Row>& among, const archive::Row& row,
                                 const std::string& table) {
    const archive::Table& known = *archive::find_table(table);
    const auto found = std::ranges::find_if(
        among, [&](const archive::Row& one) { return archive::key_of(one, known) == archive::key_of(row, known); });
    return found == among.end() ? nullptr : &*found;
}

/// What the migrations change on purpose: that a run is running is said by its job.
void expect_same_column(const std::string& column, const archive::Value& before, const archive::Value& after) {
    if (column == "state" && before == archive::Value{"running"})
        EXPECT_EQ(after, archive::Value{"queued"});
    else
        EXPECT_EQ(after, before) << column;
}

class UpgradeOn : public testing::TestWithParam<Engine> {};

TEST_P(UpgradeOn, KeepsEveryRowOfEveryEarlierSchemaAndACopyOfBefore) {
    const std::size_t newest = shipped_migration_list().size();
    for (std::size_t schema = 1; schema < newest; ++schema) {
        SCOPED_TRACE(fmt::format("from schema {}", schema));
        const EmptyDatabase empty{GetParam()};
        const Rows before = made_at(empty.location(), schema);
        Rows after;
        {
            Database database{empty.location()};
            database.read([&](soci::session& sql) {
                EXPECT_EQ(schema_of(sql), static_cast<int>(newest));
                after = archive::all_rows(sql);
            });
        }
        EXPECT_EQ(after.size(), archive::tables().size());
        for (const auto& [table, earlier] : before) {
            SCOPED_TRACE(table);
            EXPECT_EQ(earlier.size(), static_cast<std::size_t>(rows));
            EXPECT_EQ(after.at(table).size(), earlier.size());
            for (const archive::Row& row : earlier) {
                const archive::Row* found = row_with_key(after.at(table), row, table);
                ASSERT_NE(found, nullptr) << archive::name_of(row, *archive::find_table(table));
                for (const auto& [column, value] : row) expect_same_column(column, value, found->at(column));
            }
        }
        for (const auto& [table, later] : after) {
            if (before.contains(table)) continue;
            EXPECT_EQ(later.size(), table == "job" ? 2U : 0U) << table;
        }

        const std::vector<fs::path> copies = copies_in(empty.location().folder);
        ASSERT_EQ(copies.size(), 1U);
        EXPECT_EQ(rows_in_copy(copies.front(), GetParam(), schema), before);
        {
            const Database again{empty.location()};
        }
        EXPECT_EQ(copies_in(empty.location().folder).size(), 1U) << "nothing was left to do";
    }
}

TEST_P(UpgradeOn, ThatFailsEachTimeKeepsOneCopyAndTheDatabaseAsItWas) {
    const EmptyDatabase empty{GetParam()};
    const Rows before = made_at(empty.location(), 1);
    std::vector<Migration> broken = shipped_migration_list();
    broken.back().statements.emplace_back("INSERT INTO nowhere VALUES (1)");
    for (int start = 0; start < 3; ++start) {
        Connection connection{empty.location()};
        EXPECT_THROW(migrate(connection, empty.location(), broken), soci::soci_error);
        EXPECT_EQ(schema_of(connection.sql()), 1);
        EXPECT_EQ(archive::all_rows(connection.sql()), before);
        // The names of copies tell the second: as if the next start were a day later.
        const std::vector<fs::path> copies = copies_in(empty.location().folder);
        ASSERT_EQ(copies.size(), 1U);
        fs::rename(copies.front(), fs::path{copies.front()}.replace_filename(
                                       fmt::format("before-schema-{}-20261125T160000Z", broken.size()) +
                                       copies.front().extension().string()));
    }
}

INSTANTIATE_TEST_SUITE_P(On, UpgradeOn, both_engines, engine_name);

}  // namespace
}  // namespace resmon::storage
