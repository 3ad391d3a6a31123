#include "incidents/duration_table.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "spreadsheet/csv_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace resmon::incidents {

namespace {

using spreadsheet::Table;

enum class Column { duration, event, censored, group, low, high };
constexpr std::size_t column_count = 6;

/// Folded names as people write them; the first is what faults are told by.
constexpr std::array<std::array<std::string_view, 2>, column_count> column_names{{{"duration", "dauer"},
                                                                                  {"event", "ereignis"},
                                                                                  {"censored", "zensiert"},
                                                                                  {"group", "gruppe"},
                                                                                  {"duration_low", "dauer_von"},
                                                                                  {"duration_high", "dauer_bis"}}};

std::optional<double> number_from(std::string text) {
    if (std::ranges::count(text, ',') == 1 && std::ranges::count(text, '.') == 0) std::ranges::replace(text, ',', '.');
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

std::optional<bool> truth_from(const std::string& text) {
    const std::string word = folded(text);
    if (word == "1" || word == "ja" || word == "yes" || word == "true" || word == "wahr") return true;
    if (word == "0" || word == "nein" || word == "no" || word == "false" || word == "falsch") return false;
    return std::nullopt;
}

class Reader {
public:
    Reader(const Table& table, const std::string& file) : table_{table}, file_{file} {}

    std::vector<DurationRow> rows() {
        find_columns();
        refuse_faults();
        std::vector<DurationRow> rows;
        for (std::size_t row = 1; row < table_.rows.size(); ++row) {
            if (std::ranges::all_of(table_.rows[row], [](const auto& cell) { return spreadsheet::is_empty(cell); }))
                continue;
            rows.push_back({said(row, Column::group), duration_of(row)});
        }
        if (rows.empty() && faults_.empty()) faults_.push_back({{.file = file_}, worded("fault.duration.none")});
        refuse_faults();
        return rows;
    }

private:
    void find_columns() {
        if (table_.rows.empty()) {
            faults_.push_back({{.file = file_}, worded("fault.duration.no-head")});
            return;
        }
        for (std::size_t place = 0; place < table_.rows.front().size(); ++place) {
            const std::string name = folded(spreadsheet::shown(table_.cell(0, place)));
            if (name.empty()) continue;
            const auto known = std::ranges::find_if(
                column_names, [&](const auto& names) { return std::ranges::find(names, name) != names.end(); });
            if (known == column_names.end()) continue;  // other columns are the person's own notes
            auto& column = columns_.at(static_cast<std::size_t>(known - column_names.begin()));
            if (column) fault(0, name, worded("fault.once"));
            column = place;
        }
        const bool has_limits = has(Column::low) && has(Column::high);
        if (!has(Column::duration) && !has_limits) fault(0, {}, worded("fault.duration.column"));
        if (has(Column::duration) && (has(Column::low) || has(Column::high)))
            fault(0, "duration", worded("fault.duration.beside-limits"));
        if (has(Column::event) && has(Column::censored)) fault(0, "event", worded("fault.duration.beside-censored"));
        if (has_limits && (has(Column::event) || has(Column::censored)))
            fault(0, has(Column::event) ? "event" : "censored", worded("fault.duration.says-high"));
    }

    [[nodiscard]] bool has(Column column) const { return columns_.at(static_cast<std::size_t>(column)).has_value(); }
    [[nodiscard]] std::string said(std::size_t row, Column column) const {
        const auto& place = columns_.at(static_cast<std::size_t>(column));
        return place ? spreadsheet::shown(table_.cell(row, *place)) : std::string{};
    }

    void fault(std::size_t row, std::string_view column, Wording expectation) {
        faults_.push_back(
            {{.file = file_, .line = static_cast<int>(row) + 1, .path = std::string{column}}, std::move(expectation)});
    }
    void refuse_faults() {
        if (!faults_.empty()) throw InputError{std::move(faults_)};
    }

    static std::string_view name_of(Column column) { return column_names.at(static_cast<std::size_t>(column)).front(); }

    double days(std::size_t row, Column column) {
        const std::string text = said(row, column);
        const std::optional<double> number = number_from(text);
        if (!number || *number < 0) {
            fault(row, name_of(column),
                  text.empty() ? worded("fault.duration.number-empty")
                               : worded("fault.number-least", {{"least", "0"}, {"found", text}}));
            return 1;
        }
        return *number;
    }

    bool truth(std::size_t row, Column column) {
        const std::string text = said(row, column);
        const std::optional<bool> truth = truth_from(text);
        if (!truth)
            fault(row, name_of(column),
                  text.empty() ? worded("fault.duration.truth-empty")
                               : worded("fault.duration.truth", {{"found", text}}));
        return truth.value_or(false);
    }

    statistics::ObservedDuration duration_of(std::size_t row) {
        if (!has(Column::duration)) return between(row);
        const double length = days(row, Column::duration);
        const bool is_over = has(Column::event)      ? truth(row, Column::event)
                             : has(Column::censored) ? !truth(row, Column::censored)
                                                     : true;
        if (is_over && length == 0) fault(row, name_of(Column::duration), worded("fault.duration.over"));
        return is_over ? statistics::ObservedDuration{length, length} : statistics::ObservedDuration{length};
    }

    statistics::ObservedDuration between(std::size_t row) {
        const double low = said(row, Column::low).empty() ? 0 : days(row, Column::low);
        if (said(row, Column::high).empty()) return {low};
        const double high = days(row, Column::high);
        if (high < low)
            fault(row, name_of(Column::high),
                  worded("fault.duration.high-low",
                         {{"low", fmt::format("{}", low)}, {"found", fmt::format("{}", high)}}));
        if (high == 0) fault(row, name_of(Column::high), worded("fault.duration.above"));
        return {low, high};
    }

    const Table& table_;
    std::string file_;
    std::array<std::optional<std::size_t>, column_count> columns_{};
    std::vector<Fault> faults_;
};

}  // namespace

std::vector<DurationRow> durations_from_csv(std::string_view bytes, const std::string& file) {
    return Reader{spreadsheet::table_from_csv(bytes), file}.rows();
}

}  // namespace resmon::incidents
