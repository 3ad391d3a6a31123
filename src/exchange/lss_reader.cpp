#include "exchange/lss_reader.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <charconv>
#include <utility>

namespace resmon::exchange {

const std::string& LssRow::at(const std::string& field) const {
    static const std::string nothing;
    const auto found = fields_.find(field);
    return found == fields_.end() ? nothing : found->second;
}

int LssRow::number(const std::string& field) const {
    const std::string& text = at(field);
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

LssTables lss_tables_from(std::string_view bytes) {
    if (bytes.size() > most_lss_bytes)
        throw InputError{worded("fault.exchange.bytes", {{"most", std::to_string(most_lss_bytes)}})};
    if (!is_utf8(bytes)) throw InputError{worded("fault.request.utf8")};
    pugi::xml_document document;
    const pugi::xml_parse_result result = document.load_buffer(bytes.data(), bytes.size());
    if (!result)
        throw InputError{
            worded("fault.exchange.damaged", {{"byte", std::to_string(result.offset)}, {"why", result.description()}})};
    const pugi::xml_node root = document.child("document");
    if (std::string_view{root.child_value("LimeSurveyDocType")} != "Survey")
        throw InputError{worded("fault.exchange.lss")};
    LssTables tables;
    std::size_t count = 0;
    for (const pugi::xml_node& table : root.children()) {
        std::vector<LssRow>& rows = tables[table.name()];
        for (const pugi::xml_node& from : table.child("rows").children("row")) {
            if (++count > most_lss_rows)
                throw InputError{worded("fault.exchange.rows", {{"most", std::to_string(most_lss_rows)}})};
            LssRow& row = rows.emplace_back();
            for (const pugi::xml_node& field : from.children()) row.set(field.name(), field.child_value());
        }
    }
    return tables;
}

}  // namespace resmon::exchange
