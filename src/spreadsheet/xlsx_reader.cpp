#include "spreadsheet/xlsx_reader.hpp"

#include "archive/zip_file.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace resmon::spreadsheet {

namespace {

using Node = pugi::xml_node;

[[noreturn]] void refuse(std::string part, Wording expectation) {
    throw InputError{{{{.file = std::move(part), .line = 0, .path = {}}, std::move(expectation)}}};
}

/// Without the prefix of a namespace: some programs write `x:row`.
std::string_view local(const char* name) {
    const std::string_view whole{name};
    const std::size_t colon = whole.find(':');
    return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

bool is(const Node& node, std::string_view name) { return local(node.name()) == name; }

Node child(const Node& node, std::string_view name) {
    return node.find_child([&](const Node& one) { return is(one, name); });
}

std::string_view attribute(const Node& node, std::string_view name) {
    for (const pugi::xml_attribute& one : node.attributes())
        if (local(one.name()) == name) return one.value();
    return {};
}

template <class Number>
std::optional<Number> number_from(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return number;
}

/// `_x000D_` is the character of that number (ECMA-376 part 1, 22.4.2.4, ST_Xstring).
std::string unescaped(std::string_view text) {
    constexpr std::size_t length = 7;
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        unsigned code = 0;
        const bool is_escape = text.size() - at >= length && text.substr(at, 2) == "_x" && text[at + length - 1] == '_';
        const char* digits = text.data() + at + 2;
        if (is_escape && std::from_chars(digits, digits + 4, code, 16).ptr == digits + 4 && code < 0x80 && code > 0) {
            plain += static_cast<char>(code);
            at += length - 1;
        } else {
            plain += text[at];
        }
    }
    return plain;
}

/// The text of a shared or inline string; how it is read aloud is no part of it.
std::string rich_text(const Node& from) {
    std::string text;
    for (const Node& part : from.children()) {
        if (is(part, "t")) text += part.text().get();
        if (is(part, "r")) text += child(part, "t").text().get();
    }
    return unescaped(text);
}

/// Whether a number in that format is a day (18.8.30, numFmt): years or days are written, not only hours.
bool writes_a_day(std::string_view format) {
    bool is_quoted = false;
    for (std::size_t at = 0; at < format.size(); ++at) {
        const char sign = format[at];
        if (sign == '"') is_quoted = !is_quoted;
        if (is_quoted) continue;
        if (sign == '\\' || sign == '_' || sign == '*') ++at;
        if (sign == '[')
            while (at < format.size() && format[at] != ']') ++at;
        if (sign == 'y' || sign == 'Y' || sign == 'd' || sign == 'D') return true;
    }
    return false;
}

bool is_day_format(int id) {
    return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
}

class XlsxReader {
public:
    explicit XlsxReader(std::string_view bytes) : zip_{bytes} {
        for (const std::string& name : zip_.names()) names_.insert(name);
    }

    Workbook workbook() {
        const std::string main = main_part();
        const pugi::xml_document document = parsed(main);
        const Node root = child(document, "workbook");
        is_of_1904_ = is_true(attribute(child(root, "workbookPr"), "date1904"));
        const std::map<std::string, Relation> relations = relations_of(main);
        for (const auto& [id, relation] : relations) {
            if (relation.type == "sharedStrings") read_strings(relation.target);
            if (relation.type == "styles") read_styles(relation.target);
        }
        Workbook workbook;
        for (const Node& sheet : child(root, "sheets").children()) {
            if (!is(sheet, "sheet")) continue;
            const auto relation = relations.find(std::string{attribute(sheet, "id")});
            if (relation == relations.end() || relation->second.type != "worksheet") continue;
            if (workbook.tables.size() == most_tables)
                refuse(main, worded("fault.table.sheets", {{"most", static_cast<double>(most_tables)}}));
            Table& table = workbook.tables.emplace_back();
            table.name = sheet.attribute("name").value();
            table.is_hidden = attribute(sheet, "state") == "hidden" || attribute(sheet, "state") == "veryHidden";
            read_sheet(relation->second.target, table);
        }
        if (workbook.tables.empty()) refuse(main, worded("fault.table.no-sheet"));
        return workbook;
    }

private:
    struct Relation {
        std::string type;  ///< last word of its address
        std::string target;
    };

    static bool is_true(std::string_view word) { return word == "1" || word == "true"; }

    pugi::xml_document parsed(const std::string& part) {
        std::string text;
        if (!names_.contains(part)) refuse(part, worded("fault.table.no-xlsx"));
        zip_.read(part, [&](std::string_view piece) {
            bytes_ += piece.size();
            if (bytes_ > most_bytes)
                refuse(part, worded("fault.table.unpacks", {{"most", static_cast<double>(most_bytes)}}));
            text += piece;
        });
        pugi::xml_document document;
        const pugi::xml_parse_result result =
            document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
        if (!result) refuse(part, worded("fault.table.damaged", {{"why", result.description()}}));
        return document;
    }

    std::string main_part() {
        for (const auto& [id, relation] : relations_of({}))
            if (relation.type == "officeDocument") return relation.target;
        return "xl/workbook.xml";
    }

    /// Of the package itself if `part` is empty. Targets are told from the root of the package.
    std::map<std::string, Relation> relations_of(const std::string& part) {
        const std::size_t slash = part.rfind('/');
        const std::string folder = slash == std::string::npos ? std::string{} : part.substr(0, slash + 1);
        const std::string place = folder + "_rels/" + part.substr(folder.size()) + ".rels";
        std::map<std::string, Relation> relations;
        const pugi::xml_document document = parsed(place);
        for (const Node& one : child(document, "Relationships").children()) {
            const std::string_view type = attribute(one, "Type");
            const std::string_view target = attribute(one, "Target");
            if (attribute(one, "TargetMode") == "External") continue;
            relations[std::string{attribute(one, "Id")}] = {
                std::string{type.substr(type.rfind('/') + 1)},
                target.starts_with('/') ? std::string{target.substr(1)} : folder + std::string{target}};
        }
        return relations;
    }

