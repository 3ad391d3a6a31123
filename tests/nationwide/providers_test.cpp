// What providers add, computed anywhere and summed in one place.
#include "nationwide/providers.hpp"

#include "base/error.hpp"
#include "nationwide/small_country.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <string>

namespace resmon::nationwide {
namespace {

TEST(Providers, SentAsBytesInAnyOrderGiveTheSameOutlook) {
    const catalogue::Catalogue country = small_country("10042");
    const outage::Sampling sampling{1, 32, 8};
    const Providers providers{country, germany()};
    ASSERT_EQ(providers.size(), 2U);
    std::map<std::size_t, std::string> sent;
    for (const std::size_t number : {1U, 0U})
        sent[number] = bytes_of(*providers.contribution(number, sampling, {.threads = 1}));
    OutlookSum sum{country, providers, sampling};
    for (const auto& [number, bytes] : sent) sum.add(number, contribution_from(bytes));
    const Outlook together = std::move(sum).outlook();

    const Outlook alone = *nationwide::outlook(country, germany(), sampling);
    EXPECT_EQ(together.totals.loss_days.mean, alone.totals.loss_days.mean);
    EXPECT_EQ(together.totals.loss_days.standard_error, alone.totals.loss_days.standard_error);
    ASSERT_EQ(together.bodies.size(), alone.bodies.size());
    for (std::size_t body = 0; body < alone.bodies.size(); ++body) {
        EXPECT_EQ(together.bodies[body].key, alone.bodies[body].key);
        EXPECT_EQ(together.bodies[body].provider, alone.bodies[body].provider);
        EXPECT_EQ(together.bodies[body].days_to_all.mean, alone.bodies[body].days_to_all.mean);
    }
}

TEST(Providers, AreRefusedIfTheirBytesAreNotWhole) {
    const std::string whole = bytes_of({.weight = 2, .lost = {1, 2}, .able = {3}, .bodies = {{.key = "040110000000"}}});
    EXPECT_EQ(contribution_from(whole).bodies.front().key, "040110000000");
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_THROW((void)contribution_from(whole.substr(0, size)), InputError) << size;
    // A length whose bytes, counted modulo 2⁶⁴, would be few.
    std::string endless = whole;
    const std::uint64_t length = (std::uint64_t{1} << 61) + 1;
    std::memcpy(endless.data() + 16, &length, sizeof length);
    EXPECT_THROW((void)contribution_from(endless), InputError);
}

}  // namespace
}  // namespace resmon::nationwide
