// Instants as data: UTC, ISO 8601. What people read is local time with its zone, and made where it is shown.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace resmon {

using Instant = std::chrono::system_clock::time_point;

/// Where the time comes from: an argument, so that every behaviour can be replayed.
using Clock = std::function<Instant()>;

/// `2026-11-24T15:07:00Z`
[[nodiscard]] std::string utc_text(Instant time);

/// `2026-11-24`
[[nodiscard]] std::string date_text(std::chrono::sys_days day);

/// Throws InputError for anything but what `utc_text` writes.
[[nodiscard]] Instant instant_from(std::string_view text);

/// Seconds since 1970: how tables keep times that are compared.
[[nodiscard]] std::int64_t seconds_of(Instant time);
[[nodiscard]] Instant instant_of(std::int64_t seconds);

}  // namespace resmon
