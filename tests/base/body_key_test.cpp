// Keys: text of digits, nothing else.
#include "base/body_key.hpp"

#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace resmon {
namespace {

TEST(Key, KeepsItsLeadingZero) { EXPECT_EQ(Ags{"05962032"}.text(), "05962032"); }

TEST(Key, RefusesOtherLengthsAndOtherCharacters) {
    EXPECT_THAT([] { Ags{"5962032"}; }, testing::ThrowsMessage<InputError>("must be 8 digits, is 5962032"));
    EXPECT_THROW(Ars{"05962003203x"}, InputError);
    EXPECT_THROW(DistrictKey{""}, InputError);
}

TEST(BodyKey, OfATownHallIsItsAssociationAndOfADistrictItsDistrict) {
    EXPECT_EQ(body_key_of(AssociationKey{"059620032"}).text(), "059620032000");
    EXPECT_EQ(body_key_of(DistrictKey{"05962"}).text(), "059620000000");
    EXPECT_EQ(district_of(Ars{"059620032000"}).text(), "05962");
    EXPECT_EQ(association_of(Ars{"059620032032"}).text(), "059620032");
}

TEST(State, IsNamedByTheFirstTwoDigits) {
    EXPECT_EQ(to_string(state_of(Ars{"059620032000"})), "nordrhein-westfalen");
    EXPECT_EQ(state_of(Ars{"145210000000"}), State::sachsen);
    EXPECT_EQ(state_from("thueringen"), State::thueringen);
    EXPECT_THROW((void)state_of(Ars{"179620032000"}), InputError);
    EXPECT_THROW((void)state_from("preussen"), InputError);
}

}  // namespace
}  // namespace resmon
