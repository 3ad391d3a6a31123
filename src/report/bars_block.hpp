// Horizontal bands over one axis: a range, and its middle.
#pragma once

#include "report/flow.hpp"

namespace resmon::report {

/// On one page.
void set_bars(Flow& flow, const Bars& bars);

/// The distance of the marks of an axis from 0 to `highest`: 1, 2 or 5 times a power of ten, some five marks.
[[nodiscard]] double distance_of_marks(double highest);

}  // namespace resmon::report
