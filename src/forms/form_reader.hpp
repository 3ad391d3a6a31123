// A filled form: what it says about itself, and what was changed in it since it was exported.
#pragma once

#include "forms/form.hpp"

#include <string_view>
#include <vector>

namespace resmon::forms {

/// XLSX, or CSV as one sheet of that name. Throws InputError.
[[nodiscard]] spreadsheet::Workbook workbook_from(std::string_view bytes);

/// Throws InputError if no sheet says what it is, or in another version than this program writes. Faults of forms have
/// the place `/sheet/cell` and are written in the language of the reader.
[[nodiscard]] FormHead head_from(const spreadsheet::Workbook& workbook, Language reader);

struct ChangedAnswer {
    QuestionId question;
    std::int64_t seen = 0;  ///< number of the entry that its author saw; 0 if there was none
    survey::Answer answer;
};

struct Changes {
    std::vector<ChangedAnswer> answers;  ///< in the order of the questionnaire
    std::size_t unchanged = 0;           ///< questions that stand in the form as they were exported
};

/// Questions that are not in the file are left as they are. `entries` are those of the response, of which the form
/// shows some; empty for an empty form. Throws InputError with every fault, up to some hundred.
[[nodiscard]] Changes changes_in(const spreadsheet::Workbook& workbook, const catalogue::Questionnaire& questionnaire,
                                 const survey::Entries& entries, Languages languages);

}  // namespace resmon::forms
