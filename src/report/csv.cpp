#include "report/csv.hpp"

#include <string_view>

namespace resmon::report {

void Csv::add_row(const std::vector<std::string>& cells) {
    bool is_first = true;
    for (const std::string& cell : cells) {
        if (!is_first) text_ += separator_;
        is_first = false;
        text_ += cell;
    }
    text_ += "\r\n";
}

std::string csv_text(const std::string& text) {
    const bool is_formula = !text.empty() && std::string_view{"=+-@\t\r"}.find(text[0]) != std::string_view::npos;
    // An apostrophe of its own too: or it would be taken for the guard when the table is read again.
    std::string guarded = is_formula || text.starts_with('\'') ? "'" + text : text;
    if (guarded.find_first_of(",;\"\r\n") == std::string::npos) return guarded;
    std::string quoted = "\"";
    for (const char character : guarded) {
        if (character == '"') quoted += '"';
        quoted += character;
    }
    return quoted + '"';
}

std::string csv_number(std::string digits, Language language) {
    if (language != Language::german) return digits;
    if (const std::size_t point = digits.find('.'); point != std::string::npos) digits[point] = ',';
    return digits;
}

}  // namespace resmon::report
