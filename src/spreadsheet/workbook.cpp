#include "spreadsheet/workbook.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace resmon::spreadsheet {

namespace {

constexpr std::string_view white = " \t\r\n\v\f";

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

struct ShownCell {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string& text) const { return trimmed(text); }
    std::string operator()(double number) const { return fmt::format("{}", number); }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(Date day) const { return day_text(day); }
    std::string operator()(const BrokenCell& broken) const { return broken.shown; }
};

}  // namespace

const Cell& Table::cell(std::size_t row, std::size_t column) const noexcept {
    static const Cell empty;
    return row < rows.size() && column < rows[row].size() ? rows[row][column] : empty;
}

const Table* Workbook::find(std::string_view name) const noexcept {
    const auto found = std::ranges::find_if(
        tables, [&](const Table& table) { return std::ranges::equal(table.name, name, {}, lower, lower); });
    return found == tables.end() ? nullptr : &*found;
}

std::string cell_name(std::size_t row, std::size_t column) {
    constexpr std::size_t letters = 26;
    std::string name;
    for (std::size_t left = column + 1; left > 0; left = (left - 1) / letters)
        name.insert(name.begin(), static_cast<char>('A' + (left - 1) % letters));
    return name + std::to_string(row + 1);
}

std::string shown(const Cell& cell) { return std::visit(ShownCell{}, cell); }

bool is_empty(const Cell& cell) { return !std::holds_alternative<BrokenCell>(cell) && shown(cell).empty(); }

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(white) - first + 1)};
}

std::string day_text(Date day) {
    const std::chrono::year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

}  // namespace resmon::spreadsheet
