// Runs on a real database of either engine: kept, shared between servers, cancelled, deleted, recomputed.
#include "forecast/forecast.hpp"

#include "base/error.hpp"
#include "support/database.hpp"
#include "support/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace resmon::forecast {
namespace {

using namespace std::chrono_literals;

const Principal local{.kind = Principal::Kind::local};

Principal editor_of(const std::string& organisation) {
    return {.kind = Principal::Kind::person,
            .person = {"person-of-" + organisation},
            .memberships = {{{organisation}, Role::editor}}};
}

class RunsOn : public testing::TestWithParam<storage::Engine> {
protected:
    static const catalogue::CatalogueFiles& files() { return catalogue::shipped_files(); }
    static const catalogue::Catalogue& catalogue() { return catalogue::shipped(); }
    static Wish replay(outage::Sampling sampling = {1, 20}, const std::string& key = {}) {
        return {
            .request = {.incident = IncidentId{"suedwestfalen-2023"}}, .sampling = sampling, .idempotency_key = key};
    }

    static RunStatus ended(Runs& runs, const RunId& id) {
        const auto until = std::chrono::steady_clock::now() + 4min;  // a busy machine may take long
        RunStatus status = runs.status(local, id);
        while (!has_ended(status.run.state) && std::chrono::steady_clock::now() < until)
            status = runs.next_status(local, id, status.version, 1s);
        return status;
    }

