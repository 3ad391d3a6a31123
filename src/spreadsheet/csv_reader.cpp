#include "spreadsheet/csv_reader.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <unicode/ucnv.h>

#include <array>
#include <utility>

namespace resmon::spreadsheet {

namespace {

[[noreturn]] void refuse(std::size_t line, Wording expectation) {
    throw InputError{{{{.file = "CSV", .line = static_cast<int>(line), .path = {}}, std::move(expectation)}}};
}

std::string utf8_from(std::string_view bytes, const char* encoding) {
    UErrorCode status = U_ZERO_ERROR;
    const auto convert = [&](char* to, std::int32_t room) {
        return ucnv_convert("UTF-8", encoding, to, room, bytes.data(), static_cast<std::int32_t>(bytes.size()),
                            &status);
    };
    const std::int32_t length = convert(nullptr, 0);
    if (status != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(status))
        refuse(0, worded("fault.table.encoding", {{"encoding", encoding}}));
    std::string text(static_cast<std::size_t>(length), '\0');
    status = U_ZERO_ERROR;
    convert(text.data(), length);
    return text;
}

std::string decoded(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xFF\xFE"sv)) return utf8_from(bytes.substr(2), "UTF-16LE");
    if (bytes.starts_with("\xFE\xFF"sv)) return utf8_from(bytes.substr(2), "UTF-16BE");
    if (bytes.starts_with("\xEF\xBB\xBF"sv)) bytes.remove_prefix(3);
    return is_utf8(bytes) ? std::string{bytes} : utf8_from(bytes, "windows-1252");
}

/// The one that stands most often outside of quotes at the beginning; of equals the first.
char separator_of(std::string_view text) {
    constexpr std::size_t far_enough = 20'000;
    constexpr std::string_view known = ";,\t";
    std::array<std::size_t, known.size()> counts{};
    bool is_quoted = false;
    for (const char character : text.substr(0, far_enough)) {
        if (character == '"') is_quoted = !is_quoted;
        const std::size_t place = known.find(character);
        if (!is_quoted && place != std::string_view::npos) ++counts.at(place);
    }
    std::size_t best = 0;
    for (std::size_t place = 1; place < counts.size(); ++place)
        if (counts.at(place) > counts.at(best)) best = place;
    return known[best];
}

/// What was written before a text that a spreadsheet would have executed.
std::string without_guard(std::string text) {
    constexpr std::string_view guarded = "=+-@\t\r'";
    const bool is_guarded = text.size() > 1 && text[0] == '\'' && guarded.find(text[1]) != std::string_view::npos;
    return is_guarded ? text.substr(1) : text;
}

/// RFC 4180, and what spreadsheets make of it: a quote that does not stand at the beginning of a cell is only a sign.
class CsvReader {
public:
    CsvReader(std::string_view text, char separator) : text_{text}, separator_{separator} {}

    std::vector<Row> rows() {
        while (at_ < text_.size()) {
            rows_.emplace_back();
            if (rows_.size() > most_rows)
                refuse(line_, worded("fault.table.rows", {{"most", static_cast<double>(most_rows)}}));
            read_row(rows_.back());
        }
        return std::move(rows_);
    }

private:
    void read_row(Row& row) {
        for (;;) {
            if (std::string cell = text_[at_] == '"' ? quoted() : plain(); cell.empty())
                row.emplace_back();
            else
                row.emplace_back(without_guard(std::move(cell)));
            if (row.size() > most_columns || ++cells_ > most_cells)
                refuse(line_, worded("fault.table.columns", {{"columns", static_cast<double>(most_columns)},
                                                             {"cells", static_cast<double>(most_cells)}}));
            if (at_ == text_.size()) return;
            const char end = text_[at_++];
            if (end == separator_) {
                if (at_ == text_.size()) return;
                continue;
            }
            if (end == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
            ++line_;
            return;
        }
    }

    [[nodiscard]] bool ends_cell(char character) const {
        return character == separator_ || character == '\n' || character == '\r';
    }

    std::string plain() {
        const std::size_t first = at_;
        while (at_ < text_.size() && !ends_cell(text_[at_])) ++at_;
        return std::string{text_.substr(first, at_ - first)};
    }

    std::string quoted() {
        const std::size_t line = line_;
        std::string cell;
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\n') ++line_;
            if (text_[at_] != '"') {
                cell += text_[at_];
                continue;
            }
            ++at_;
            if (at_ == text_.size() || text_[at_] != '"') return cell + plain();
            cell += '"';
        }
        refuse(line, worded("fault.table.quote"));
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t cells_ = 0;
    std::vector<Row> rows_;
};

}  // namespace

Table table_from_csv(std::string_view bytes) {
    if (bytes.size() > most_bytes) refuse(0, worded("fault.table.bytes", {{"most", static_cast<double>(most_bytes)}}));
    const std::string text = decoded(bytes);
    if (text.find('\0') != std::string::npos) refuse(0, worded("fault.table.nul"));
    std::string_view rest = text;
    constexpr std::string_view said = "sep=";
    char separator = separator_of(rest);
    if (rest.size() > said.size() && rest.starts_with(said)) {
        separator = rest[said.size()];
        // A part of a longer sign would tear others apart.
        const bool can_separate =
            static_cast<unsigned char>(separator) < 0x80 && separator != '"' && separator != '\r' && separator != '\n';
        if (!can_separate) refuse(1, worded("fault.table.separator"));
        const std::size_t end = rest.find('\n');
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return {.name = {}, .rows = CsvReader{rest, separator}.rows()};
}

}  // namespace resmon::spreadsheet
