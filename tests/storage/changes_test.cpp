// Changes are heard by those who wait for them, in this process and in others.
#include "storage/changes.hpp"

#include "storage/database.hpp"
#include "storage/jobs.hpp"
#include "support/database.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace resmon::storage {
namespace {

using namespace std::chrono_literals;

/// Once the listener listens, it says that anything may have changed.
void settle(Changes::Watch& watch) {
    EXPECT_TRUE(watch.wait(20s));
    while (watch.wait(500ms)) continue;
}

class ChangesOn : public testing::TestWithParam<Engine> {
protected:
    static void change(Database& database, const std::string& topic) {
        database.write([&](soci::session& sql) {
            add_job(sql, {.id = random_hex(4), .kind = "test"});
            announce(sql, topic);
        });
    }

    EmptyDatabase empty_{GetParam()};
    Database here_{empty_.location()};
    Database there_{empty_.location()};
    std::string topic_ = random_hex(4);  // all tests share the channel of one PostgreSQL
};

TEST_P(ChangesOn, AreHeardByWhoWatchesTheTopic) {
    Changes::Watch watch{here_.changes(), topic_};
    settle(watch);
    change(here_, topic_);
    EXPECT_TRUE(watch.wait(1s));
}

TEST_P(ChangesOn, OfAnotherServerAreHeardWithinASecond) {
    Changes::Watch watch{here_.changes(), topic_};
    settle(watch);
    change(there_, topic_);
    EXPECT_TRUE(watch.wait(1s));
}

TEST_P(ChangesOn, BeforeTheWaitingAreNotMissed) {
    Changes::Watch watch{here_.changes(), topic_};
    settle(watch);
    change(there_, topic_);
    std::this_thread::sleep_for(500ms);
    EXPECT_TRUE(watch.wait(0ms));
    EXPECT_FALSE(watch.wait(0ms));
}

TEST_P(ChangesOn, AreWaitedForNoLongerThanAStop) {
    Changes::Watch watch{here_.changes(), topic_};
    settle(watch);
    std::stop_source stop;
    std::jthread stopping{[&] { stop.request_stop(); }};
    const auto began = std::chrono::steady_clock::now();
    (void)watch.wait(1min, stop.get_token());
    EXPECT_LT(std::chrono::steady_clock::now() - began, 30s);
}

INSTANTIATE_TEST_SUITE_P(On, ChangesOn, both_engines, engine_name);

TEST(ChangesOfPostgresql, AreToldByTopicAlsoAfterTheConnectionWasCut) {
    const EmptyDatabase empty{Engine::postgresql};
    Database database{empty.location()};
    const std::string topic = random_hex(4);
    Changes::Watch watch{database.changes(), topic};
    settle(watch);
    database.write([](soci::session& sql) { announce(sql, "another"); });
    EXPECT_FALSE(watch.wait(500ms));
    database.read([](soci::session& sql) {
        sql << "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query = 'LISTEN resmon'";
    });
    settle(watch);  // what was missed meanwhile may be anything
    database.write([&](soci::session& sql) { announce(sql, topic); });
    EXPECT_TRUE(watch.wait(1s));
}

}  // namespace
}  // namespace resmon::storage
