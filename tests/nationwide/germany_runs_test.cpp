// Runs of all Germany on a real database of either engine: computed beside the others, kept, served, exported.
#include "nationwide/germany_runs.hpp"

#include "base/error.hpp"
#include "forecast/forecast_api.hpp"
#include "http/door.hpp"
#include "http/openapi.hpp"
#include "nationwide/nationwide_api.hpp"
#include "nationwide/outlook_csv.hpp"
#include "nationwide/outlook_json.hpp"
#include "nationwide/small_country.hpp"
#include "support/contract.hpp"
#include "support/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <thread>

namespace resmon::nationwide {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

const Principal local{.kind = Principal::Kind::local};

class GermanyRunsOn : public testing::TestWithParam<storage::Engine> {
protected:
    GermanyRunsOn() {
        forecast::add_routes(routes_, runs_);
        nationwide::add_routes(routes_, runs_);
    }

    http::Response answer(const std::string& method, const std::string& target, const std::string& body = {}) {
        http::Request request{.method = method, .headers = {}, .body = body};
        http::read_target(target, request);
        std::string route;
        return door_.answer(std::move(request), route);
    }
    http::Response start(const std::string& more) {
        return answer("POST", "/api/v1/outage-runs",
                      R"({"scenario": "storage-failure", "region": "deutschland")" + more + "}");
    }
    forecast::RunStatus ended(forecast::Runs& runs, const RunId& id) {
        const auto until = std::chrono::steady_clock::now() + 4min;  // a busy machine may take long
        forecast::RunStatus status = runs.status(local, id);
        while (!forecast::has_ended(status.run.state) && std::chrono::steady_clock::now() < until)
            status = runs.next_status(local, id, status.version, 1s);
        return status;
    }
    RunId finished() {
        runs_.work(trade_of_germany(2));
        const RunId id{Json::parse(start(R"(, "replications": 20)").body).at("id").get<std::string>()};
        EXPECT_EQ(ended(runs_, id).run.state, forecast::RunState::done);
        return id;
    }

    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
    accounts::AuditTrail audit_{database_, "here", std::chrono::system_clock::now};
    catalogue::Catalogue country_ = small_country("10042");
    forecast::Runs runs_{database_, audit_, country_, catalogue::shipped_files()};
    http::Routes routes_;
    http::OpenApi api_;
    http::Door door_{
        routes_,
        {.identify = [](http::Request& request) { request.who = local; },
         .permit = [](const http::Request&, const http::Route&) {},
         .validate = [this](const http::Request& request, const http::Route& route) { api_.check(request, route); }}};
};

TEST_P(GermanyRunsOn, AnswerEveryOperationAsDescribed) {
    const std::string at = "/api/v1/outage-runs/" + finished().value + "/germany";
    const Json document = Json::parse(api_.text());
    for (const auto& [path, target] :
         {std::pair{"", at}, {"/bodies", at + "/bodies"}, {"/states/{state}", at + "/states/bremen"}}) {
        const http::Response response = answer("GET", target);
        ASSERT_EQ(response.status, 200) << target << response.body;
        http::expect_described(document, std::string{"/outage-runs/{run}/germany"} + path, "get", response);
    }
    for (const char* table : {"bodies", "states", "providers", "ability"})
        http::expect_described(document, "/outage-runs/{run}/germany/tables/{table}", "get",
                               answer("GET", at + "/tables/" + table + "?lang=en"));
    EXPECT_EQ(answer("GET", at + "/tables/services").status, 422);
    EXPECT_EQ(answer("GET", at + "/states/bayern").status, 404) << "of a country without it";
    EXPECT_EQ(answer("GET", at + "/states/atlantis").status, 422);
}

TEST_P(GermanyRunsOn, KeepTheFiguresOfTheOutlookInThreeDigits) {
    const RunId id = finished();
    const Outlook outlook = *nationwide::outlook(
        country_, forecast::completed(country_, {.scenario = {"storage-failure"}, .region = {"deutschland"}}), {1, 20});
    const Json bodies = Json::parse(runs_.part(local, id, bodies_part));
    ASSERT_EQ(bodies.at("key").size(), country_.bodies.bodies().size());
    for (std::size_t place = 0; place < outlook.bodies.size(); ++place) {
        EXPECT_EQ(bodies.at("key")[place], outlook.bodies[place].key);
        const double loss = outlook.bodies[place].loss_days.quantiles.p90;
        EXPECT_NEAR(bodies.at("loss_days").at("p90")[place].get<double>(), loss, 0.005 * loss + 1e-9);
    }
    const Json summary = Json::parse(runs_.part(local, id, summary_part));
    EXPECT_EQ(summary.at("about").at("run_id"), id.value);
    EXPECT_EQ(summary.at("states").size(), 2U);
    EXPECT_NEAR(summary.at("loss_days").at("p50").get<double>(), outlook.totals.loss_days.quantiles.p50, 1e-4);
    const std::string csv = table_csv("states", {summary.dump(), {}}, Language::german);
    EXPECT_THAT(csv, testing::HasSubstr("\r\nBremen;2;2;"));
    EXPECT_THROW((void)table_csv("services", {summary.dump(), {}}, Language::german), NotFound);
}

TEST_P(GermanyRunsOn, AreRefusedWhereTheyCannotBeComputed) {
    const auto refused = [this](const std::string& more) {
        const http::Response response = start(more);
        EXPECT_EQ(response.status, 422) << response.body;
        return Json::parse(response.body).at("detail").get<std::string>();
    };
    EXPECT_EQ(refused(R"(, "replications": 4097)"), "/replications: muss für Deutschland ≤ 4096 sein, ist 4097");
    EXPECT_EQ(refused(R"(, "relative_error": 1.5)"), "/relative_error: muss ≤ 1 sein, ist 1.5");
    EXPECT_EQ(refused(R"(, "overrides": {"crews": {"platform": 3}})"),
              "/overrides/crews: muss für Deutschland fehlen, jeder Dienstleister hat seine eigenen Trupps");
    EXPECT_EQ(refused(R"(, "replications": 500, "randomisations": 8)"),
              "/randomisations: muss mit einer Zweierpotenz malgenommen die Zahl der Verläufe ergeben: "
              "8 passt nicht zu 500, 8 passt zu 512");
    EXPECT_EQ(start(R"(, "replications": 10, "overrides": {"without_modes": ["paper"]})").status, 202);
}

TEST_P(GermanyRunsOn, OfQuasiRandomPointsSaySo) {
    runs_.work(trade_of_germany(2));
    const RunId id{Json::parse(start(R"(, "replications": 32, "randomisations": 4)").body).at("id").get<std::string>()};
    EXPECT_EQ(ended(runs_, id).run.state, forecast::RunState::done);
    const Json summary = Json::parse(runs_.part(local, id, summary_part));
    EXPECT_EQ(summary.at("randomisations"), 4);
    const Outlook outlook = *nationwide::outlook(
        country_, forecast::completed(country_, {.scenario = {"storage-failure"}, .region = {"deutschland"}}),
        {1, 32, 8});
    EXPECT_NEAR(summary.at("loss_days").at("standard_error").get<double>(), outlook.totals.loss_days.standard_error,
                1e-4);
}

TEST_P(GermanyRunsOn, OfAWishedErrorSayHowManyCoursesItTookAndHowExactTheyAre) {
    runs_.work(trade_of_germany(2));
    const RunId id{Json::parse(start(R"(, "replications": 16, "randomisations": 4, "relative_error": 0.05)").body)
                       .at("id")
                       .get<std::string>()};
    const forecast::RunStatus status = ended(runs_, id);
    ASSERT_EQ(status.run.state, forecast::RunState::done);
    const Json summary = Json::parse(runs_.part(local, id, summary_part));
    EXPECT_GT(summary.at("replications"), 16);
    EXPECT_EQ(summary.at("randomisations"), 4) << "their points are doubled";
    EXPECT_EQ(summary.at("replications"), status.run.sampling.replications);
    EXPECT_LE(summary.at("relative_error_reached"), 0.05);
    const Outlook half = *nationwide::outlook(
        country_, forecast::completed(country_, {.scenario = {"storage-failure"}, .region = {"deutschland"}}),
        {1, status.run.sampling.replications / 2, status.run.sampling.points / 2});
    EXPECT_GT(outage::relative_error(half.totals.loss_days), 0.05) << "fewer would not have done";
}

TEST_P(GermanyRunsOn, DoNotLetRunsOfARegionWait) {
    runs_.work(1);  // nobody computes Germany
    const RunId germany_run{Json::parse(start("").body).at("id").get<std::string>()};
    const RunId body{Json::parse(answer("POST", "/api/v1/outage-runs",
                                        R"({"scenario": "storage-failure", "region": "040110000000",
                                            "replications": 10})")
                                     .body)
                         .at("id")
                         .get<std::string>()};
    EXPECT_EQ(ended(runs_, body).run.state, forecast::RunState::done);
    EXPECT_EQ(runs_.status(local, germany_run).run.state, forecast::RunState::queued);
    runs_.end(local, germany_run);
    EXPECT_EQ(runs_.status(local, germany_run).run.state, forecast::RunState::cancelled);
}

