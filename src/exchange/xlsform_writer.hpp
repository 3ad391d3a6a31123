// A questionnaire as an XLSForm (xlsform.org): sheets survey, choices and settings.
#pragma once

#include "catalogue/catalogue.hpp"
#include "spreadsheet/xlsx_writer.hpp"

namespace resmon::exchange {

/// What XLSForm cannot say stands in columns that begin with `resmon_`, and in a sheet of that name; other programs
/// pass over them. Names of services come from the catalogue.
[[nodiscard]] spreadsheet::Book xlsform_of(const catalogue::Questionnaire& questionnaire,
                                           const catalogue::Catalogue& catalogue);

}  // namespace resmon::exchange
