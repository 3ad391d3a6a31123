// Fills a form as a person with a spreadsheet does: cells are found by their question and changed.
#pragma once

#include "forms/form_reader.hpp"
#include "forms/words.hpp"
#include "spreadsheet/xlsx_writer.hpp"

#include <stdexcept>
#include <string>
#include <utility>

namespace resmon::forms {

class Filling {
public:
    explicit Filling(const std::string& bytes) : workbook_{workbook_from(bytes)} {}

    /// `key` as in the hidden column. Returns the place as faults tell it.
    std::string put(const std::string& key, Column column, spreadsheet::Cell value) {
        auto [table, row] = place(key);
        spreadsheet::Row& cells = table->rows[row];
        if (cells.size() < column_count) cells.resize(column_count);
        cells[place_of(column)] = std::move(value);
        return "/" + table->name + "/" + spreadsheet::cell_name(row, place_of(column));
    }

    std::pair<spreadsheet::Table*, std::size_t> place(const std::string& key) {
        for (spreadsheet::Table& table : workbook_.tables)
            for (std::size_t row = 0; row < table.rows.size(); ++row)
                if (spreadsheet::shown(table.cell(row, 0)) == key) return {&table, row};
        throw std::runtime_error{"the form has no row " + key};
    }

    spreadsheet::Workbook& workbook() { return workbook_; }

    /// Without looks, as a program would save it that knows nothing of them. A broken cell becomes a text.
    [[nodiscard]] std::string saved() const {
        spreadsheet::Book book;
        for (const spreadsheet::Table& table : workbook_.tables) {
            spreadsheet::DrawnPage& page = book.pages.emplace_back();
            page.name = table.name;
            for (const spreadsheet::Row& row : table.rows) {
                page.rows.emplace_back();
                for (const spreadsheet::Cell& cell : row) page.rows.back().push_back({.value = cell});
            }
        }
        return spreadsheet::xlsx_from(book);
    }

private:
    spreadsheet::Workbook workbook_;
};

}  // namespace resmon::forms
