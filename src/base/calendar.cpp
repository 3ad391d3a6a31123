#include "base/calendar.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace resmon {

namespace {

using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year;

Date on(int in_year, unsigned in_month, unsigned day) {
    return sys_days{year{in_year} / month{in_month} / std::chrono::day{day}};
}

Date date_of(const HolidayRule& rule, int in_year) {
    switch (rule.kind) {
        case HolidayRule::Kind::fixed: return on(in_year, rule.month, rule.day);
        case HolidayRule::Kind::easter: return easter_sunday(in_year) + days{rule.offset};
        case HolidayRule::Kind::before_november_23: break;
    }
    // The Wednesday before 23 November: the 22nd or up to six days earlier.
    const Date latest = on(in_year, 11, 22);
    return latest - (weekday{latest} - std::chrono::Wednesday);
}

/// Day 0, 1970-01-01, was a Thursday.
bool is_weekend(long day) {
    const long from_monday = ((day + 3) % 7 + 7) % 7;
    return from_monday >= 5;
}

/// Mondays to Fridays before that day since Monday 1969-12-29; negative before it.
long weekdays_before(long day) {
    const long from_monday = day + 3;
    const long weeks = from_monday >= 0 ? from_monday / 7 : (from_monday - 6) / 7;
    return weeks * 5 + std::min(from_monday - weeks * 7, 5L);
}

/// The day that is the n-th (from 0) Monday to Friday in the count of weekdays_before.
long weekday_number(long n) {
    const long weeks = n >= 0 ? n / 5 : (n - 4) / 5;
    return weeks * 7 + (n - weeks * 5) - 3;
}

/// Digits and nothing else.
std::optional<int> two_digits(std::string_view text) {
    const auto is_digit = [](char character) { return character >= '0' && character <= '9'; };
    if (!is_digit(text[0]) || !is_digit(text[1])) return std::nullopt;
    return (text[0] - '0') * 10 + (text[1] - '0');
}

}  // namespace

std::optional<Date> date_from(std::string_view text) {
    constexpr std::string_view form = "0000-00-00";
    if (text.size() != form.size()) return std::nullopt;
    std::array<int, 3> parts{};  // year, month, day
    for (std::size_t place = 0, part = 0; place < form.size(); ++place) {
        const bool is_digit = text[place] >= '0' && text[place] <= '9';
        if (form[place] == '-' ? text[place] != '-' : !is_digit) return std::nullopt;
        if (is_digit)
            parts.at(part) = parts.at(part) * 10 + (text[place] - '0');
        else
            ++part;
    }
    const std::chrono::year_month_day date{std::chrono::year{parts[0]},
                                           std::chrono::month{static_cast<unsigned>(parts[1])},
                                           std::chrono::day{static_cast<unsigned>(parts[2])}};
    return date.ok() ? std::optional{Date{date}} : std::nullopt;
}

std::optional<double> local_instant_from(std::string_view text) {
    constexpr std::string_view form = "0000-00-00T00:00";
    constexpr std::size_t date_size = 10;
    const auto date = date_from(text.substr(0, date_size));
    if (!date) return std::nullopt;
    const auto midnight = static_cast<double>(date->time_since_epoch().count());
    if (text.size() == date_size) return midnight;
    if (text.size() != form.size() || text[date_size] != 'T' || text[date_size + 3] != ':') return std::nullopt;
    const auto hour = two_digits(text.substr(date_size + 1, 2));
    const auto minute = two_digits(text.substr(date_size + 4, 2));
    if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
    constexpr int minutes_per_day = 24 * 60;
    return midnight + static_cast<double>(*hour * 60 + *minute) / minutes_per_day;
}

Date easter_sunday(int in_year) {
    const int a = in_year % 19;
    const int b = in_year / 100;
    const int c = in_year % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return on(in_year, static_cast<unsigned>(n / 31), static_cast<unsigned>(n % 31 + 1));
}

std::set<Date> holidays(const std::vector<HolidayRule>& rules, State state, int first_year, int last_year) {
    std::set<Date> dates;
    for (const HolidayRule& rule : rules) {
        if (!rule.states.empty() && !rule.states.contains(state)) continue;
        for (int in_year = std::max(first_year, rule.first_year); in_year <= last_year; ++in_year)
            dates.insert(date_of(rule, in_year));
    }
    return dates;
}

