// Answers to a wave as a table for statistics: whose they are does not stand in it.
#pragma once

#include "survey/sheet.hpp"
#include "wave_files/wave_table.hpp"
#include "waves/waves.hpp"

#include <string>
#include <vector>

namespace resmon::wave_files {

struct AnswerTable {
    bool is_synthetic = false;
    std::vector<std::vector<spreadsheet::Cell>> rows;
};

/// A row for each question, and of a matrix for each row of it: what holds, in which of the states. Comments, reasons,
/// evidence, authors and free text are left out.
void add_answers(AnswerTable& table, std::size_t number, const waves::Comparable& group, const survey::Sheet& sheet);

/// The same bytes for the same table. Throws InputError if there are more rows than a sheet has.
[[nodiscard]] std::string answers_to_file(const AnswerTable& table, FileKind kind, Language language);

}  // namespace resmon::wave_files
