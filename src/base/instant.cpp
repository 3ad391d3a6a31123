#include "base/instant.hpp"

#include "base/error.hpp"

#include <fmt/chrono.h>

#include <array>
#include <charconv>

namespace resmon {

namespace {

using Seconds = std::chrono::sys_seconds;

/// The digits at `at`, or -1.
int number_at(std::string_view text, std::size_t at, std::size_t digits) {
    int number = 0;
    const char* begin = text.data() + at;
    const auto [end, error] = std::from_chars(begin, begin + digits, number);
    return error == std::errc{} && end == begin + digits ? number : -1;
}

}  // namespace

std::string utc_text(Instant time) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::floor<std::chrono::seconds>(time)));
}

std::string date_text(std::chrono::sys_days day) { return fmt::format("{:%F}", fmt::gmtime(day)); }

Instant instant_from(std::string_view text) {
    constexpr std::string_view shape = "dddd-dd-ddTdd:dd:ddZ";
    bool fits = text.size() == shape.size();
    for (std::size_t at = 0; fits && at < shape.size(); ++at)
        fits = shape[at] == 'd' ? text[at] >= '0' && text[at] <= '9' : text[at] == shape[at];
    if (fits) {
        const std::chrono::year_month_day day{std::chrono::year{number_at(text, 0, 4)},
                                              std::chrono::month{static_cast<unsigned>(number_at(text, 5, 2))},
                                              std::chrono::day{static_cast<unsigned>(number_at(text, 8, 2))}};
        const int hour = number_at(text, 11, 2);
        const int minute = number_at(text, 14, 2);
        const int second = number_at(text, 17, 2);
        if (day.ok() && hour < 24 && minute < 60 && second < 60)
            return Seconds{std::chrono::sys_days{day}} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
                   std::chrono::seconds{second};
    }
    throw InputError{worded("fault.instant", {{"found", text}})};
}

std::int64_t seconds_of(Instant time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

Instant instant_of(std::int64_t seconds) { return Seconds{std::chrono::seconds{seconds}}; }

}  // namespace resmon
