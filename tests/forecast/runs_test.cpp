// Runs on a real database of either engine: kept, taken up, cancelled, deleted, recomputed.
#include "forecast/forecast.hpp"

#include "base/error.hpp"
#include "support/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace resmon::forecast {
namespace {

class RunsOn : public testing::TestWithParam<storage::Engine> {
protected:
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

    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
};

TEST_P(RunsOn, AreComputedKeptAndOpenedAgain) {
    RunId id;
    std::string result;
    {
        Runs runs{database_, catalogue(), files()};
        runs.work(2);
        id = runs.start(replay(), {1, 20}, "").run.id;
        EXPECT_EQ(ended(runs, id).run.state, RunState::done);
        result = runs.part(id, "summary");
    }
    Runs again{database_, catalogue(), files()};
    EXPECT_EQ(again.list().size(), 1U);
    EXPECT_TRUE(again.list().front().is_current);
    EXPECT_EQ(again.part(id, "summary"), result);
    EXPECT_THAT(again.part(id, "body/059580032000"), testing::HasSubstr("Meschede"));
    EXPECT_THAT(again.part(id, "map/passport"), testing::HasSubstr("\"service\":\"passport\""));
    EXPECT_THROW((void)again.part(id, "map/atlantis"), NotFound);
    EXPECT_THAT(again.course(id, 3), testing::HasSubstr("\"course\":3"));
    EXPECT_THROW((void)again.course(id, 20), NotFound);
}

TEST_P(RunsOn, TheSameIdempotencyKeyGivesTheSameRun) {
    Runs runs{database_, catalogue(), files()};
    const RunId first = runs.start(replay(), {1, 20}, "key").run.id;
    EXPECT_EQ(runs.start(replay(), {1, 20}, "key").run.id, first);
    EXPECT_THROW((void)runs.start(replay(), {2, 20}, "key"), Conflict);
    EXPECT_NE(runs.start(replay(), {1, 20}, "").run.id, first);
}

TEST_P(RunsOn, AreCancelledWhileTheyRunAndDeletedWhenTheyHaveEnded) {
    Runs runs{database_, catalogue(), files()};
    runs.work(1);
    const RunId id = runs.start(replay(), {1, 100'000}, "").run.id;
    runs.end(id);
    EXPECT_EQ(ended(runs, id).run.state, RunState::cancelled);
    EXPECT_THROW((void)runs.part(id, "summary"), Conflict);
    runs.end(id);
    EXPECT_THROW((void)runs.status(id), NotFound);
}

TEST_P(RunsOn, OfAStoppedProcessAreTakenUpAgain) {
    RunId id;
    {
        Runs runs{database_, catalogue(), files()};
        runs.work(1);
        id = runs.start(replay(), {1, 400}, "").run.id;
        (void)runs.next_status(id, runs.status(id).version, std::chrono::milliseconds{500});
    }
    Runs again{database_, catalogue(), files()};
    again.work(2);
    EXPECT_EQ(ended(again, id).run.state, RunState::done);
}

TEST_P(RunsOn, OfAnotherCatalogueStayReadableAndSaySo) {
    const auto kept = [&] {
        Runs runs{database_, catalogue(), files()};
        const RunId id = runs.start(replay(), {1, 20}, "").run.id;
        runs.work(2);
        (void)ended(runs, id);
        return id;
    }();
    catalogue::CatalogueFiles newer_files = files();
    newer_files.at("model.yaml") += "# newer\n";
    const catalogue::Catalogue newer = catalogue::catalogue_from(newer_files);
    Runs runs{database_, newer, newer_files};
    EXPECT_FALSE(runs.status(kept).is_current);
    EXPECT_THAT(runs.part(kept, "summary"), testing::HasSubstr(catalogue().version));
    EXPECT_THAT(runs.course(kept, 0), testing::HasSubstr("\"course\":0"))
        << "recomputed with the catalogue it was made from";
}

INSTANTIATE_TEST_SUITE_P(On, RunsOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::forecast
