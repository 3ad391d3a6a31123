// Working days of a state, and the map between clock time and working time.
#pragma once

#include "base/body_key.hpp"

#include <chrono>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace resmon {

using Date = std::chrono::sys_days;  ///< a day in local time of Germany; time zones concern only what people read

/// A public holiday as a rule (catalogue/calendar/holidays.yaml).
struct HolidayRule {
    enum class Kind {
        fixed,
        easter,
        before_november_23
    };  ///< the last: Buß- und Bettag, the Wednesday before 23 November
    Kind kind = Kind::fixed;
    unsigned month = 0;      ///< for fixed
    unsigned day = 0;        ///< for fixed
    int offset = 0;          ///< days after Easter Sunday
    std::set<State> states;  ///< where it is a holiday of the whole state; empty = everywhere
    int first_year = 0;      ///< 0 = always
};

/// Easter Sunday of the Gregorian calendar. Source: the algorithm known as Meeus/Jones/Butcher.
[[nodiscard]] Date easter_sunday(int year);

/// Nothing for a text that is no day of the calendar, YYYY-MM-DD.
[[nodiscard]] std::optional<Date> date_from(std::string_view text);

/// `2026-05-01` or `2026-05-01T20:00`, local time, in days since 1970-01-01. Nothing for another text.
[[nodiscard]] std::optional<double> local_instant_from(std::string_view text);

[[nodiscard]] std::set<Date> holidays(const std::vector<HolidayRule>& rules, State state, int first_year,
                                      int last_year);

/// Time measured in working days: `working_time` grows by one on each working day, evenly over its 24 hours, and stands
/// still on others. Instants are days since 1970-01-01 00:00 local time, as `double`. Exact at midnights.
/// Outside the years given, Monday to Friday count.
class WorkingCalendar {
public:
    /// Every day counts: working time is clock time.
    [[nodiscard]] static WorkingCalendar continuous();
    [[nodiscard]] static WorkingCalendar of(const std::vector<HolidayRule>& rules, State state, int first_year,
                                            int last_year);
    /// Monday to Friday without the holidays, of the years from the first to the last.
    [[nodiscard]] static WorkingCalendar without(const std::set<Date>& holidays, int first_year, int last_year);

    [[nodiscard]] bool is_continuous() const noexcept { return working_.empty(); }
    [[nodiscard]] bool is_working(double instant) const;
    /// Working days from a fixed origin to the instant.
    [[nodiscard]] double working_time(double instant) const;
    /// The earliest instant at which `working_time` is reached; infinity for infinity.
    [[nodiscard]] double instant_of(double working_time) const;
    /// The earliest instant ≥ `instant` on a working day.
    [[nodiscard]] double next_working(double instant) const;
    /// Working days per calendar day, over the years given (1 if continuous).
    [[nodiscard]] double working_share() const;
    /// The days from Monday to Friday, in the years given, that are free; ascending.
    [[nodiscard]] std::vector<Date> free_weekdays() const;
    /// The years given, first and last; nothing if continuous.
    [[nodiscard]] std::optional<std::pair<int, int>> years() const;

private:
    [[nodiscard]] bool day_is_working(long day) const;
    [[nodiscard]] long days_before(long day) const;  ///< working days before that day, since the origin

    long first_day_ = 0;         ///< of the table, days since 1970-01-01
    std::vector<bool> working_;  ///< one entry per day of the table
    std::vector<int> before_;    ///< working days of the table before that day; one more entry than working_
};

/// What an instant may lose in its last bits on its way through sums, in days: within that it counts as reached.
inline constexpr double microsecond = 1e-6 / 86'400;

/// When offices are open on a working day, in days since midnight; `from` < `to` ≤ 1.
struct OfficeHours {
    double from = 0;
    double to = 1;
};

/// The earliest instant ≥ `instant` at which offices are open. `Days` answers next_working as WorkingCalendar does.
template <class Days>
[[nodiscard]] double next_open(const Days& days, const OfficeHours& hours, double instant) {
    if (!std::isfinite(instant)) return instant;
    const double midnight = std::floor(instant);
    if (days.next_working(midnight) == midnight) {
        if (instant - midnight < hours.from) return midnight + hours.from;
        if (instant - midnight < hours.to - microsecond) return instant;
    }
    return days.next_working(midnight + 1) + hours.from;
}

}  // namespace resmon
