#include "model_file/instants.hpp"

#include "base/calendar.hpp"

#include <fmt/format.h>

#include <cmath>

namespace resmon::model_file {

double instant_from(const catalogue::Cursor& from) {
    if (from.is_number()) return from.number();
    const std::string text = from.text();
    const auto instant = local_instant_from(text);
    if (!instant) from.fault(worded("fault.model.instant", {{"found", text}}));
    return instant.value_or(0);
}

std::string instant_text(double instant) {
    constexpr double first = -700'000;  // year 53: what lies outside four digits is no date for people
    constexpr double last = 2'900'000;
    if (!(first < instant && instant < last)) return fmt::format("{}", instant);
    constexpr int minutes_per_day = 24 * 60;
    const double midnight = std::floor(instant);
    const auto minutes = static_cast<int>(std::lround((instant - midnight) * minutes_per_day));
    const std::chrono::year_month_day date{Date{std::chrono::days{static_cast<int>(midnight)}}};
    std::string text = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    if (minutes > 0) text += fmt::format("T{:02}:{:02}", minutes / 60, minutes % 60);
    return minutes < minutes_per_day && local_instant_from(text) == instant ? text : fmt::format("{}", instant);
}

}  // namespace resmon::model_file
