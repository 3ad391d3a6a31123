#include "nationwide/outlook_csv.hpp"

#include "base/error.hpp"
#include "report/csv.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <functional>
#include <vector>

namespace resmon::nationwide {

using Json = nlohmann::ordered_json;
using Cells = std::vector<std::string>;

namespace {

constexpr std::array<const char*, 5> quantiles{"p10", "p25", "p50", "p75", "p90"};

/// Cells of one table in one language.
class Writer {
public:
    explicit Writer(Language language) : language_{language}, csv_{language} {}

    [[nodiscard]] std::string word(const char* key) const { return report::csv_text(program_text(key, language_)); }
    [[nodiscard]] std::string text(const Json& value) const {
        return report::csv_text((value.is_object() ? value.at(to_string(language_)) : value).get<std::string>());
    }
    [[nodiscard]] std::string number(const Json& value) const {
        return value.is_null() ? std::string{} : report::csv_number(value.dump(), language_);
    }
    [[nodiscard]] std::string yes_or_no(const Json& value) const {
        return word(value.get<bool>() ? "germany.yes" : "germany.no");
    }

    /// Headings of a figure: one per quantile.
    void add_headings(Cells& cells, const char* figure) const {
        for (const char* quantile : quantiles)
            cells.push_back(report::csv_text(program_text(figure, language_) + " " + quantile));
    }
    void add_quantiles(Cells& cells, const Json& values) const {
        for (const char* quantile : quantiles) cells.push_back(number(values.at(quantile)));
    }
    void add_row(const Cells& cells) { csv_.add_row(cells); }
    [[nodiscard]] const std::string& csv() const { return csv_.text(); }

private:
    [[nodiscard]] static std::string to_string(Language language) { return language == Language::german ? "de" : "en"; }

    Language language_;
    report::Csv csv_;
};

void write_bodies(Writer& to, const Json& summary, const Json& bodies) {
    constexpr std::array<std::pair<const char*, const char*>, 4> figures{{{"germany.loss", "loss_days"},
                                                                          {"germany.half", "days_to_half"},
                                                                          {"germany.most", "days_to_most"},
                                                                          {"germany.all", "days_to_all"}}};
    Cells headings{to.word("germany.key"),    to.word("germany.name"),     to.word("germany.state"),
                   to.word("germany.people"), to.word("germany.provider"), to.word("germany.assumed")};
    for (const auto& [word, figure] : figures) to.add_headings(headings, word);
    to.add_row(headings);
    for (std::size_t place = 0; place < bodies.at("key").size(); ++place) {
        const Json& provider = summary.at("providers").at(bodies.at("provider")[place].get<std::size_t>());
        const std::string state = "wave.group." + bodies.at("state")[place].get<std::string>();
        Cells cells{to.text(bodies.at("key")[place]), to.text(bodies.at("name")[place]),
                    to.word(state.c_str()),           to.number(bodies.at("population")[place]),
                    to.text(provider.at("name")),     to.yes_or_no(provider.at("assumed"))};
        for (const auto& [word, figure] : figures)
            for (const char* quantile : quantiles) cells.push_back(to.number(bodies.at(figure).at(quantile)[place]));
        to.add_row(cells);
    }
}

void write_states(Writer& to, const Json& summary) {
    Cells headings{to.word("germany.state"), to.word("germany.bodies"), to.word("germany.of-them-assumed"),
                   to.word("germany.people")};
    for (const char* figure : {"germany.loss", "germany.half", "germany.most"}) to.add_headings(headings, figure);
    to.add_row(headings);
    for (const Json& state : summary.at("states")) {
        Cells cells{to.text(state.at("name")), to.number(state.at("bodies")), to.number(state.at("bodies_assumed")),
                    to.number(state.at("population"))};
        for (const char* figure : {"loss_days", "ability_half", "ability_most"})
            to.add_quantiles(cells, state.at(figure));
        to.add_row(cells);
    }
}

void write_providers(Writer& to, const Json& summary) {
    Cells headings{to.word("germany.provider"), to.word("germany.assumed"), to.word("germany.bodies")};
    to.add_headings(headings, "germany.loss");
    to.add_row(headings);
    for (const Json& provider : summary.at("providers")) {
        Cells cells{to.text(provider.at("name")), to.yes_or_no(provider.at("assumed")),
                    to.number(provider.at("bodies"))};
        to.add_quantiles(cells, provider.at("loss_days"));
        to.add_row(cells);
    }
}

void write_ability(Writer& to, const Json& summary) {
    Cells headings{to.word("germany.day")};
    headings.insert(headings.end(), quantiles.begin(), quantiles.end());
    to.add_row(headings);
    for (const Json& day : summary.at("ability")) {
        Cells cells{to.number(day.at("day"))};
        to.add_quantiles(cells, day);
        to.add_row(cells);
    }
}

}  // namespace

std::string table_csv(std::string_view table, const KeptTexts& kept, Language language) {
    const Json summary = Json::parse(kept.summary);
    Writer writer{language};
    if (table == "bodies")
        write_bodies(writer, summary, Json::parse(kept.bodies));
    else if (table == "states")
        write_states(writer, summary);
    else if (table == "providers")
        write_providers(writer, summary);
    else if (table == "ability")
        write_ability(writer, summary);
    else
        throw NotFound{worded("fault.run.no-table", {{"name", table}})};
    return writer.csv();
}

}  // namespace resmon::nationwide
