// The contract: the operations of files in api/waves.yaml are driven, every answer fits its schema.
#include "http/door.hpp"
#include "http/openapi.hpp"
#include "support/contract.hpp"
#include "wave_files/wave_files_api.hpp"
#include "waves/office.hpp"

#include <nlohmann/json.hpp>

namespace resmon::wave_files {
namespace {

using Json = nlohmann::json;

class WaveFilesContract : public testing::TestWithParam<storage::Engine> {
protected:
    WaveFilesContract() { add_routes(routes_, files_); }

    http::Response ask(const std::string& method, const std::string& path, const std::string& target,
                       const std::string& body = {}) {
        http::Request request{.method = method, .body = body, .who = waves::owner};
        http::read_target("/api/v1" + target, request);
        std::string route;
        http::Response response = door_.answer(std::move(request), route);
        if (response.status < 300) http::expect_described(document_, path, method == "GET" ? "get" : "post", response);
        return response;
    }

    waves::Office office_{GetParam()};
    WaveFiles files_{office_.waves, office_.survey};
    http::Routes routes_;
    http::OpenApi api_;
    Json document_ = Json::parse(api_.text());
    http::Door door_{
        routes_,
        {.identify = [](http::Request&) {},
         .permit = [](const http::Request&, const http::Route&) {},
         .validate = [this](const http::Request& request, const http::Route& route) { api_.check(request, route); }}};
};

TEST_P(WaveFilesContract, EveryOperationAnswersAsDescribed) {
    const waves::Wave wave = office_.planned();
    const std::string frame = "/waves/{wave}/frame";
    const std::string mine = "/waves/" + wave.id.value + "/frame";
    const http::Response csv = ask("GET", frame, mine);
    const http::Response xlsx = ask("GET", frame, mine + "?format=xlsx&lang=en");
    EXPECT_TRUE(xlsx.body.starts_with("PK"));
    EXPECT_EQ(ask("POST", "/wave-files", "/wave-files", xlsx.body).status, 200);
    office_.waves.discard(waves::owner, wave.id);
    const http::Response planned = ask("POST", "/wave-files", "/wave-files", csv.body);
    EXPECT_EQ(planned.status, 201);
    const std::string made = Json::parse(planned.body).at("wave");
    const http::Response more =
        ask("POST", "/wave-files", "/wave-files?wave=" + made + "&reason=vergessen", "body\n059580004000\n");
    EXPECT_EQ(Json::parse(more.body).at("added"), 1);
    const http::Response refused = ask("POST", "/wave-files", "/wave-files", "body\n123\n");
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(Json::parse(refused.body).at("errors").at(0).at("pointer"), "/CSV/A2");
}

INSTANTIATE_TEST_SUITE_P(On, WaveFilesContract, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::wave_files
