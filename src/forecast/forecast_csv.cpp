#include "forecast/forecast_csv.hpp"

#include "base/error.hpp"
#include "report/csv.hpp"

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

std::string cell(const Json& value, Language language) {
    const bool german = language == Language::german;
    if (value.is_null()) return {};
    if (value.is_boolean()) return value.get<bool>() ? (german ? "ja" : "yes") : (german ? "nein" : "no");
    if (value.is_object()) return report::csv_text(value.at(german ? "de" : "en").get<std::string>());
    if (value.is_string()) return report::csv_text(value.get<std::string>());
    return report::csv_number(value.dump(), language);
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
    if (table == tables().end()) throw NotFound{worded("fault.run.no-table", {{"name", name}})};

    const Json result = Json::parse(result_text);
    report::Csv csv{language};
    const auto add_row = [&](const auto& cell_of) {
        std::vector<std::string> cells;
        for (const Column& column : table->columns) cells.push_back(cell_of(column));
        csv.add_row(cells);
    };
    add_row([&](const Column& column) { return report::csv_text(column.heading.in(language)); });
    const auto rows = result.find(table->rows);
    if (rows == result.end()) return csv.text();
    for (const Json& row : *rows)
        add_row([&](const Column& column) { return cell(value_at(row, column.path), language); });
    return csv.text();
}

}  // namespace resmon::forecast
