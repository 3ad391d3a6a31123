#include "model_file/instants.hpp"

#include "base/calendar.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

namespace resmon::model_file {

namespace {

constexpr std::string_view form = "0000-00-00T00:00";
constexpr std::size_t date_size = 10;
constexpr int minutes_per_day = 24 * 60;

std::optional<int> two_digits(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value >= 0 ? std::optional{value} : std::nullopt;
}

std::optional<double> parsed(std::string_view text) {
    const auto date = date_from(text.substr(0, date_size));
    if (!date) return std::nullopt;
    const auto midnight = static_cast<double>(date->time_since_epoch().count());
    if (text.size() == date_size) return midnight;
    if (text.size() != form.size() || text[date_size] != 'T' || text[date_size + 3] != ':') return std::nullopt;
    const auto hour = two_digits(text.substr(date_size + 1, 2));
    const auto minute = two_digits(text.substr(date_size + 4, 2));
    if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
    return midnight + static_cast<double>(*hour * 60 + *minute) / minutes_per_day;
}

}  // namespace

double instant_from(const catalogue::Cursor& from) {
    if (from.is_number()) return from.number();
    const std::string text = from.text();
    const auto instant = parsed(text);
    if (!instant) from.fault(worded("fault.model.instant", {{"found", text}}));
    return instant.value_or(0);
}

std::string instant_text(double instant) {
    constexpr double first = -700'000;  // year 53: what lies outside four digits is no date for people
    constexpr double last = 2'900'000;
    if (!(first < instant && instant < last)) return fmt::format("{}", instant);
    const double midnight = std::floor(instant);
    const auto minutes = static_cast<int>(std::lround((instant - midnight) * minutes_per_day));
    const std::chrono::year_month_day date{Date{std::chrono::days{static_cast<int>(midnight)}}};
    std::string text = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    if (minutes > 0) text += fmt::format("T{:02}:{:02}", minutes / 60, minutes % 60);
    return minutes < minutes_per_day && parsed(text) == instant ? text : fmt::format("{}", instant);
}

}  // namespace resmon::model_file
