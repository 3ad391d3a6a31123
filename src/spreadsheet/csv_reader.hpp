// CSV as spreadsheets write it, in whatever way they write it.
#pragma once

#include "spreadsheet/workbook.hpp"

#include <string_view>

namespace resmon::spreadsheet {

/// UTF-8, UTF-16 with its mark, or else Windows-1252; separated by semicolon, comma or tab, whichever stands most often
/// outside of quotes, or as a first line `sep=;` says. Every cell is a text or empty; the guard that report::csv_text
/// sets before a formula is taken away. Throws InputError for an open quote, for NUL, for a separator that is none, and
/// for more than is read at most.
[[nodiscard]] Table table_from_csv(std::string_view bytes);

}  // namespace resmon::spreadsheet
