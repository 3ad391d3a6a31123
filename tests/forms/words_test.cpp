// Numbers, days and words as people type them.
#include "forms/words.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace resmon::forms {
namespace {

std::string number(const char* text, Language language = Language::german) {
    const WrittenNumber written = number_from(spreadsheet::Cell{text}, language);
    return written.fault.empty() ? fmt::format("{}", written.value) : written.fault;
}

TEST(Words, NumbersAreReadAsTheyAreTyped) {
    EXPECT_EQ(number("3"), "3");
    EXPECT_EQ(number("2,5"), "2.5");
    EXPECT_EQ(number("2.5"), "2.5");
    EXPECT_EQ(number("-0,25"), "-0.25");
    EXPECT_EQ(number(" 12 000 "), "12000");
    EXPECT_EQ(number("1.234,5"), "1234.5");
    EXPECT_EQ(number("1,234.5"), "1234.5");
    EXPECT_EQ(number("1.234.567,25"), "1234567.25");
    EXPECT_EQ(number("1,234"), "1.234");
    EXPECT_EQ(number("1.234", Language::english), "1.234");
}

TEST(Words, NumbersThatCouldMeanTwoThingsAreAsked) {
    EXPECT_EQ(number("1.234"), "form.fault.ambiguous");
    EXPECT_EQ(number("-12.345"), "form.fault.ambiguous");
    EXPECT_EQ(number("1,234", Language::english), "form.fault.ambiguous");
    EXPECT_EQ(number("0.125"), "0.125") << "no thousand begins with 0";
    for (const char* none : {"", "drei", "3 Tage", "1.23.4,5", "1,2,3", "12.34,5", "--1", "1e999", "nan", "inf", ","})
        EXPECT_EQ(number(none), "form.fault.number") << none;
}

TEST(Words, DaysAreReadInBothNotations) {
    const auto day = [](const char* text) {
        const auto found = day_from(spreadsheet::Cell{text});
        return found ? spreadsheet::day_text(*found) : std::string{"none"};
    };
    EXPECT_EQ(day("30.06.2027"), "2027-06-30");
    EXPECT_EQ(day("1.2.2027"), "2027-02-01");
    EXPECT_EQ(day("2027-06-30"), "2027-06-30");
    for (const char* none : {"31.02.2027", "30.06.27", "30.06.", "2027", "6/30/2027", "001.02.2027", "a.b.2027"})
        EXPECT_EQ(day(none), "none") << none;
}

TEST(Words, AreUnderstoodInBothLanguages) {
    EXPECT_EQ(place_of("Weiß nicht", state_keys), 2U);
    EXPECT_EQ(place_of("WEISS NICHT", state_keys), 2U);
    EXPECT_EQ(place_of("don't know", state_keys), 2U);
    EXPECT_EQ(place_of("weeks", unit_keys), 2U);
    EXPECT_EQ(place_of("Wochen", unit_keys), 2U);
    EXPECT_EQ(place_of("", unit_keys), std::nullopt);
}

}  // namespace
}  // namespace resmon::forms
