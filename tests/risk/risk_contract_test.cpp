// The contract: every operation of the risk in api/outage.yaml is driven, every answer fits its schema.
#include "http/door.hpp"
#include "http/openapi.hpp"
#include "reading/catalogue_reader.hpp"
#include "risk/risk_api.hpp"
#include "support/contract.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace resmon::risk {
namespace {

using Json = nlohmann::json;

class RiskContract : public testing::Test {
protected:
    RiskContract() { add_routes(routes_, catalogue_); }

    http::Response get(const std::string& target) {
        http::Request request{.method = "GET", .client = "192.0.2.7"};
        http::read_target(target, request);
        std::string route;
        return door_.answer(std::move(request), route);
    }

    /// One frequency, so that little is computed.
    static catalogue::Catalogue with_one() {
        catalogue::Catalogue catalogue = catalogue::catalogue_from(catalogue::shipped_catalogue_files());
        std::erase_if(catalogue.frequencies, [](const catalogue::Frequency& frequency) {
            return frequency.scenario.value != "ransomware-shared-provider";
        });
        return catalogue;
    }

    http::Checks checks() {
        http::Checks checks;
        checks.validate = [this](const http::Request& request, const http::Route& route) {
            api_.check(request, route);
        };
        return checks;
    }

    catalogue::Catalogue catalogue_ = with_one();
    http::Routes routes_;
    http::OpenApi api_;
    http::Door door_{routes_, checks()};
    Json document_ = Json::parse(api_.text());
};

TEST_F(RiskContract, EveryOperationAnswersAsDescribed) {
    for (const std::string place : {"region=suedwestfalen", "body=082260082000"}) {
        const http::Response risk = get("/api/v1/risk?" + place);
        ASSERT_EQ(risk.status, 200) << risk.body;
        http::expect_described(document_, "/risk", "get", risk);
        const http::Response curve = get("/api/v1/risk/curve?lang=en&" + place);
        ASSERT_EQ(curve.status, 200) << curve.body;
        http::expect_described(document_, "/risk/curve", "get", curve);
        EXPECT_THAT(curve.body, testing::HasSubstr("days,probability,low,high\r\n"));
    }
}

TEST_F(RiskContract, AsksForOnePlaceAndKnowsIt) {
    EXPECT_EQ(get("/api/v1/risk").status, 422);
    EXPECT_EQ(get("/api/v1/risk?region=suedwestfalen&body=059580032000").status, 422);
    EXPECT_EQ(get("/api/v1/risk?body=12").status, 422);
    EXPECT_EQ(get("/api/v1/risk?region=atlantis").status, 404);
}

}  // namespace
}  // namespace resmon::risk
