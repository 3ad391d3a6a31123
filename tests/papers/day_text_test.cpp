#include "papers/day_text.hpp"

#include <gtest/gtest.h>

namespace resmon::papers {
namespace {

TEST(DayText, IsTheDayInGermany) {
    EXPECT_EQ(day_text(instant_from("2026-11-24T15:07:00Z"), Language::german), "24. November 2026");
    EXPECT_EQ(day_text(instant_from("2026-11-24T15:07:00Z"), Language::english), "24 November 2026");
    EXPECT_EQ(day_text(instant_from("2026-02-28T23:30:00Z"), Language::german), "1. März 2026") << "midnight is over";
    EXPECT_EQ(day_text(instant_from("2026-06-30T22:30:00Z"), Language::german), "1. Juli 2026") << "in summer earlier";
}

}  // namespace
}  // namespace resmon::papers
