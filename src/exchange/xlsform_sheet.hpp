// A sheet of an XLSForm: its cells by the names of their columns, labels by language.
#pragma once

#include "base/error.hpp"
#include "base/text.hpp"
#include "spreadsheet/workbook.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace resmon::exchange {

class XlsFormSheet {
public:
    /// `table` may be null: a sheet without rows. `plain` is the language of a label that names none; without it, it
    /// stands for both.
    XlsFormSheet(const spreadsheet::Table* table, std::string name, std::optional<Language> plain);

    /// Rows count from 0; the first holds the names of the columns.
    [[nodiscard]] std::size_t row_count() const noexcept;
    [[nodiscard]] bool has(const std::string& column) const { return columns_.contains(column); }
    /// Empty if there is no such column.
    [[nodiscard]] std::string cell(std::size_t row, const std::string& column) const;
    /// Of `label::English (en)` and its like. A language that is neither German nor English stands in only where both
    /// are missing.
    [[nodiscard]] Text text(std::size_t row, const std::string& column) const;
    /// Of `resmon_why_de` and `resmon_why_en`.
    [[nodiscard]] Text own_text(std::size_t row, const std::string& column) const;
    [[nodiscard]] bool is_blank(std::size_t row) const;

    /// `survey!G12`; of the row's first cell if there is no such column.
    [[nodiscard]] Place place(std::size_t row, const std::string& column) const;

    /// Cells that hold no value, as `#REF!`.
    [[nodiscard]] std::vector<Fault> broken_cells() const;
    /// Columns that hold something and are not among `known`, each at its first such cell. Rows of which `is_read` says
    /// false are passed over.
    [[nodiscard]] std::vector<Fault> other_columns(const std::vector<std::string>& known,
                                                   const std::vector<bool>& is_read) const;

private:
    struct Translation {
        std::string column;  ///< `label`
        std::optional<Language> language;
        bool is_other = false;  ///< named, and neither German nor English
        std::size_t place = 0;
    };

    const spreadsheet::Table* table_;
    std::string name_;
    std::map<std::string, std::size_t> columns_;
    std::vector<Translation> translations_;
};

}  // namespace resmon::exchange
