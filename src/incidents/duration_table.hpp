// A table of durations as people keep it: read from CSV, every fault with its line and column.
#pragma once

#include "statistics/duration.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace resmon::incidents {

struct DurationRow {
    std::string group;  ///< empty if there is none
    statistics::ObservedDuration duration;
};

/// Columns by name, in any order, German or English: `duration` with `event` (1 = over) or `censored` (1 = not over),
/// or `duration_low` and `duration_high` (empty = not over; low 0 or empty = over when first looked at); `group` may be
/// missing. Yes and no are 1, 0, ja, nein, yes, no, true, false. Decimals with comma or point. Without `event` and
/// `censored` every duration is over. Whatever spreadsheet::table_from_csv reads. `file` is told in the faults.
/// Throws InputError with all faults.
[[nodiscard]] std::vector<DurationRow> durations_from_csv(std::string_view bytes, const std::string& file);

}  // namespace resmon::incidents
