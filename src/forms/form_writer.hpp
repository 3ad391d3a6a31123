// The form as a file: XLSX to fill in, or CSV for whoever has another program.
#pragma once

#include "forms/form.hpp"

#include <string>

namespace resmon::forms {

/// A cover, and a sheet for each topic; one row for each question, choice of a multiple one, and service of a matrix.
/// The same bytes for the same form.
[[nodiscard]] std::string form_to_xlsx(const Form& form);

/// The same rows, one after the other.
[[nodiscard]] std::string form_to_csv(const Form& form);

}  // namespace resmon::forms
