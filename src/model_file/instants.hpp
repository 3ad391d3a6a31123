// Instants in a model file: `2026-03-02`, `2026-03-02T08:30`, or days since 1970-01-01, local time.
#pragma once

#include "reading/cursor.hpp"

#include <string>

namespace resmon::model_file {

/// A fault and 0 for anything else.
[[nodiscard]] double instant_from(const catalogue::Cursor& from);

/// As a date with its time if that is the same instant to the last bit, else in days.
[[nodiscard]] std::string instant_text(double instant);

}  // namespace resmon::model_file
