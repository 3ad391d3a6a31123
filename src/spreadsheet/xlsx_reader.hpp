// XLSX files from outside (ECMA-376, Office Open XML), read without believing them.
#pragma once

#include "spreadsheet/workbook.hpp"

#include <string_view>

namespace resmon::spreadsheet {

/// Every sheet in the order of the file, the values of its cells as they were last computed. Styles count only where
/// they make a number a day. Document types and what they name are never looked at. Throws InputError if it is no such
/// file, is damaged, or holds more than is read at most.
[[nodiscard]] Workbook workbook_from_xlsx(std::string_view bytes);

}  // namespace resmon::spreadsheet
