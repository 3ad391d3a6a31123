// Tables: rows stay whole where they can, the head stands on every page.
#pragma once

#include "report/flow.hpp"

namespace resmon::report {

void set_table(Flow& flow, const Table& table);

}  // namespace resmon::report