WorkingCalendar WorkingCalendar::continuous() { return {}; }

WorkingCalendar WorkingCalendar::of(const std::vector<HolidayRule>& rules, State state, int first_year, int last_year) {
    return without(resmon::holidays(rules, state, first_year, last_year), first_year, last_year);
}

WorkingCalendar WorkingCalendar::without(const std::set<Date>& holidays, int first_year, int last_year) {
    WorkingCalendar calendar;
    const long first = on(first_year, 1, 1).time_since_epoch().count();
    const long end = on(last_year + 1, 1, 1).time_since_epoch().count();
    calendar.first_day_ = first;
    calendar.before_.push_back(0);
    for (long day = first; day < end; ++day) {
        const bool working = !is_weekend(day) && !holidays.contains(Date{days{day}});
        calendar.working_.push_back(working);
        calendar.before_.push_back(calendar.before_.back() + (working ? 1 : 0));
    }
    return calendar;
}

bool WorkingCalendar::day_is_working(long day) const {
    const long row = day - first_day_;
    if (row < 0 || row >= static_cast<long>(working_.size())) return !is_weekend(day);
    return working_[static_cast<std::size_t>(row)];
}

long WorkingCalendar::days_before(long day) const {
    const long rows = static_cast<long>(working_.size());
    const long row = day - first_day_;
    if (row < 0) return weekdays_before(day) - weekdays_before(first_day_);
    if (row <= rows) return before_[static_cast<std::size_t>(row)];
    return before_.back() + weekdays_before(day) - weekdays_before(first_day_ + rows);
}

bool WorkingCalendar::is_working(double instant) const {
    return is_continuous() || day_is_working(static_cast<long>(std::floor(instant)));
}

double WorkingCalendar::working_time(double instant) const {
    if (is_continuous() || !std::isfinite(instant)) return instant;
    const double midnight = std::floor(instant);
    const long day = static_cast<long>(midnight);
    return static_cast<double>(days_before(day)) + (day_is_working(day) ? instant - midnight : 0.0);
}

double WorkingCalendar::instant_of(double working_time) const {
    if (is_continuous() || !std::isfinite(working_time)) return working_time;
    // The earliest instant: a whole number of working days is reached at the end of the last of them.
    const double whole = std::ceil(working_time) - 1;
    const double part = working_time - whole;
    const long wanted = static_cast<long>(whole);  // working days before the day that is looked for
    if (wanted < 0) return static_cast<double>(weekday_number(wanted + weekdays_before(first_day_))) + part;
    if (wanted >= before_.back()) {
        const long end = first_day_ + static_cast<long>(working_.size());
        return static_cast<double>(weekday_number(wanted - before_.back() + weekdays_before(end))) + part;
    }
    const auto after = std::upper_bound(before_.begin(), before_.end(), static_cast<int>(wanted));
    return static_cast<double>(first_day_ + (after - before_.begin()) - 1) + part;
}

double WorkingCalendar::next_working(double instant) const {
    if (!std::isfinite(instant) || is_working(instant)) return instant;
    double midnight = std::floor(instant) + 1;
    while (!is_working(midnight)) midnight += 1;
    return midnight;
}

std::vector<Date> WorkingCalendar::free_weekdays() const {
    std::vector<Date> free;
    for (std::size_t row = 0; row < working_.size(); ++row)
        if (const long day = first_day_ + static_cast<long>(row); !working_[row] && !is_weekend(day))
            free.emplace_back(days{day});
    return free;
}

std::optional<std::pair<int, int>> WorkingCalendar::years() const {
    if (is_continuous()) return std::nullopt;
    const auto year_of = [](long day) { return static_cast<int>(std::chrono::year_month_day{Date{days{day}}}.year()); };
    return std::pair{year_of(first_day_), year_of(first_day_ + static_cast<long>(working_.size()) - 1)};
}

double WorkingCalendar::working_share() const {
    if (is_continuous()) return 1;
    return static_cast<double>(before_.back()) / static_cast<double>(working_.size());
}

}  // namespace resmon
