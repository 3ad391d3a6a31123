// Numbers that cannot be mixed up, and a share that is one.
#include "base/quantity.hpp"

#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <type_traits>

namespace resmon {
namespace {

TEST(Share, RefusesWhatIsNoShareAndSaysWhatItFound) {
    EXPECT_EQ(Share{0}.value(), 0);
    EXPECT_EQ(Share{1}.value(), 1);
    EXPECT_THAT([] { Share{1.2}; }, testing::ThrowsMessage<InputError>("must be between 0 and 1, is 1.2"));
    EXPECT_THROW(Share{-0.1}, InputError);
    EXPECT_THROW(Share{std::numeric_limits<double>::quiet_NaN()}, InputError);
    EXPECT_THROW(Share{std::numeric_limits<double>::infinity()}, InputError);
}

RC_GTEST_PROP(Share, IsEveryNumberFromZeroToOneAndNoOther, (double value)) {
    bool is_share = true;
    try {
        RC_ASSERT(Share{value}.value() == value);
    } catch (const InputError&) {
        is_share = false;
    }
    RC_ASSERT(is_share == (value >= 0 && value <= 1));
}

TEST(Quantity, OfOneKindIsNoOther) {
    static_assert(!std::is_convertible_v<double, Days> && !std::is_convertible_v<Days, Kilometres>);
    static_assert(!std::is_convertible_v<ServiceId, ResourceId> && !std::is_convertible_v<double, Share>);
    EXPECT_LT(Days{2}, Days{3});
    EXPECT_LT(EuroCents{-1}, EuroCents{0});
    EXPECT_LT(ServiceId{"Z"}, ServiceId{"a"}) << "bytes, not the alphabet of a language";
}

TEST(Fault, IsFileLinePathExpectationAndValue) {
    const Fault fault{{.file = "services/passport.yaml", .line = 14, .path = "demand_per_1000"}, "must be ≥ 0, is -3"};
    EXPECT_EQ(to_string(fault), "services/passport.yaml:14: demand_per_1000: must be ≥ 0, is -3");
    EXPECT_EQ(to_string(Fault{{}, "must be JSON"}), "must be JSON");
    const InputError both{{fault, {{}, "must be JSON"}}};
    EXPECT_EQ(std::string{both.what()}, to_string(fault) + "\nmust be JSON");
}

}  // namespace
}  // namespace resmon
