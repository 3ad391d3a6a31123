// Runs on a real SQLite file: kept, taken up, cancelled, deleted, recomputed.
#include "forecast/forecast.hpp"

#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>

namespace resmon::forecast {
namespace {

class RunsOnDisk : public testing::Test {
protected:
    RunsOnDisk()
        : folder_{std::filesystem::path{testing::TempDir()} /
                  ("resmon_runs_" + std::string{testing::UnitTest::GetInstance()->current_test_info()->name()})} {
        std::filesystem::remove_all(folder_);
    }
    ~RunsOnDisk() override { std::filesystem::remove_all(folder_); }

    static const catalogue::CatalogueFiles& files() {
        static const catalogue::CatalogueFiles shipped = catalogue::shipped_catalogue_files();
        return shipped;
    }
    static const catalogue::Catalogue& catalogue() {
        static const catalogue::Catalogue read = catalogue::catalogue_from(files());
        return read;
    }
    static CaseRequest replay() { return {.incident = IncidentId{"suedwestfalen-2023"}}; }

    static RunStatus ended(Runs& runs, const RunId& id) {
        RunStatus status = runs.status(id);
        for (int tries = 0; tries < 600 && !has_ended(status.run.state); ++tries)
            status = runs.next_status(id, status.version, std::chrono::milliseconds{100});
        return status;
    }

    std::filesystem::path folder_;
};

TEST_F(RunsOnDisk, AreComputedKeptAndOpenedAgain) {
    RunId id;
    std::string result;
    {
        Runs runs{folder_, catalogue(), files()};
        runs.work(2);
        id = runs.start(replay(), {1, 20}, "").run.id;
        EXPECT_EQ(ended(runs, id).run.state, RunState::done);
        result = runs.part(id, "summary");
    }
    Runs again{folder_, catalogue(), files()};
    EXPECT_EQ(again.list().size(), 1U);
    EXPECT_TRUE(again.list().front().is_current);
    EXPECT_EQ(again.part(id, "summary"), result);
    EXPECT_THAT(again.part(id, "body/059580032000"), testing::HasSubstr("Meschede"));
    EXPECT_THAT(again.part(id, "map/passport"), testing::HasSubstr("\"service\":\"passport\""));
    EXPECT_THROW((void)again.part(id, "map/atlantis"), NotFound);
    EXPECT_THAT(again.course(id, 3), testing::HasSubstr("\"course\":3"));
    EXPECT_THROW((void)again.course(id, 20), NotFound);
}

TEST_F(RunsOnDisk, TheSameIdempotencyKeyGivesTheSameRun) {
    Runs runs{folder_, catalogue(), files()};
    const RunId first = runs.start(replay(), {1, 20}, "key").run.id;
    EXPECT_EQ(runs.start(replay(), {1, 20}, "key").run.id, first);
    EXPECT_THROW((void)runs.start(replay(), {2, 20}, "key"), Conflict);
    EXPECT_NE(runs.start(replay(), {1, 20}, "").run.id, first);
}

TEST_F(RunsOnDisk, AreCancelledWhileTheyRunAndDeletedWhenTheyHaveEnded) {
    Runs runs{folder_, catalogue(), files()};
    runs.work(1);
    const RunId id = runs.start(replay(), {1, 100'000}, "").run.id;
    runs.end(id);
    EXPECT_EQ(ended(runs, id).run.state, RunState::cancelled);
    EXPECT_THROW((void)runs.part(id, "summary"), Conflict);
    runs.end(id);
    EXPECT_THROW((void)runs.status(id), NotFound);
}

TEST_F(RunsOnDisk, OfAStoppedProcessAreTakenUpAgain) {
    RunId id;
    {
        Runs runs{folder_, catalogue(), files()};
        runs.work(1);
        id = runs.start(replay(), {1, 400}, "").run.id;
        (void)runs.next_status(id, runs.status(id).version, std::chrono::milliseconds{500});
    }
    Runs again{folder_, catalogue(), files()};
    again.work(2);
    EXPECT_EQ(ended(again, id).run.state, RunState::done);
}

TEST_F(RunsOnDisk, OfAnotherCatalogueStayReadableAndSaySo) {
    const auto kept = [&] {
        Runs runs{folder_, catalogue(), files()};
        const RunId id = runs.start(replay(), {1, 20}, "").run.id;
        runs.work(2);
        (void)ended(runs, id);
        return id;
    }();
    catalogue::CatalogueFiles newer_files = files();
    newer_files.at("model.yaml") += "# newer\n";
    const catalogue::Catalogue newer = catalogue::catalogue_from(newer_files);
    Runs runs{folder_, newer, newer_files};
    EXPECT_FALSE(runs.status(kept).is_current);
    EXPECT_THAT(runs.part(kept, "summary"), testing::HasSubstr(catalogue().version));
    EXPECT_THAT(runs.course(kept, 0), testing::HasSubstr("\"course\":0"))
        << "recomputed with the catalogue it was made from";
}

TEST_F(RunsOnDisk, TheFolderIsClosedToOthers) {
    const Runs runs{folder_, catalogue(), files()};
    EXPECT_EQ(std::filesystem::status(folder_).permissions() &
                  (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
              std::filesystem::perms::none);
}

TEST_F(RunsOnDisk, ANewerDatabaseIsRefusedWithAClearSentence) {
    {
        const Runs runs{folder_, catalogue(), files()};
    }
    soci::session session;
    {
        storage::Database database{folder_};
        database.write([](soci::session& sql) { sql << "INSERT INTO schema_version (version) VALUES (99)"; });
    }
    EXPECT_THAT(
        [&] { Runs runs(folder_, catalogue(), files()); },
        testing::ThrowsMessage<Conflict>(testing::HasSubstr("the database has schema 99, this program knows up to 1")));
}

}  // namespace
}  // namespace resmon::forecast