    void read_strings(const std::string& part) {
        const pugi::xml_document document = parsed(part);
        for (const Node& one : child(document, "sst").children())
            if (is(one, "si")) strings_.push_back(rich_text(one));
    }

    void read_styles(const std::string& part) {
        const pugi::xml_document document = parsed(part);
        const Node root = child(document, "styleSheet");
        std::set<int> day_formats;
        for (const Node& format : child(root, "numFmts").children())
            if (const auto id = number_from<int>(attribute(format, "numFmtId"));
                id && writes_a_day(attribute(format, "formatCode")))
                day_formats.insert(*id);
        for (const Node& style : child(root, "cellXfs").children()) {
            if (!is(style, "xf")) continue;
            const int id = number_from<int>(attribute(style, "numFmtId")).value_or(0);
            styles_are_days_.push_back(is_day_format(id) || day_formats.contains(id));
        }
    }

    void read_sheet(const std::string& part, Table& table) {
        const pugi::xml_document document = parsed(part);
        std::size_t row = 0;
        for (const Node& from : child(child(document, "worksheet"), "sheetData").children()) {
            if (!is(from, "row")) continue;
            if (const auto said = number_from<std::size_t>(attribute(from, "r")); said && *said > 0) row = *said - 1;
            read_row(part, from, row++, table);
        }
    }

    void read_row(const std::string& part, const Node& from, std::size_t row, Table& table) {
        std::size_t column = 0;
        for (const Node& node : from.children()) {
            if (!is(node, "c")) continue;
            column = column_of(attribute(node, "r")).value_or(column);
            Cell cell = cell_from(node);
            const std::size_t at = column++;
            if (std::holds_alternative<std::monostate>(cell)) continue;
            if (row >= most_rows || at >= most_columns || ++cells_ > most_cells)
                refuse(part, worded("fault.table.beyond", {{"rows", static_cast<double>(most_rows)},
                                                           {"columns", static_cast<double>(most_columns)},
                                                           {"cells", static_cast<double>(most_cells)},
                                                           {"cell", cell_name(row, at)}}));
            if (table.rows.size() <= row) table.rows.resize(row + 1);
            if (table.rows[row].size() <= at) table.rows[row].resize(at + 1);
            table.rows[row][at] = std::move(cell);
        }
    }

    /// From 0; nothing if the cell does not say it.
    static std::optional<std::size_t> column_of(std::string_view name) {
        constexpr std::size_t letters = 26;
        std::size_t number = 0;
        for (const char letter : name) {
            if (letter < 'A' || letter > 'Z') break;
            number = number * letters + static_cast<std::size_t>(letter - 'A' + 1);
            if (number > most_columns * letters) break;
        }
        return number == 0 ? std::nullopt : std::optional{number - 1};
    }

    Cell cell_from(const Node& node) const {
        const std::string_view type = attribute(node, "t");
        if (type == "inlineStr") return text_cell(rich_text(child(node, "is")));
        const Node value = child(node, "v");
        const std::string_view text = value.text().get();
        if (type == "str") return text_cell(unescaped(text));
        if (text.empty()) return child(node, "f") ? Cell{BrokenCell{"="}} : Cell{};
        if (type == "s") {
            const auto place = number_from<std::size_t>(text);
            return place && *place < strings_.size() ? text_cell(strings_[*place]) : Cell{BrokenCell{"#REF!"}};
        }
        if (type == "b") return is_true(text);
        if (type == "e") return BrokenCell{std::string{text}};
        if (type == "d") {
            const auto day = date_from(text.substr(0, std::string_view{"YYYY-MM-DD"}.size()));
            return day ? Cell{*day} : text_cell(std::string{text});
        }
        const auto number = number_from<double>(text);
        if (!number || !std::isfinite(*number)) return BrokenCell{std::string{text}};
        const auto style = number_from<std::size_t>(attribute(node, "s")).value_or(0);
        if (style < styles_are_days_.size() && styles_are_days_[style])
            if (const auto day = day_of(*number)) return *day;
        return *number;
    }

    static Cell text_cell(std::string text) {
        if (text.empty()) return {};
        return is_utf8(text) ? Cell{std::move(text)} : Cell{BrokenCell{"?"}};
    }

    /// Serial numbers count from 1900 with a 29 February that never was (18.17.4.1), or from 1904.
    [[nodiscard]] std::optional<Date> day_of(double serial) const {
        using namespace std::chrono;
        constexpr double most = 2'958'465;  // 9999-12-31
        if (serial < 0 || serial > most) return std::nullopt;
        const days count{static_cast<int>(std::floor(serial))};
        if (is_of_1904_) return sys_days{year{1904} / January / 1} + count;
        const sys_days zero{year{1899} / December / (count < days{60} ? 31 : 30)};
        return zero + count;
    }

    archive::ZipReader zip_;
    std::set<std::string> names_;
    std::size_t bytes_ = 0;
    std::size_t cells_ = 0;
    bool is_of_1904_ = false;
    std::vector<std::string> strings_;
    std::vector<bool> styles_are_days_;
};

}  // namespace

Workbook workbook_from_xlsx(std::string_view bytes) { return XlsxReader{bytes}.workbook(); }

}  // namespace resmon::spreadsheet
