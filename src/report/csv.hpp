// Tables as CSV that spreadsheets open as they are and never execute.
#pragma once

#include "base/text.hpp"

#include <string>
#include <vector>

namespace resmon::report {

/// UTF-8 with its mark, lines end in CR LF; German spreadsheets expect semicolons, because their decimals have commas.
class Csv {
public:
    explicit Csv(Language language) : separator_{language == Language::german ? ';' : ','} {}

    /// Cells as `csv_text` and `csv_number` write them.
    void add_row(const std::vector<std::string>& cells);
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    char separator_;
    std::string text_ = "\xEF\xBB\xBF";
};

/// Quotes what needs it; a leading character that starts a formula in a spreadsheet is guarded (OWASP, CSV injection).
[[nodiscard]] std::string csv_text(const std::string& text);

/// `digits` as JSON writes a number, with the decimal sign of the language.
[[nodiscard]] std::string csv_number(std::string digits, Language language);

}  // namespace resmon::report
