// What the database promises, on both engines.
#include "storage/database.hpp"

#include "base/error.hpp"
#include "storage/connection.hpp"
#include "support/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

namespace resmon::storage {
namespace {

class DatabaseOn : public testing::TestWithParam<Engine> {
protected:
    DatabaseOn() : empty_{GetParam()}, database_{empty_.location()} {
        database_.write([](soci::session& sql) { sql << "CREATE TABLE line (text TEXT NOT NULL PRIMARY KEY)"; });
    }

    void add(const std::string& text) {
        database_.write([&](soci::session& sql) { sql << "INSERT INTO line (text) VALUES (:text)", soci::use(text); });
    }
    long long count() {
        long long number = 0;
        database_.read([&](soci::session& sql) { sql << "SELECT COUNT(*) FROM line", soci::into(number); });
        return number;
    }

    EmptyDatabase empty_;
    Database database_;
};

TEST_P(DatabaseOn, KeepsWhatWasWrittenWhenOpenedAgain) {
    add("Grüße aus Bitterfeld");
    Database again{empty_.location()};
    std::string text;
    again.read([&](soci::session& sql) { sql << "SELECT text FROM line", soci::into(text); });
    EXPECT_EQ(text, "Grüße aus Bitterfeld");
}

TEST_P(DatabaseOn, KeepsNothingOfWorkThatThrows) {
    EXPECT_THROW(database_.write([](soci::session& sql) {
        sql << "INSERT INTO line (text) VALUES ('half')";
        throw NotFound{"no such thing"};
    }),
                 NotFound);
    EXPECT_EQ(count(), 0);
}

TEST_P(DatabaseOn, SaysThatAFaultOfTheDatabaseIsNoFaultOfTheCaller) {
    EXPECT_THROW(database_.write([](soci::session& sql) { sql << "INSERT INTO nowhere VALUES (1)"; }), Unavailable);
    EXPECT_THROW(database_.read([](soci::session& sql) { sql << "SELECT * FROM nowhere"; }), Unavailable);
    add("afterwards it works as before");
    EXPECT_EQ(count(), 1);
}

TEST_P(DatabaseOn, KeepsEachOfManyWritersAndUndoesOnlyThoseThatThrow) {
    constexpr int writers = 8;
    constexpr int lines = 25;
    std::vector<std::jthread> threads;
    std::atomic<int> refused = 0;
    for (int writer = 0; writer < writers; ++writer)
        threads.emplace_back([&, writer] {
            for (int line = 0; line < lines; ++line) {
                if (line % 5 != 4) {
                    add(fmt::format("{} {}", writer, line));
                    continue;
                }
                try {
                    database_.write([&](soci::session& sql) {
                        const std::string text = fmt::format("{} {} undone", writer, line);
                        sql << "INSERT INTO line (text) VALUES (:text)", soci::use(text);
                        throw Conflict{"undone"};
                    });
                } catch (const Conflict&) {
                    ++refused;
                }
            }
        });
    threads.clear();
    EXPECT_EQ(count(), writers * lines * 4 / 5);
    EXPECT_EQ(refused, writers * lines / 5);
}

TEST_P(DatabaseOn, ShowsAReaderOneStateFromBeginningToEnd) {
    add("first");
    database_.read([&](soci::session& sql) {
        long long before = 0;
        long long after = 0;
        sql << "SELECT COUNT(*) FROM line", soci::into(before);
        add("second");
        sql << "SELECT COUNT(*) FROM line", soci::into(after);
        EXPECT_EQ(before, 1);
        EXPECT_EQ(after, 1);
    });
    EXPECT_EQ(count(), 2);
}

TEST_P(DatabaseOn, OfANewerProgramIsRefusedWithAClearSentence) {
    database_.write([](soci::session& sql) { sql << "INSERT INTO schema_version (version) VALUES (99)"; });
    EXPECT_THAT([&] { Database{empty_.location()}; },
                testing::ThrowsMessage<Conflict>(testing::HasSubstr("the database has schema 99, this program knows")));
}

INSTANTIATE_TEST_SUITE_P(On, DatabaseOn, both_engines, engine_name);

TEST(Database, ClosesItsNewFolderAndItsNewFileToOtherUsers) {
    const EmptyDatabase empty{Engine::sqlite};
    const Database database{empty.location()};
    constexpr auto others = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
    for (const auto& path : {empty.location().folder, empty.location().file()})
        EXPECT_EQ(std::filesystem::status(path).permissions() & others, std::filesystem::perms::none) << path;
}

TEST(Database, WaitsForWhomeverHoldsTheWholeFile) {
    const EmptyDatabase empty{Engine::sqlite};
    {
        const Database made{empty.location()};
    }
    auto holder = std::make_unique<Connection>(empty.location());
    for (const char* statement :
         {"PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "CREATE TABLE held (text TEXT)"})
        holder->sql() << statement;
    std::thread leaving{[&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{200});
        holder.reset();
    }};
    EXPECT_NO_THROW(Connection{empty.location()});
    leaving.join();
}

TEST(Database, ThatCannotBeReachedIsToldOnOneLineWithoutAPassword) {
    const EmptyDatabase empty{Engine::sqlite};
    // libpq quotes an address that it does not understand.
    const Location location{.folder = empty.location().folder, .url = "postgresql://resmon:geheim@[db/resmon"};
    try {
        const Database database{location};
        FAIL() << "must not be reached";
    } catch (const Unavailable& fault) {
        const std::string& german = fault.in(Language::german);
        EXPECT_THAT(german, testing::StartsWith("die Datenbank postgresql://resmon@[db/resmon ist nicht zu erreichen: "
                                                "Läuft PostgreSQL, und stimmt die Adresse? ("));
        EXPECT_THAT(german, testing::Not(testing::HasSubstr("geheim")));
        EXPECT_THAT(german, testing::Not(testing::HasSubstr("\n")));
    }
}

TEST(Location, TellsItsNameWithoutAPassword) {
    EXPECT_EQ((Location{.folder = {}, .url = "postgresql://resmon:geheim@db/resmon"}.name()),
              "postgresql://resmon@db/resmon");
    EXPECT_EQ((Location{.folder = {}, .url = "postgresql://resmon:ge/hei@m@db/resmon"}.name()),
              "postgresql://resmon@db/resmon");
    EXPECT_EQ((Location{.folder = "/srv/resmon"}.name()), "/srv/resmon/resmon.db");
}

}  // namespace
}  // namespace resmon::storage
