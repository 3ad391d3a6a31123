// What XLSForm cannot say, in columns and a sheet of our own: `resmon_…`.
#pragma once

#include "catalogue/questionnaire.hpp"
#include "exchange/xlsform_sheet.hpp"

namespace resmon::exchange {

/// Of the sheet survey.
[[nodiscard]] const std::vector<std::string>& own_columns();

/// Why, source, unit, ends, whom it is asked of, whether it is sensitive.
void add_own_columns(const XlsFormSheet& survey, std::size_t row, catalogue::Question& question,
                     std::vector<Fault>& faults);

/// Essentials, the quick check, and earlier versions; `is_read`: rows that became questions.
void add_own_parts(const spreadsheet::Workbook& workbook, const XlsFormSheet& survey, const std::vector<bool>& is_read,
                   catalogue::Questionnaire& questionnaire, std::vector<Fault>& faults);

[[nodiscard]] std::optional<int> whole_number(const std::string& cell);

}  // namespace resmon::exchange
