#include "exchange/xlsform_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace resmon::exchange {

namespace {

/// Texts that people read; only these are translated.
constexpr std::array<std::string_view, 2> translated{"label", "hint"};

/// Names as other versions of the format spell them.
std::string usual_name(std::string name) {
    for (char& sign : name)
        if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign - 'A' + 'a');
    for (const auto& [spelled, usual] : {std::pair{"list name", "list_name"},
                                         {"relevance", "relevant"},
                                         {"bind::relevant", "relevant"},
                                         {"bind::constraint", "constraint"},
                                         {"bind::required", "required"},
                                         {"caption", "label"},
                                         {"form title", "form_title"},
                                         {"form id", "form_id"},
                                         {"id_string", "form_id"},
                                         {"title", "form_title"}})
        if (name == spelled) return usual;
    return name;
}

std::optional<Language> language_named(std::string_view name) {
    const std::string word = folded(name);
    const auto is = [&](std::string_view code, std::string_view one, std::string_view other) {
        return word == code || word.find(fmt::format("({}", code)) != std::string::npos || word.starts_with(one) ||
               word.starts_with(other);
    };
    if (is("de", "deutsch", "german")) return Language::german;
    if (is("en", "english", "englisch")) return Language::english;
    return std::nullopt;
}

}  // namespace

XlsFormSheet::XlsFormSheet(const spreadsheet::Table* table, std::string name, std::optional<Language> plain)
    : table_{table}, name_{std::move(name)} {
    if (row_count() == 0) return;
    for (std::size_t column = 0; column < table_->rows[0].size(); ++column) {
        const std::string name_there = usual_name(spreadsheet::shown(table_->rows[0][column]));
        const std::size_t colon = name_there.find(':');
        const std::string base = usual_name(spreadsheet::trimmed(name_there.substr(0, colon)));
        if (!name_there.empty()) columns_.emplace(colon == std::string::npos ? base : name_there, column);
        if (std::ranges::find(translated, base) == translated.end()) continue;
        Translation one{.column = base, .language = plain, .is_other = false, .place = column};
        if (colon != std::string::npos) {
            const std::string language =
                name_there.substr(name_there.find_first_not_of(": ", colon) == std::string::npos
                                      ? name_there.size()
                                      : name_there.find_first_not_of(": ", colon));
            one.language = language_named(language);
            one.is_other = !one.language;
        }
        translations_.push_back(std::move(one));
    }
}

std::size_t XlsFormSheet::row_count() const noexcept { return table_ == nullptr ? 0 : table_->rows.size(); }

std::string XlsFormSheet::cell(std::size_t row, const std::string& column) const {
    const auto place = columns_.find(column);
    return place == columns_.end() ? std::string{} : spreadsheet::shown(table_->cell(row, place->second));
}

Text XlsFormSheet::text(std::size_t row, const std::string& column) const {
    Text found;
    std::string for_both;
    std::string other;
    for (const Translation& one : translations_) {
        if (one.column != column) continue;
        const std::string words = spreadsheet::shown(table_->cell(row, one.place));
        std::string& place = one.is_other                               ? other
                             : !one.language                            ? for_both
                             : one.language.value() == Language::german ? found.de
                                                                        : found.en;
        if (place.empty()) place = words;
    }
    if (for_both.empty() && found.de.empty() && found.en.empty()) for_both = other;
    if (found.de.empty()) found.de = for_both;
    if (found.en.empty()) found.en = for_both;
    return found;
}

Text XlsFormSheet::own_text(std::size_t row, const std::string& column) const {
    return {cell(row, column + "_de"), cell(row, column + "_en")};
}

bool XlsFormSheet::is_blank(std::size_t row) const {
    return std::ranges::all_of(table_->rows[row], [](const spreadsheet::Cell& cell) { return is_empty(cell); });
}

Place XlsFormSheet::place(std::size_t row, const std::string& column) const {
    const auto found = columns_.find(column);
    const std::size_t at = found == columns_.end() ? 0 : found->second;
    return {.file = {}, .line = 0, .path = name_ + "!" + spreadsheet::cell_name(row, at)};
}

std::vector<Fault> XlsFormSheet::broken_cells() const {
    std::vector<Fault> faults;
    for (std::size_t row = 0; row < row_count(); ++row)
        for (std::size_t column = 0; column < table_->rows[row].size(); ++column)
            if (const auto* broken = std::get_if<spreadsheet::BrokenCell>(&table_->rows[row][column]))
                faults.push_back({{.file = {}, .line = 0, .path = name_ + "!" + spreadsheet::cell_name(row, column)},
                                  worded("fault.exchange.broken", {{"found", broken->shown}})});
    return faults;
}

std::vector<Fault> XlsFormSheet::other_columns(const std::vector<std::string>& known,
                                               const std::vector<bool>& is_read) const {
    std::vector<Fault> others;
    std::size_t width = 0;
    for (std::size_t row = 0; row < row_count(); ++row) width = std::max(width, table_->rows[row].size());
    for (std::size_t column = 0; column < width; ++column) {
        const std::string name = spreadsheet::shown(table_->cell(0, column));
        const auto translation = std::ranges::find(translations_, column, &Translation::place);
        const bool is_other = translation != translations_.end() && translation->is_other;
        const bool is_known =
            translation != translations_.end() || std::ranges::find(known, usual_name(name)) != known.end();
        if (is_known && !is_other) continue;
        for (std::size_t row = 1; row < row_count(); ++row) {
            if (!is_read[row] || is_empty(table_->cell(row, column))) continue;
            const Wording said = name.empty() ? worded("fault.exchange.nameless") : Wording{name};
            others.push_back(
                {{.file = {}, .line = 0, .path = name_ + "!" + spreadsheet::cell_name(row, column)},
                 worded(is_other ? "fault.exchange.column-language" : "fault.exchange.column", {{"column", said}})});
            break;
        }
    }
    return others;
}

}  // namespace resmon::exchange
