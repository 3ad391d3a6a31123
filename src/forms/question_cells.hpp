// An answer as the cells of a form, and back.
#pragma once

#include "forms/words.hpp"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace resmon::forms {

/// The row of a question, and the answers in the rows below it: of a multiple question one for each choice, of a matrix
/// one for each service.
struct QuestionCells {
    std::array<spreadsheet::Cell, column_count> row;
    std::map<std::string, spreadsheet::Cell> below;  ///< by id of choice or service

    [[nodiscard]] spreadsheet::Cell& at(Column column) { return row.at(place_of(column)); }
    [[nodiscard]] const spreadsheet::Cell& at(Column column) const { return row.at(place_of(column)); }
};

/// Ids of the rows below, in their order; empty for most types.
[[nodiscard]] std::vector<std::string> rows_below(const catalogue::Question& question);

/// From `answer` on; the columns before it are left empty.
[[nodiscard]] QuestionCells cells_of(const catalogue::Question& question, const survey::Answer& answer,
                                     Language language);

/// What is wrong with a cell, in words for the reader.
struct CellFault {
    Column column;
    std::string below;  ///< id of the row below; empty = the row of the question
    std::string words;
};

struct Languages {
    Language file = Language::german;  ///< of its numbers
    Language reader = Language::german;
};

/// Fits the question (survey::faults_of) if no fault was added.
[[nodiscard]] survey::Answer answer_from(const catalogue::Question& question, const QuestionCells& cells,
                                         Languages languages, std::vector<CellFault>& faults);

}  // namespace resmon::forms
