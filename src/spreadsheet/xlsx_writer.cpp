#include "spreadsheet/xlsx_writer.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <regex>
#include <utility>

namespace resmon::spreadsheet {

namespace {

/// The library writes to a name only: this one means bytes in memory.
class MemoryFile {
public:
    MemoryFile() : number_{memfd_create("xlsx", MFD_CLOEXEC)} {
        if (number_ < 0) throw Unavailable{worded("fault.unavailable.sheet-memory")};
    }
    ~MemoryFile() { close(number_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    [[nodiscard]] std::string name() const { return fmt::format("/proc/self/fd/{}", number_); }

    [[nodiscard]] std::string content() const {
        std::string bytes;
        std::array<char, 1 << 16> piece{};
        for (;;) {
            const ssize_t count = pread(number_, piece.data(), piece.size(), static_cast<off_t>(bytes.size()));
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) throw Unavailable{worded("fault.unavailable.sheet-unread", {{"why", system_reason(errno)}})};
            if (count == 0) return bytes;
            bytes.append(piece.data(), static_cast<std::size_t>(count));
        }
    }

private:
    int number_;
};

constexpr std::size_t most_characters = 32'767;

/// Whole characters of UTF-8 only.
std::string cut(std::string_view text, std::size_t characters) {
    std::size_t at = 0;
    for (std::size_t count = 0; at < text.size(); ++at) {
        const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
        if (begins && count++ == characters) break;
    }
    return std::string{text.substr(0, at)};
}

/// What looks like an escaped character gets its own first sign escaped (ECMA-376 part 1, 22.4.2.4, ST_Xstring); the
/// library escapes only what XML cannot hold.
std::string escaped(const std::string& text) {
    static const std::regex looks_escaped{"_(?=x[0-9A-Fa-f]{4}_)"};
    return std::regex_replace(text, looks_escaped, "_x005F_");
}

/// As spreadsheets count: UTF-16.
std::size_t length_of(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count_if(
               text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; })) +
           static_cast<std::size_t>(
               std::ranges::count_if(text, [](char byte) { return static_cast<unsigned char>(byte) >= 0xF0U; }));
}

lxw_row_t row_number(std::size_t row) { return static_cast<lxw_row_t>(row); }
lxw_col_t column_number(std::size_t column) { return static_cast<lxw_col_t>(column); }

class Writing {
public:
    explicit Writing(const Book& book) : book_{book} {
        const std::string name = file_.name();
        book_out_ = workbook_new(name.c_str());
        if (book_out_ == nullptr) throw Unavailable{worded("fault.unavailable.sheet-unwritten")};
        constexpr time_t first_of_january_2000 = 946'684'800;
        lxw_doc_properties properties{};
        properties.created = first_of_january_2000;
        workbook_set_properties(book_out_, &properties);
    }
    ~Writing() {
        if (book_out_ != nullptr) lxw_workbook_free(book_out_);
    }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;

    std::string bytes() {
        for (const DrawnPage& page : book_.pages) write_page(page);
        const lxw_error error = workbook_close(std::exchange(book_out_, nullptr));
        if (error != LXW_NO_ERROR)
            throw Unavailable{worded("fault.unavailable.sheet-unwritten-why", {{"why", lxw_strerror(error)}})};
        return file_.content();
    }

private:
    lxw_worksheet* new_sheet(const std::string& name) {
        lxw_worksheet* sheet = workbook_add_worksheet(book_out_, name.c_str());
        if (sheet == nullptr) throw InputError{worded("fault.sheet-name", {{"found", name}})};
        return sheet;
    }

    void write_page(const DrawnPage& page) {
        lxw_worksheet* sheet = new_sheet(page.name);
        for (std::size_t column = 0; column < page.widths.size(); ++column) {
            lxw_row_col_options options{};
            options.hidden = page.hidden_columns.contains(column) ? LXW_TRUE : LXW_FALSE;
            worksheet_set_column_opt(sheet, column_number(column), column_number(column), page.widths[column], nullptr,
                                     &options);
        }
        for (std::size_t row = 0; row < page.rows.size(); ++row)
            for (std::size_t column = 0; column < page.rows[row].size(); ++column)
                write_cell(sheet, row, column, page.rows[row][column]);
        if (page.frozen_rows > 0) worksheet_freeze_panes(sheet, row_number(page.frozen_rows), 0);
        if (!page.is_protected) return;
        // No password: it keeps from mistakes, nothing else. Columns may be widened.
        lxw_protection allowed{};
        allowed.format_cells = allowed.format_columns = allowed.format_rows = LXW_TRUE;
        worksheet_protect(sheet, nullptr, &allowed);
    }

