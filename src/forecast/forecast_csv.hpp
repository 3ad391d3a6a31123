// Tables of a result for spreadsheets.
#pragma once

#include "base/text.hpp"

#include <string>
#include <string_view>

namespace resmon::forecast {

/// From the JSON text of a result: `ability`, `services`, `modes`, `bodies`, `milestones` of a `Result`, `runs` of
/// `Runs`, or `assumptions` of `Assumptions` (api/outage.yaml). UTF-8 with BOM, CRLF; German: `;` and decimal comma,
/// English: `,` and point. A text that a spreadsheet would take for a formula is guarded by an apostrophe. Throws
/// NotFound for another name.
[[nodiscard]] std::string table_csv(std::string_view table, const std::string& result, Language language);

}  // namespace resmon::forecast
