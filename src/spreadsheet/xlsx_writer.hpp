// XLSX files for people to fill in: looks, lists to choose from, cells that are locked.
#pragma once

#include "spreadsheet/workbook.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace resmon::spreadsheet {

/// Only an input can be written to, if the page is protected.
enum class Look { text, title, heading, group, note, input };

struct DrawnCell {
    Cell value;
    Look look = Look::text;
    std::optional<std::size_t> list;  ///< of the book: what can be chosen
};

struct DrawnPage {
    std::string name;
    std::vector<std::vector<DrawnCell>> rows;
    std::vector<double> widths;  ///< of the columns, in characters
    std::set<std::size_t> hidden_columns;
    std::size_t frozen_rows = 0;
    bool is_protected = false;
};

struct Book {
    std::vector<DrawnPage> pages;
    std::vector<std::vector<std::string>> lists;  ///< each must fit (see `fits_in_a_list`)
};

/// Whether a cell can offer these: the format separates them by commas, in at most 255 characters.
[[nodiscard]] bool fits_in_a_list(const std::vector<std::string>& choices);

/// A name that a spreadsheet takes: at most 31 characters, without `[]:*?/\`.
[[nodiscard]] std::string sheet_name(std::string_view wished);

/// The same bytes for the same book. Texts longer than a cell takes (32,767 characters) are cut. Throws Unavailable if
/// there is no room for it.
[[nodiscard]] std::string xlsx_from(const Book& book);

}  // namespace resmon::spreadsheet