    void write_cell(lxw_worksheet* sheet, std::size_t row, std::size_t column, const DrawnCell& cell) {
        const lxw_row_t r = row_number(row);
        const lxw_col_t c = column_number(column);
        const bool is_day = std::holds_alternative<Date>(cell.value);
        lxw_format* format = format_of(cell.look, is_day);
        if (const auto* text = std::get_if<std::string>(&cell.value))
            worksheet_write_string(sheet, r, c, escaped(cut(*text, most_characters)).c_str(), format);
        else if (const auto* number = std::get_if<double>(&cell.value))
            worksheet_write_number(sheet, r, c, *number, format);
        else if (const auto* flag = std::get_if<bool>(&cell.value))
            worksheet_write_boolean(sheet, r, c, *flag ? 1 : 0, format);
        else if (is_day)
            write_day(sheet, r, c, std::get<Date>(cell.value), format);
        else
            worksheet_write_blank(sheet, r, c, format);
        if (cell.list) offer(sheet, r, c, *cell.list);
    }

    static void write_day(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, Date day, lxw_format* format) {
        using namespace std::chrono;
        // Serial numbers before March 1900 are off by one in every spreadsheet (xlsx_reader.cpp).
        if (day < sys_days{year{1900} / March / 1}) {
            worksheet_write_string(sheet, row, column, day_text(day).c_str(), format);
            return;
        }
        const auto serial = (day - sys_days{year{1899} / December / 30}).count();
        worksheet_write_number(sheet, row, column, static_cast<double>(serial), format);
    }

    void offer(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::size_t list) {
        std::vector<std::string> words = book_.lists.at(list);
        std::vector<char*> choices;
        for (std::string& word : words) choices.push_back(word.data());
        choices.push_back(nullptr);
        lxw_data_validation offered{};
        offered.validate = LXW_VALIDATION_TYPE_LIST;
        offered.value_list = choices.data();
        // A warning only: what does not fit is told with its place when the file comes back.
        offered.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
        worksheet_data_validation_cell(sheet, row, column, &offered);
    }

    lxw_format* format_of(Look look, bool is_day) {
        lxw_format*& format = formats_[{look, is_day}];
        if (format != nullptr) return format;
        constexpr lxw_color_t paper_of_input = 0xFFF9E5;
        constexpr lxw_color_t paper_of_heading = 0xE3EAF2;
        constexpr lxw_color_t paper_of_group = 0xF2F2F2;
        format = workbook_add_format(book_out_);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        format_set_text_wrap(format);
        if (is_day) format_set_num_format(format, "dd.mm.yyyy");
        switch (look) {
            case Look::text: break;
            case Look::title:
                format_set_bold(format);
                format_set_font_size(format, 14);
                break;
            case Look::heading:
                format_set_bold(format);
                format_set_bg_color(format, paper_of_heading);
                format_set_border(format, LXW_BORDER_THIN);
                break;
            case Look::group:
                format_set_bold(format);
                format_set_bg_color(format, paper_of_group);
                break;
            case Look::note: format_set_italic(format); break;
            case Look::input:
                format_set_unlocked(format);
                format_set_bg_color(format, paper_of_input);
                format_set_border(format, LXW_BORDER_THIN);
                break;
        }
        return format;
    }

    const Book& book_;
    MemoryFile file_;
    lxw_workbook* book_out_ = nullptr;
    std::map<std::pair<Look, bool>, lxw_format*> formats_;
};

}  // namespace

bool fits_in_a_list(const std::vector<std::string>& choices) {
    constexpr std::size_t most = 255;
    std::size_t length = 0;
    for (const std::string& choice : choices) {
        if (choice.empty() || choice.find_first_of(",\"\n\r") != std::string::npos) return false;
        length += length_of(choice) + 1;
    }
    return length > 0 && length - 1 <= most;
}

std::string sheet_name(std::string_view wished) {
    constexpr std::size_t most = 31;
    std::string name;
    for (const char sign : wished)
        name += std::string_view{"[]:*?/\\'"}.find(sign) == std::string_view::npos ? sign : ' ';
    name = trimmed(cut(trimmed(name), most));
    return name.empty() ? "-" : name;
}

std::string xlsx_from(const Book& book) { return Writing{book}.bytes(); }

}  // namespace resmon::spreadsheet
