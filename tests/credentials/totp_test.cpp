// The second factor against the vectors of its RFC, and against those who try a code twice.
#include "credentials/totp.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <string>

namespace resmon::sign_on {
namespace {

using std::chrono::seconds;
using std::chrono::system_clock;

const Secret rfc_key{"12345678901234567890"};  // RFC 6238, appendix B

system_clock::time_point at(std::int64_t since_1970) { return system_clock::time_point{seconds{since_1970}}; }

struct Vector {
    std::int64_t time;
    const char* code;
};

// RFC 6238, appendix B, rows of SHA1. The RFC prints eight digits of the truncated number, six are its last six.
constexpr std::array<Vector, 6> vectors{{{59, "287082"},
                                         {1111111109, "081804"},
                                         {1111111111, "050471"},
                                         {1234567890, "005924"},
                                         {2000000000, "279037"},
                                         {20000000000, "353130"}}};

TEST(Totp, AgreesWithTheVectorsOfRfc6238) {
    for (const auto& [time, code] : vectors) {
        EXPECT_EQ(totp_code(rfc_key, time / 30).revealed(), code) << time;
        constexpr std::int64_t year_2262 = 9'223'372'036;  // where the clock of the library ends
        if (time < year_2262) {
            EXPECT_EQ(accepted_step(rfc_key, code, at(time), std::nullopt), time / 30) << time;
        }
    }
}

TEST(Totp, AgreesWithTheVectorsOfRfc4226) {
    // RFC 4226, appendix D: the counters 0 to 9.
    constexpr std::array<const char*, 10> codes{"755224", "287082", "359152", "969429", "338314",
                                                "254676", "287922", "162583", "399871", "520489"};
    for (std::size_t counter = 0; counter < codes.size(); ++counter)
        EXPECT_EQ(totp_code(rfc_key, static_cast<TimeStep>(counter)).revealed(), codes[counter]) << counter;
}

TEST(Totp, AcceptsOneStepEarlierAndLaterButNotTwo) {
    const TimeStep step = 1234567890 / 30;
    const Secret code = totp_code(rfc_key, step);
    const auto accepted_at = [&](TimeStep now) {
        return accepted_step(rfc_key, code.revealed(), at(now * 30), std::nullopt).has_value();
    };
    EXPECT_FALSE(accepted_at(step - 2));
    EXPECT_TRUE(accepted_at(step - 1));
    EXPECT_TRUE(accepted_at(step));
    EXPECT_TRUE(accepted_at(step + 1));
    EXPECT_FALSE(accepted_at(step + 2));
}

TEST(Totp, AcceptsACodeOnce) {
    const auto first = accepted_step(rfc_key, "287082", at(59), std::nullopt);
    ASSERT_EQ(first, 1);
    EXPECT_FALSE(accepted_step(rfc_key, "287082", at(59), first)) << "replayed at once";
    EXPECT_FALSE(accepted_step(rfc_key, "287082", at(80), first)) << "replayed in the next step";
    EXPECT_FALSE(accepted_step(rfc_key, totp_code(rfc_key, 0).revealed(), at(59), first)) << "an earlier code";
    EXPECT_EQ(accepted_step(rfc_key, totp_code(rfc_key, 2).revealed(), at(61), first), 2);
}

TEST(Totp, TakesTheSpacesThatAppsShow) {
    EXPECT_EQ(accepted_step(rfc_key, "287 082", at(59), std::nullopt), 1);
    EXPECT_EQ(accepted_step(rfc_key, " 287082 ", at(59), std::nullopt), 1);
}

TEST(Totp, RefusesWhatIsNoCode) {
    for (const char* wrong : {"", " ", "28708", "2870820", "94287082", "28708a", "-87082", "２８７０８２"})
        EXPECT_FALSE(accepted_step(rfc_key, wrong, at(59), std::nullopt)) << wrong;
    EXPECT_FALSE(accepted_step(rfc_key, std::string(1'000'000, ' ') + "287082", at(59), std::nullopt));
    EXPECT_FALSE(accepted_step(rfc_key, std::string("287082\0", 7), at(59), std::nullopt));
}

TEST(Totp, KeyIs160BitsAndNew) {
    EXPECT_EQ(new_totp_key().revealed().size(), 20U);
    EXPECT_FALSE(new_totp_key() == new_totp_key());
}

TEST(Totp, KeyIsShownInBase32) {
    // RFC 4648, section 10, and the key of the vectors as authenticator apps show it
    EXPECT_EQ(base32_of(Secret{"fooba"}).revealed(), "MZXW6YTB");
    EXPECT_EQ(base32_of(rfc_key).revealed(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

TEST(Totp, UriEscapesWhatPeopleAreCalled) {
    EXPECT_EQ(otpauth_uri(rfc_key, {"Resilienzmonitor", "e.müller@kreis:nord?x=1&y"}).revealed(),
              "otpauth://totp/Resilienzmonitor:e.m%C3%BCller%40kreis%3Anord%3Fx%3D1%26y"
              "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Resilienzmonitor&algorithm=SHA1&digits=6&period=30");
}

RC_GTEST_PROP(Totp, NeverAcceptsAStepThatIsNotAfterTheLast, ()) {
    const auto now = *rc::gen::inRange<std::int64_t>(0, 4'000'000'000);
    const auto last = now / 30 + *rc::gen::inRange<TimeStep>(-3, 4);
    const auto step = now / 30 + *rc::gen::inRange<TimeStep>(-3, 4);
    const auto accepted = accepted_step(rfc_key, totp_code(rfc_key, step).revealed(), at(now), last);
    // Two steps may share a code by chance (one in a million): then the later one is meant.
    if (accepted) RC_ASSERT(*accepted > last && *accepted >= now / 30 - 1 && *accepted <= now / 30 + 1);
    if (step > last && step >= now / 30 - 1 && step <= now / 30 + 1) RC_ASSERT(accepted.has_value());
}

}  // namespace
}  // namespace resmon::sign_on
