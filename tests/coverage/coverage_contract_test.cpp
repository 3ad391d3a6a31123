// The contract: every operation of the coverage in api/outage.yaml is driven, every answer fits its schema.
#include "coverage/coverage_api.hpp"
#include "http/door.hpp"
#include "http/openapi.hpp"
#include "support/contract.hpp"
#include "support/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace resmon::coverage {
namespace {

using Json = nlohmann::json;

/// So that little is computed.
catalogue::Catalogue with_incidents(const std::vector<std::string>& ids) {
    catalogue::Catalogue catalogue = catalogue::shipped();
    std::erase_if(catalogue.incidents, [&ids](const catalogue::Incident& incident) {
        return std::ranges::find(ids, incident.id.value) == ids.end();
    });
    return catalogue;
}

class CoverageContract : public testing::Test {
protected:
    http::Response get(const catalogue::Catalogue& catalogue, const std::string& target) {
        http::Routes routes;
        add_routes(routes, catalogue);
        http::Checks checks;
        checks.validate = [this](const http::Request& request, const http::Route& route) {
            api_.check(request, route);
        };
        http::Request request{.method = "GET", .client = "192.0.2.7"};
        http::read_target(target, request);
        std::string route;
        return http::Door{routes, checks}.answer(std::move(request), route);
    }

    http::OpenApi api_;
    Json document_ = Json::parse(api_.text());
};

TEST_F(CoverageContract, EveryOperationAnswersAsDescribed) {
    const catalogue::Catalogue two = with_incidents({"frankfurt-2019", "werl-2023", "baltimore-2019"});
    const http::Response report = get(two, "/api/v1/coverage");
    ASSERT_EQ(report.status, 200) << report.body;
    http::expect_described(document_, "/coverage", "get", report);
    const Json json = Json::parse(report.body);
    EXPECT_EQ(json.at("coverage").at("incidents"), 2) << "Baltimore has no milestones";
    EXPECT_EQ(json.at("incidents").at(0).at("date"), "2019-12-18");
    EXPECT_EQ(json.at("incidents").at(1).at("milestones").at(0).at("source"),
              "geprüfter Bericht, Quelle nicht überliefert");
    EXPECT_GT(json.at("incidents").at(1).at("replaced_figures"), 0) << "what Werl taught is not held against Werl";
    const http::Response table = get(two, "/api/v1/coverage/table?lang=en");
    ASSERT_EQ(table.status, 200) << table.body;
    http::expect_described(document_, "/coverage/table", "get", table);
    EXPECT_EQ(std::ranges::count(table.body, '\n'), 1 + 3) << "a heading and three milestones";
}

TEST_F(CoverageContract, ACatalogueWithoutHistoryHasNone) {
    EXPECT_EQ(get(with_incidents({"baltimore-2019"}), "/api/v1/coverage").status, 404);
}

}  // namespace
}  // namespace resmon::coverage
