// What operators are told: alive is not ready, and counts stay on this machine.
#include "base/error.hpp"
#include "http/door.hpp"
#include "server/health_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace resmon::server {
namespace {

class Health : public testing::Test {
protected:
    Health() {
        add_routes(routes_, metrics_, [this] {
            if (store_ == Store::fails) throw std::runtime_error{"disk I/O error"};
            return store_ == Store::answers;
        });
    }

    http::Response answer(const std::string& path, const std::string& client = "127.0.0.1") {
        std::string route;
        return door_.answer({.method = "GET", .path = path, .client = client}, route);
    }

    enum class Store { answers, is_silent, fails } store_ = Store::answers;
    Metrics metrics_;
    http::Routes routes_;
    http::Door door_{routes_, {}};
};

TEST_F(Health, AliveIsNotReady) {
    EXPECT_EQ(answer("/readyz").body, "ready\n");
    store_ = Store::is_silent;
    EXPECT_EQ(answer("/readyz").status, 503);
    EXPECT_EQ(answer("/healthz").status, 200);
}

TEST_F(Health, AStoreThatFailsIsNotReadyAndItsReasonStaysInTheLog) {
    store_ = Store::fails;
    EXPECT_EQ(answer("/readyz").status, 500);
    EXPECT_THAT(answer("/readyz").body, testing::Not(testing::HasSubstr("disk")));
}

TEST_F(Health, CountsAreForThisMachine) {
    metrics_.count("/api/v1/about", 200);
    EXPECT_THAT(answer("/metrics").body,
                testing::HasSubstr("resmon_requests_total{route=\"/api/v1/about\",status=\"200\"} 1\n"));
    EXPECT_EQ(answer("/metrics", "192.0.2.7").status, 404);
}

}  // namespace
}  // namespace resmon::server