    /// How often the audit trail tells that of the run.
    long long told(const std::string& action, const RunId& id) {
        long long count = 0;
        database_.read([&](soci::session& sql) {
            sql << "SELECT COUNT(*) FROM audit_entry WHERE action = :action AND object = :run", soci::into(count),
                soci::use(action, "action"), soci::use(id.value, "run");
        });
        return count;
    }

    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
    accounts::AuditTrail audit_{database_, "here", std::chrono::system_clock::now};
};

TEST_P(RunsOn, AreComputedKeptAndOpenedAgain) {
    RunId id;
    std::string result;
    {
        Runs runs{database_, audit_, catalogue(), files()};
        runs.work(2);
        id = runs.start(local, replay()).run.id;
        EXPECT_EQ(ended(runs, id).run.state, RunState::done);
        result = runs.part(local, id, "summary");
    }
    Runs again{database_, audit_, catalogue(), files()};
    EXPECT_EQ(again.list(local).size(), 1U);
    EXPECT_TRUE(again.list(local).front().is_current);
    EXPECT_EQ(again.part(local, id, "summary"), result);
    EXPECT_THAT(again.part(local, id, "body/059580032000"), testing::HasSubstr("Meschede"));
    EXPECT_THAT(again.part(local, id, "map/passport"), testing::HasSubstr("\"service\":\"passport\""));
    EXPECT_THROW((void)again.part(local, id, "map/atlantis"), NotFound);
    EXPECT_THAT(again.course(local, id, 3), testing::HasSubstr("\"course\":3"));
    EXPECT_THROW((void)again.course(local, id, 20), NotFound);
    EXPECT_EQ(told("start-run", id), 1);
    EXPECT_EQ(told("finish-run", id), 1);
    EXPECT_EQ(told("read-run", id), 0) << "there is nobody else on this machine";
}

TEST_P(RunsOn, WhoseKeptResultIsDamagedSayThatWaitingDoesNotHelp) {
    Runs runs{database_, audit_, catalogue(), files()};
    runs.work(2);
    const RunId id = runs.start(local, replay()).run.id;
    (void)ended(runs, id);
    database_.write([&](soci::session& sql) {
        sql << "UPDATE outage_result SET content = 'AAAA' WHERE run_id = :run", soci::use(id.value, "run");
    });
    try {
        (void)runs.part(local, id, "summary");
        FAIL() << "three zero bytes are no result";
    } catch (const Unavailable& fault) {
        EXPECT_EQ(fault.why, Unavailable::Why::damaged);
        EXPECT_THAT(fault.in(Language::german), testing::HasSubstr("Prognose"));
    }
}

TEST_P(RunsOn, OfOneOrganisationDoNotExistForAnother) {
    Runs runs{database_, audit_, catalogue(), files()};
    runs.work(2);
    const Principal owner = editor_of("siegen");
    const Principal stranger = editor_of("olpe");
    const RunStatus started = runs.start(owner, replay());
    const RunId id = started.run.id;
    EXPECT_EQ(started.run.organisation, OrganisationId{"siegen"}) << "the first own one, if none is named";
    (void)ended(runs, id);
    EXPECT_TRUE(runs.list(stranger).empty());
    EXPECT_THROW((void)runs.status(stranger, id), NotFound);
    EXPECT_THROW((void)runs.part(stranger, id, "summary"), NotFound);
    EXPECT_THROW((void)runs.course(stranger, id, 0), NotFound);
    EXPECT_THROW((void)runs.opened(stranger, id, "assumptions"), NotFound);
    EXPECT_THROW(runs.end(stranger, id), NotFound);
    Wish foreign = replay();
    foreign.organisation = OrganisationId{"siegen"};
    EXPECT_THROW((void)runs.start(stranger, foreign), Forbidden);
    EXPECT_THROW((void)runs.what_if(stranger, foreign, "page"), Forbidden);
    EXPECT_EQ(told("read-run", id), 0);
    (void)runs.part(owner, id, "summary");
    (void)runs.course(owner, id, 0);
    EXPECT_EQ(told("read-run", id), 2);
    runs.end(owner, id);
    EXPECT_EQ(told("delete-run", id), 1);
}

TEST_P(RunsOn, AreSeenByAnOfficeOnceTheyAreSharedWithIt) {
    Runs runs{database_, audit_, catalogue(), files()};
    const RunId id = runs.start(editor_of("siegen"), replay()).run.id;
    const Principal office{.kind = Principal::Kind::person,
                           .memberships = {{{"office"}, Role::coordinator, {{"siegen"}}}}};
    EXPECT_TRUE(runs.list(office).empty());
    database_.write([](soci::session& sql) {
        for (const char* insert :
             {"INSERT INTO organisation VALUES ('siegen', 'provider', 'Siegen', '', '')",
              "INSERT INTO organisation VALUES ('office', 'coordination-office', 'Leitstelle', '', '')",
              "INSERT INTO office_member VALUES ('office', 'siegen')",
              "INSERT INTO sharing VALUES ('siegen', 'forecasts', 'office', '')"})
            sql << insert;
    });
    EXPECT_EQ(runs.status(office, id).run.organisation, OrganisationId{"siegen"});
    EXPECT_THROW(runs.end(office, id), NotFound) << "to see is not to delete";
}

TEST_P(RunsOn, TheSameIdempotencyKeyOfAnOrganisationGivesTheSameRun) {
    Runs runs{database_, audit_, catalogue(), files()};
    const Principal owner = editor_of("siegen");
    const RunId first = runs.start(owner, replay({1, 20}, "key")).run.id;
    EXPECT_EQ(runs.start(owner, replay({1, 20}, "key")).run.id, first);
    EXPECT_EQ(told("start-run", first), 1);
    EXPECT_THROW((void)runs.start(owner, replay({2, 20}, "key")), Conflict);
    EXPECT_NE(runs.start(owner, replay({1, 20})).run.id, first);
    EXPECT_NE(runs.start(editor_of("olpe"), replay({2, 20}, "key")).run.id, first);
}

TEST_P(RunsOn, AreCancelledWhileTheyRunAndDeletedWhenTheyHaveEnded) {
    Runs runs{database_, audit_, catalogue(), files()};
    runs.work(1);
    const RunId id = runs.start(local, replay({1, 100'000})).run.id;
    while (runs.status(local, id).doing != Doing::computing) std::this_thread::sleep_for(10ms);
    runs.end(local, id);
    EXPECT_EQ(ended(runs, id).run.state, RunState::cancelled);
    EXPECT_EQ(told("finish-run", id), 1);
    EXPECT_THROW((void)runs.part(local, id, "summary"), Conflict);
    runs.end(local, id);
    EXPECT_THROW((void)runs.status(local, id), NotFound);
}

TEST_P(RunsOn, AreWatchedAndCancelledFromAServerThatDoesNotComputeThem) {
    Runs computing{database_, audit_, catalogue(), files()};
    computing.work(1);
    storage::Database there{empty_.location()};
    accounts::AuditTrail audit_there{there, "there", std::chrono::system_clock::now};
    Runs watching{there, audit_there, catalogue(), files()};
    const RunId id = watching.start(local, replay({1, 100'000})).run.id;
    const auto until = std::chrono::steady_clock::now() + 4min;
    RunStatus status = watching.status(local, id);
    while (status.progress == 0 && std::chrono::steady_clock::now() < until)
        status = watching.next_status(local, id, status.version, 1s);
    EXPECT_GT(status.progress, 0);
    EXPECT_TRUE(status.seconds_left);
    watching.end(local, id);
    EXPECT_EQ(ended(watching, id).run.state, RunState::cancelled);
}

TEST_P(RunsOn, AreComputedOnceByWorkersOfSeveralServers) {
    storage::Database there{empty_.location()};
    accounts::AuditTrail audit_there{there, "there", std::chrono::system_clock::now};
    Runs here{database_, audit_, catalogue(), files()};
    Runs elsewhere{there, audit_there, catalogue(), files()};
    here.work(1);
    elsewhere.work(1);
    std::vector<RunId> ids;
    for (std::uint64_t seed = 0; seed < 8; ++seed)
        ids.push_back((seed % 2 == 0 ? here : elsewhere).start(local, replay({seed, 10})).run.id);
    for (const RunId& id : ids) {
        EXPECT_EQ(ended(here, id).run.state, RunState::done);
        EXPECT_EQ(told("finish-run", id), 1);
    }
}

TEST_P(RunsOn, OfAStoppedProcessAreTakenUpAgain) {
    RunId id;
    {
        Runs runs{database_, audit_, catalogue(), files()};
        runs.work(1);
        id = runs.start(local, replay({1, 400})).run.id;
        (void)runs.next_status(local, id, runs.status(local, id).version, 500ms);
    }
    Runs again{database_, audit_, catalogue(), files()};
    again.work(2);
    EXPECT_EQ(ended(again, id).run.state, RunState::done);
    EXPECT_EQ(told("finish-run", id), 1);
}

class RunsOfAnotherCatalogueOn : public RunsOn {
protected:
    RunsOfAnotherCatalogueOn() {
        newer_files_.at("model.yaml") += "# newer\n";
        newer_ = catalogue::catalogue_from(newer_files_);
    }
    catalogue::CatalogueFiles newer_files_ = files();
    catalogue::Catalogue newer_;
};

TEST_P(RunsOfAnotherCatalogueOn, StayReadableAndSaySo) {
    const auto kept = [&] {
        Runs runs{database_, audit_, catalogue(), files()};
        const RunId id = runs.start(local, replay()).run.id;
        runs.work(2);
        (void)ended(runs, id);
        return id;
    }();
    Runs runs{database_, audit_, newer_, newer_files_};
    EXPECT_FALSE(runs.status(local, kept).is_current);
    EXPECT_THAT(runs.part(local, kept, "summary"), testing::HasSubstr(catalogue().version));
    EXPECT_THAT(runs.course(local, kept, 0), testing::HasSubstr("\"course\":0"))
        << "recomputed with the catalogue it was made from";
}

TEST_P(RunsOfAnotherCatalogueOn, AreInterruptedIfNobodyComputesThemWhenTheNewerProgramStarts) {
    Runs old{database_, audit_, catalogue(), files()};
    const RunId waiting = old.start(local, replay()).run.id;
    Runs runs{database_, audit_, newer_, newer_files_};
    runs.work(1);
    EXPECT_EQ(ended(runs, waiting).run.state, RunState::interrupted);
    EXPECT_EQ(told("finish-run", waiting), 1);
}

INSTANTIATE_TEST_SUITE_P(On, RunsOn, storage::both_engines, storage::engine_name);
INSTANTIATE_TEST_SUITE_P(On, RunsOfAnotherCatalogueOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::forecast
