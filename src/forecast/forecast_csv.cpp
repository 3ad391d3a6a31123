#include "forecast/forecast_csv.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace resmon::forecast {

using Json = nlohmann::ordered_json;

namespace {

/// One column: its heading in both languages and where its value stands in a row of the result.
struct Column {
    Text heading;
    std::vector<std::string> path;
};

struct Table {
    std::string_view name;
    std::string_view rows;  ///< key of the result's list
    std::vector<Column> columns;
};

std::vector<Column> quantile_columns(const Text& what, const std::vector<std::string>& path) {
    std::vector<Column> columns;
    for (const char* quantile : {"p10", "p25", "p50", "p75", "p90"}) {
        std::vector<std::string> full = path;
        full.emplace_back(quantile);
        const bool alone = what.de.empty();
        columns.push_back(
            {alone ? Text{quantile, quantile} : Text{what.de + " " + quantile, what.en + " " + quantile}, full});
    }
    return columns;
}

std::vector<Column> joined(std::vector<std::vector<Column>> groups) {
    std::vector<Column> columns;
    for (auto& group : groups) columns.insert(columns.end(), group.begin(), group.end());
    return columns;
}

const std::array<Table, 7>& tables() {
    static const std::array<Table, 7> all{{
        {"ability", "ability", joined({{{{"Tag", "Day"}, {"day"}}}, quantile_columns({}, {})})},
        {"modes",
         "mode_shares",
         {{{"Tag", "Day"}, {"day"}},
          {{"Normal", "Normal"}, {"normal"}},
          {{"Grundbetrieb", "Basic operation"}, {"basic-operation"}},
          {{"Nachbarhilfe", "Neighbour"}, {"neighbour"}},
          {{"Papier", "Paper"}, {"paper"}},
          {{"Ausgefallen", "Down"}, {"down"}}}},
        {"services", "services",
         joined({{{{"Leistung", "Service"}, {"id"}},
                  {{"Name", "Name"}, {"name"}},
                  {{"Tragbar (Tage)", "Tolerable (days)"}, {"tolerable_days"}}},
                 quantile_columns({"Erste Betriebsart (Tag)", "First mode (day)"}, {"days_to_first_mode"}),
                 quantile_columns({"Normal (Tag)", "Normal (day)"}, {"days_to_normal"}),
                 quantile_columns({"Größter Rückstau (Fälle)", "Backlog peak (cases)"}, {"backlog_peak"})})},
        {"bodies", "bodies",
         joined({{{{"Schlüssel", "Key"}, {"key"}},
                  {{"Name", "Name"}, {"name"}},
                  {{"Einwohner", "Population"}, {"population"}}},
                 quantile_columns({"Verlorene Verwaltungstage", "Lost administration days"}, {"loss_days"}),
                 quantile_columns({"80 % handlungsfähig (Tag)", "80 % able to act (day)"}, {"days_to_most"})})},
        {"milestones", "milestones",
         joined({{{{"Meilenstein", "Milestone"}, {"id"}},
                  {{"Was", "What"}, {"what"}},
                  {{"Wo", "Where"}, {"body"}},
                  {{"Frühestens (Tag)", "Earliest (day)"}, {"day_earliest"}},
                  {{"Spätestens (Tag)", "Latest (day)"}, {"day_latest"}}},
                 quantile_columns({"Prognose (Tag)", "Forecast (day)"}, {}),
                 {{{"Treffer", "Hit"}, {"hit"}}}})},
        {"runs",
         "runs",
         {{{"Lauf", "Run"}, {"id"}},
          {{"Angelegt (UTC)", "Created (UTC)"}, {"created_at"}},
          {{"Vorfall", "Incident"}, {"incident"}},
          {{"Szenario", "Scenario"}, {"scenario"}},
          {{"Region", "Region"}, {"region"}},
          {{"Verläufe", "Courses"}, {"replications"}},
          {{"Startzahl", "Seed"}, {"seed"}},
          {{"Stand", "State"}, {"state"}},
          {{"Heutige Fassung", "Today's version"}, {"current"}}}},
        {"assumptions",
         "figures",
         {{{"Annahme", "Assumption"}, {"id"}},
          {{"Wert", "Value"}, {"value"}},
          {{"Von", "Low"}, {"low"}},
          {{"Bis", "High"}, {"high"}},
          {{"Art", "Kind"}, {"kind"}},
          {{"Quelle", "Source"}, {"source"}},
          {{"Ort", "Place"}, {"place"}}}},
    }};
    return all;
}

/// Quotes what needs it; a leading character that starts a formula in a spreadsheet is guarded (OWASP, CSV injection).
std::string text_cell(const std::string& text) {
    std::string guarded =
        !text.empty() && std::string_view{"=+-@\t\r"}.find(text[0]) != std::string_view::npos ? "'" + text : text;
    if (guarded.find_first_of(",;\"\r\n") == std::string::npos) return guarded;
    std::string quoted = "\"";
    for (const char character : guarded) {
        if (character == '"') quoted += '"';
        quoted += character;
    }
    return quoted + '"';
}

std::string cell(const Json& value, Language language) {
    const bool german = language == Language::german;
    if (value.is_null()) return {};
    if (value.is_boolean()) return value.get<bool>() ? (german ? "ja" : "yes") : (german ? "nein" : "no");
    if (value.is_object()) return text_cell(value.at(german ? "de" : "en").get<std::string>());
    if (value.is_string()) return text_cell(value.get<std::string>());
    std::string digits = value.dump();
    if (german)
        if (const std::size_t point = digits.find('.'); point != std::string::npos) digits[point] = ',';
    return digits;
}

const Json& value_at(const Json& row, const std::vector<std::string>& path) {
    static const Json nothing;
    const Json* value = &row;
    for (const std::string& key : path) {
        const auto next = value->find(key);
        if (next == value->end()) return nothing;
        value = &*next;
    }
    return *value;
}

}  // namespace

std::string table_csv(std::string_view name, const std::string& result_text, Language language) {
    const auto table = std::ranges::find(tables(), name, &Table::name);
    if (table == tables().end()) throw NotFound{fmt::format("there is no table {}", name)};

    const Json result = Json::parse(result_text);
    const char separator = language == Language::german ? ';' : ',';
    std::string csv = "\xEF\xBB\xBF";
    const auto line = [&](const auto& text_of) {
        for (std::size_t column = 0; column < table->columns.size(); ++column) {
            if (column > 0) csv += separator;
            csv += text_of(table->columns[column]);
        }
        csv += "\r\n";
    };
    line([&](const Column& column) { return text_cell(column.heading.in(language)); });
    const auto rows = result.find(table->rows);
    if (rows == result.end()) return csv;
    for (const Json& row : *rows)
        line([&](const Column& column) { return cell(value_at(row, column.path), language); });
    return csv;
}

}  // namespace resmon::forecast
