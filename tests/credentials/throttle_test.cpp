// Slowing down of guesses: what each failure costs, and that nobody gets round it by failing more.
#include "credentials/throttle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

namespace resmon::sign_on {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;

const FailureTime now{1795618020s};

/// So many failures, all at that moment.
std::vector<FailureTime> failures(std::size_t count, FailureTime time = now) {
    return std::vector<FailureTime>(count, time);
}

TEST(AccountThrottle, LetsThreeFailuresPass) {
    for (std::size_t count = 0; count <= 3; ++count) EXPECT_EQ(account_wait(failures(count), now), 0s) << count;
}

TEST(AccountThrottle, DoublesFromTheFourthFailureAndLocksAtTheTenth) {
    constexpr std::array<seconds, 7> waits{1s, 2s, 4s, 8s, 16s, 32s, 15min};
    for (std::size_t more = 0; more < waits.size(); ++more)
        EXPECT_EQ(account_wait(failures(4 + more), now), waits[more]) << 4 + more;
    EXPECT_EQ(account_wait(failures(1000), now), 15min);
}

TEST(AccountThrottle, CountsFromTheLastFailureAndRoundsUp) {
    EXPECT_EQ(account_wait(failures(6, now - 1s), now), 3s);
    EXPECT_EQ(account_wait(failures(6, now - 1500ms), now), 3s);
    EXPECT_EQ(account_wait(failures(6, now - 4s), now), 0s);
    EXPECT_EQ(account_wait(failures(10, now - 14min), now), 1min);
    EXPECT_EQ(account_wait(failures(10, now - 15min), now), 0s);
}

TEST(AccountThrottle, ForgetsAfterAnHour) {
    auto old = failures(9, now - 1h);
    old.push_back(now);
    EXPECT_EQ(account_wait(old, now), 0s);
    old.assign(9, now - 1h + 1s);
    old.push_back(now);
    EXPECT_EQ(account_wait(old, now), 15min);
}

TEST(AccountThrottle, LeavesAnAttackerAtMostFourteenGuessesAnHour) {
    // Ten guesses until the lock, then one each 15 minutes: 10 + 4 in any hour.
    std::vector<FailureTime> guesses;
    for (FailureTime time = now; time < now + 24h; time += 1s)
        if (account_wait(guesses, time) == 0s) guesses.push_back(time);
    for (FailureTime hour = now; hour < now + 23h; hour += 1min)
        EXPECT_LE(std::ranges::count_if(guesses, [&](FailureTime time) { return time >= hour && time < hour + 1h; }),
                  14);
}

TEST(AddressThrottle, LetsATownHallMistypeAndNeverLocksIt) {
    EXPECT_EQ(address_wait(failures(60), now), 0s);
    EXPECT_EQ(address_wait(failures(61), now), 1s);
    EXPECT_EQ(address_wait(failures(80), now), 1s);
    EXPECT_EQ(address_wait(failures(81), now), 2s);
    EXPECT_EQ(address_wait(failures(161), now), 30s);
    EXPECT_EQ(address_wait(failures(100'000), now), 30s);
    EXPECT_EQ(address_wait(failures(100'000, now - 30s), now), 0s);
    EXPECT_EQ(address_wait(failures(100'000, now - 1h), now), 0s);
}

TEST(Throttle, CountsAFailureOfTheFutureAsOneOfNow) {
    EXPECT_EQ(account_wait(failures(10, now + 24h * 365), now), 15min);
    EXPECT_EQ(address_wait(failures(100, now + 24h * 365), now), 2s);
}

TEST(Throttle, CountsAnIpv6LineAsOneAddress) {
    EXPECT_EQ(counted_address("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(counted_address("::ffff:192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(counted_address("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(counted_address("2001:DB8:1:2::1"), "2001:db8:1:2::/64");
    EXPECT_EQ(counted_address("::1"), "::/64");
    EXPECT_EQ(counted_address(""), "");
    EXPECT_EQ(counted_address("kein Rechner"), "kein Rechner");
}

/// Up to 200 failures of the last two hours, or of the next minute.
std::vector<FailureTime> some_failures() {
    std::vector<FailureTime> times;
    for (const int ago : *rc::gen::container<std::vector<int>>(rc::gen::inRange(-60, 7200)))
        times.push_back(now - seconds{ago});
    const int burst = *rc::gen::inRange(0, 200);
    times.insert(times.end(), static_cast<std::size_t>(burst), now - seconds{*rc::gen::inRange(0, 3600)});
    return times;
}

RC_GTEST_PROP(Throttle, NeverWaitsShorterAfterOneMoreFailure, ()) {
    auto times = some_failures();
    const auto account = account_wait(times, now);
    const auto address = address_wait(times, now);
    times.insert(times.begin(), now - seconds{*rc::gen::inRange(-60, 7200)});
    RC_ASSERT(account_wait(times, now) >= account);
    RC_ASSERT(address_wait(times, now) >= address);
}

RC_GTEST_PROP(Throttle, WaitsAtMostALockAndTheWaitComesToAnEnd, ()) {
    const auto times = some_failures();
    const auto account = account_wait(times, now);
    const auto address = address_wait(times, now);
    RC_ASSERT(account >= 0s && account <= 15min);
    RC_ASSERT(address >= 0s && address <= 30s);
    // Whoever waits as long as told may try: no failure was added, and those of the future are in the past by then.
    std::vector<FailureTime> past = times;
    for (FailureTime& time : past) time = std::min(time, now);
    RC_ASSERT(account_wait(past, now + account) == 0s);
    RC_ASSERT(address_wait(past, now + address) == 0s);
}

RC_GTEST_PROP(Throttle, DoesNotDependOnTheOrder, ()) {
    auto times = some_failures();
    const auto account = account_wait(times, now);
    const auto address = address_wait(times, now);
    std::ranges::reverse(times);
    RC_ASSERT(account_wait(times, now) == account);
    RC_ASSERT(address_wait(times, now) == address);
}

}  // namespace
}  // namespace resmon::sign_on
