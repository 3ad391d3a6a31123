// Records of a CSV file, as spreadsheets and statistical offices write them (RFC 4180).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::report {

/// A quoted field may hold separators and line breaks. A mark of UTF-8 at the beginning belongs to no field.
class CsvReader {
public:
    explicit CsvReader(std::string_view text, char separator = ',');

    /// False at the end. `line` is where the record began.
    bool next(std::vector<std::string>& fields, int& line);

private:
    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    int line_ = 1;
};

/// What separates the fields of the first line: `;` if it stands there, as in German spreadsheets, else a comma.
[[nodiscard]] char csv_separator_of(std::string_view text);

}  // namespace resmon::report
