// Working days: holidays by rule, and the map between clock time and working time.
#include "base/calendar.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace resmon {
namespace {

using namespace std::chrono_literals;

Date date(int year, unsigned month, unsigned day) {
    return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
}

double instant(int year, unsigned month, unsigned day) {
    return static_cast<double>(date(year, month, day).time_since_epoch().count());
}

const std::vector<HolidayRule> rules{
    {.kind = HolidayRule::Kind::fixed, .month = 11, .day = 1, .states = {State::nordrhein_westfalen}},
    {.kind = HolidayRule::Kind::fixed, .month = 12, .day = 25},
    {.kind = HolidayRule::Kind::fixed, .month = 12, .day = 26},
    {.kind = HolidayRule::Kind::fixed, .month = 3, .day = 8, .states = {State::berlin}, .first_year = 2019},
    {.kind = HolidayRule::Kind::easter, .offset = -2},
    {.kind = HolidayRule::Kind::before_november_23, .states = {State::sachsen}},
};

TEST(Easter, FallsOnTheDaysOfTheAlmanac) {
    // United States Naval Observatory, "The Date of Easter".
    EXPECT_EQ(easter_sunday(2023), date(2023, 4, 9));
    EXPECT_EQ(easter_sunday(2024), date(2024, 3, 31));
    EXPECT_EQ(easter_sunday(2038), date(2038, 4, 25));
    EXPECT_EQ(easter_sunday(2285), date(2285, 3, 22));
}

TEST(Holidays, FollowStateAndYear) {
    EXPECT_TRUE(holidays(rules, State::nordrhein_westfalen, 2023, 2023).contains(date(2023, 11, 1)));
    EXPECT_FALSE(holidays(rules, State::berlin, 2023, 2023).contains(date(2023, 11, 1)));
    EXPECT_FALSE(holidays(rules, State::berlin, 2018, 2018).contains(date(2018, 3, 8)));
    EXPECT_TRUE(holidays(rules, State::berlin, 2019, 2019).contains(date(2019, 3, 8)));
    EXPECT_TRUE(holidays(rules, State::sachsen, 2024, 2024).contains(date(2024, 3, 29))) << "Good Friday";
}

TEST(Holidays, TheDayOfRepentanceIsTheWednesdayBefore23November) {
    EXPECT_TRUE(holidays(rules, State::sachsen, 2023, 2023).contains(date(2023, 11, 22)));
    EXPECT_TRUE(holidays(rules, State::sachsen, 2024, 2024).contains(date(2024, 11, 20)));
    EXPECT_TRUE(holidays(rules, State::sachsen, 2022, 2022).contains(date(2022, 11, 16)));
}

class NorthRhineWestphalia2023 : public testing::Test {
protected:
    WorkingCalendar calendar = WorkingCalendar::of(rules, State::nordrhein_westfalen, 2023, 2024);
    double monday = instant(2023, 10, 30);
};

TEST_F(NorthRhineWestphalia2023, WorkingTimeStandsStillOnHolidaysAndAtTheWeekend) {
    const double start = calendar.working_time(monday);
    EXPECT_EQ(calendar.working_time(monday + 2) - start, 2) << "Monday and Tuesday";
    EXPECT_EQ(calendar.working_time(monday + 3) - start, 2) << "All Saints on Wednesday";
    EXPECT_EQ(calendar.working_time(monday + 3.5) - start, 2.5);
    EXPECT_EQ(calendar.working_time(monday + 7) - start, 4) << "a week with one holiday";
    EXPECT_FALSE(calendar.is_working(monday + 2.5));
    EXPECT_EQ(calendar.next_working(monday + 4.9), monday + 4.9);
    EXPECT_EQ(calendar.next_working(monday + 5), monday + 7) << "Saturday to Monday";
}

TEST_F(NorthRhineWestphalia2023, AnInstantIsTheEarliestThatReachesItsWorkingTime) {
    const double start = calendar.working_time(monday);
    EXPECT_EQ(calendar.instant_of(start + 2), monday + 2) << "the end of Tuesday, not the end of the holiday";
    EXPECT_EQ(calendar.instant_of(start + 2.25), monday + 3.25);
    EXPECT_EQ(calendar.instant_of(start + 4), monday + 5) << "the end of Friday";
}

RC_GTEST_FIXTURE_PROP(NorthRhineWestphalia2023, WorkingTimeSurvivesTheWayToAnInstantAndBack, ()) {
    // Also outside the years of the table, where Monday to Friday count.
    const double working_time = *rc::gen::inRange(-400'000, 2'000'000) / 1024.0;
    const double reached = calendar.instant_of(working_time);
    RC_ASSERT(calendar.working_time(reached) == working_time);
    RC_ASSERT(calendar.working_time(reached - 1.0 / 1024) < working_time);
}

RC_GTEST_FIXTURE_PROP(NorthRhineWestphalia2023, WorkingTimeNeverRunsBackNorFasterThanTheClock, ()) {
    const double earlier = *rc::gen::inRange(17'000, 22'000) + *rc::gen::inRange(0, 1024) / 1024.0;
    const double later = earlier + *rc::gen::inRange(0, 100'000) / 1024.0;
    const double worked = calendar.working_time(later) - calendar.working_time(earlier);
    RC_ASSERT(worked >= 0);
    RC_ASSERT(worked <= later - earlier);
}

TEST_F(NorthRhineWestphalia2023, NeverStaysNever) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    EXPECT_EQ(calendar.instant_of(infinity), infinity);
    EXPECT_EQ(calendar.working_time(infinity), infinity);
    EXPECT_EQ(calendar.next_working(infinity), infinity);
}

TEST(WorkingCalendar, HolidaysThatAreGivenAreFreeAndToldAgain) {
    using namespace std::chrono;
    const Date new_year = 2027y / January / 1;  // a Friday
    const Date saturday = 2027y / May / 1;
    const WorkingCalendar calendar = WorkingCalendar::without({new_year, saturday}, 2027, 2028);
    EXPECT_EQ(calendar.free_weekdays(), std::vector<Date>{new_year});
    EXPECT_EQ(calendar.years(), (std::pair{2027, 2028}));
    EXPECT_FALSE(calendar.is_working(static_cast<double>(new_year.time_since_epoch().count())));
    EXPECT_EQ(calendar.next_working(static_cast<double>(new_year.time_since_epoch().count())),
              static_cast<double>((new_year + days{3}).time_since_epoch().count()));
    EXPECT_EQ(WorkingCalendar::continuous().years(), std::nullopt);
}

TEST(OfficeHours, OpenInTheMorningOfTheNextWorkingDay) {
    using namespace std::chrono;
    const WorkingCalendar calendar = WorkingCalendar::without({2027y / May / 6}, 2027, 2027);  // Ascension, a Thursday
    const OfficeHours hours{.from = 7 / 24.0, .to = 17 / 24.0};
    const auto at = [](Date day, double hour) {
        return static_cast<double>(day.time_since_epoch().count()) + hour / 24.0;
    };
    const Date wednesday = 2027y / May / 5;
    const Date friday = 2027y / May / 7;
    const Date monday = 2027y / May / 10;
    EXPECT_EQ(next_open(calendar, hours, at(wednesday, 3)), at(wednesday, 7));
    EXPECT_EQ(next_open(calendar, hours, at(wednesday, 7)), at(wednesday, 7));
    EXPECT_EQ(next_open(calendar, hours, at(wednesday, 16.5)), at(wednesday, 16.5));
    EXPECT_EQ(next_open(calendar, hours, at(wednesday, 17)), at(friday, 7)) << "a holiday lies between";
    EXPECT_EQ(next_open(calendar, hours, at(friday, 20)), at(monday, 7));
    EXPECT_EQ(next_open(calendar, hours, at(monday, 0)), at(monday, 7));
    EXPECT_EQ(next_open(WorkingCalendar::continuous(), hours, at(friday, 20)), at(friday + days{1}, 7));
    EXPECT_EQ(next_open(calendar, hours, std::numeric_limits<double>::infinity()),
              std::numeric_limits<double>::infinity());
}

TEST(WorkingCalendar, ContinuousTimeIsClockTime) {
    const WorkingCalendar clock = WorkingCalendar::continuous();
    EXPECT_EQ(clock.working_time(19'660.75), 19'660.75);
    EXPECT_EQ(clock.instant_of(19'660.75), 19'660.75);
    EXPECT_TRUE(clock.is_working(2.5));
    EXPECT_EQ(clock.working_share(), 1);
}

}  // namespace
}  // namespace resmon
