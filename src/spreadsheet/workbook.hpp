// What stands in a spreadsheet, as plain values: sheets, rows, cells.
#pragma once

#include "base/calendar.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace resmon::spreadsheet {

/// A cell that has no value to read: `#REF!`, or a formula that nobody computed.
struct BrokenCell {
    std::string shown;
    bool operator==(const BrokenCell&) const = default;
};

/// Nothing stands in an empty cell. Texts are UTF-8.
using Cell = std::variant<std::monostate, std::string, double, bool, Date, BrokenCell>;
using Row = std::vector<Cell>;

struct Table {
    std::string name;
    std::vector<Row> rows;  ///< of different length
    bool is_hidden = false;

    /// An empty one for every place without a cell. Both count from 0.
    [[nodiscard]] const Cell& cell(std::size_t row, std::size_t column) const noexcept;
    bool operator==(const Table&) const = default;
};

struct Workbook {
    std::vector<Table> tables;

    /// Null if there is none; upper and lower case of ASCII letters are the same, as in every spreadsheet.
    [[nodiscard]] const Table* find(std::string_view name) const noexcept;
};

/// `D7`; both count from 0.
[[nodiscard]] std::string cell_name(std::size_t row, std::size_t column);

/// What a person reads in the cell: numbers in their shortest form with a point, days as YYYY-MM-DD, `true` or `false`.
/// White space at both ends is left out.
[[nodiscard]] std::string shown(const Cell& cell);
[[nodiscard]] bool is_empty(const Cell& cell);

/// Without white space at both ends.
[[nodiscard]] std::string trimmed(std::string_view text);

[[nodiscard]] std::string day_text(Date day);

/// What is read at most: a larger file is refused, whatever it says about itself.
inline constexpr std::size_t most_bytes = 32U << 20U;  ///< of all parts together, unpacked
inline constexpr std::size_t most_tables = 200;
inline constexpr std::size_t most_rows = 50'000;  ///< of a sheet
inline constexpr std::size_t most_columns = 1'000;
inline constexpr std::size_t most_cells = 500'000;  ///< of all sheets together

}  // namespace resmon::spreadsheet
