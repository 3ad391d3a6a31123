// An XLSForm (xlsform.org) as a questionnaire of ours.
#pragma once

#include "catalogue/catalogue.hpp"
#include "exchange/taken_over.hpp"
#include "spreadsheet/workbook.hpp"

namespace resmon::exchange {

/// What xlsform_writer.hpp wrote comes back as it was. A form of another program gets ids of ours, in its order: groups
/// become topics. Conditions that cannot be said here are faults: a question that is asked of others than was meant is
/// worse than none. `services` are what rows of matrices may name; null = anything. Throws InputError with every fault,
/// as `survey!G12`.
[[nodiscard]] TakenOver questionnaire_from_xlsform(const spreadsheet::Workbook& workbook,
                                                   const std::vector<catalogue::Service>* services = nullptr);

}  // namespace resmon::exchange