TEST_P(GermanyRunsOn, AreCancelledWhileTheyRun) {
    runs_.work(trade_of_germany(1));
    const RunId id{Json::parse(start(R"(, "replications": 4096)").body).at("id").get<std::string>()};
    while (runs_.status(local, id).doing != forecast::Doing::computing) std::this_thread::sleep_for(10ms);
    runs_.end(local, id);
    EXPECT_EQ(ended(runs_, id).run.state, forecast::RunState::cancelled);
    EXPECT_THROW((void)runs_.part(local, id, summary_part), Conflict);
}

TEST_P(GermanyRunsOn, OfAStoppedProcessAreTakenUpAgain) {
    RunId id;
    {
        forecast::Runs stopped{database_, audit_, country_, catalogue::shipped_files()};
        stopped.work(trade_of_germany(1));
        forecast::CaseRequest request = germany();
        id = stopped.start(local, {.request = request, .sampling = {1, 400}}).run.id;
        while (stopped.status(local, id).doing != forecast::Doing::computing) std::this_thread::sleep_for(10ms);
    }
    EXPECT_FALSE(forecast::has_ended(runs_.status(local, id).run.state));
    runs_.work(trade_of_germany(2));
    EXPECT_EQ(ended(runs_, id).run.state, forecast::RunState::done);
}

INSTANTIATE_TEST_SUITE_P(On, GermanyRunsOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::nationwide
