#include "report/csv_reader.hpp"

namespace resmon::report {

CsvReader::CsvReader(std::string_view text, char separator)
    : text_{text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text}, separator_{separator} {}

bool CsvReader::next(std::vector<std::string>& fields, int& line) {
    fields.clear();
    if (at_ >= text_.size()) return false;
    line = line_;
    fields.emplace_back();
    bool in_quotes = false;
    for (; at_ < text_.size(); ++at_) {
        const char character = text_[at_];
        if (character == '\n') ++line_;
        if (in_quotes) {
            if (character != '"')
                fields.back() += character;
            else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"')
                fields.back() += text_[++at_];
            else
                in_quotes = false;
        } else if (character == '"')
            in_quotes = true;
        else if (character == separator_)
            fields.emplace_back();
        else if (character == '\n')
            break;
        else if (character != '\r')
            fields.back() += character;
    }
    ++at_;
    return true;
}

char csv_separator_of(std::string_view text) {
    return text.substr(0, text.find('\n')).find(';') == std::string_view::npos ? ',' : ';';
}

}  // namespace resmon::report
