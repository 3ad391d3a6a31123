// resmon replay --all: every incident with milestones, each computed without what was learnt from it.
#include "incidents/coverage.hpp"
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/computation.hpp"
#include "cli/terminal.hpp"
#include "region/left_out.hpp"
#include "report/csv.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace resmon::cli {

namespace {

using incidents::Coverage;
using incidents::IncidentReplay;
using incidents::MilestoneForecast;
using Json = nlohmann::ordered_json;

Json day_to_json(double day) { return std::isfinite(day) ? Json(day) : Json(nullptr); }

/// What was computed, and what could not be.
struct Replays {
    std::vector<IncidentReplay> replays;
    std::vector<const catalogue::Incident*> without_milestones;
};

class Told {
public:
    Told(const Options& options, const catalogue::Catalogue& catalogue, const Replays& replays)
        : options_{options}, catalogue_{catalogue}, replays_{replays},
          coverage_{incidents::coverage_of(replays.replays, catalogue.model.horizon_days)} {}

    [[nodiscard]] std::string table() const {
        std::string text;
        for (const IncidentReplay& replay : replays_.replays) text += incident(replay) + "\n";
        text += summary();
        std::string names;
        for (const catalogue::Incident* one : replays_.without_milestones)
            names += (names.empty() ? "" : ", ") + one->name.in(options_.language);
        if (!names.empty()) text += program_text("coverage.without", options_.language, {{"names", names}}) + "\n";
        return text;
    }

    [[nodiscard]] std::string json() const {
        Json list = Json::array();
        for (const IncidentReplay& replay : replays_.replays) {
            Json milestones = Json::array();
            for (const MilestoneForecast& one : replay.milestones) milestones.push_back(milestone_to_json(one));
            list.push_back({{"id", replay.incident->id.value},
                            {"scenario", replay.incident->scenario.value},
                            {"replaced_figures", replay.replaced},
                            {"milestones", std::move(milestones)}});
        }
        const auto mean = [](const incidents::Mean& of) {
            return Json{{"value", of.value}, {"low", of.low}, {"high", of.high}};
        };
        return Json{{"seed", options_.seed},
                    {"replications", options_.replications},
                    {"model_version", outage::model_version},
                    {"catalogue_version", catalogue_.version},
                    {"coverage",
                     {{"incidents", replays_.replays.size()},
                      {"milestones", milestone_count()},
                      {"hits50", mean(coverage_.hits50)},
                      {"hits80", mean(coverage_.hits80)},
                      {"width50_days", coverage_.width50},
                      {"width80_days", coverage_.width80},
                      {"score_days", mean(coverage_.score)}}},
                    {"incidents", std::move(list)}}
                   .dump() +
               "\n";
    }

    [[nodiscard]] std::string csv() const {
        report::Csv csv{options_.language};
        csv.add_row({"incident", "milestone", "day_earliest", "day_latest", "p10", "p25", "p50", "p75", "p90", "hit50",
                     "hit80", "score_days"});
        for (const IncidentReplay& replay : replays_.replays)
            for (const MilestoneForecast& one : replay.milestones) {
                std::vector<std::string> cells{report::csv_text(replay.incident->id.value),
                                               report::csv_text(one.milestone->id)};
                const outage::Quantiles& day = one.day.quantiles;
                for (const double value : {one.milestone->day_earliest, one.milestone->day_latest, day.p10, day.p25,
                                           day.p50, day.p75, day.p90})
                    cells.push_back(std::isfinite(value) ? report::csv_number(Json(value).dump(), options_.language)
                                                         : std::string{});
                cells.push_back(one.hit50 ? "1" : "0");
                cells.push_back(one.hit80 ? "1" : "0");
                cells.push_back(report::csv_number(Json(score(one)).dump(), options_.language));
                csv.add_row(cells);
            }
        return csv.text();
    }

private:
    [[nodiscard]] std::string text(const char* key) const { return program_text(key, options_.language); }
    [[nodiscard]] std::string day(double value) const {
        if (!std::isfinite(value)) return text("summary.never");
        return number_text(value, value < 10 && value != std::floor(value) ? 1 : 0, options_.language);
    }
    [[nodiscard]] double score(const MilestoneForecast& one) const {
        return incidents::score_of(one.day.quantiles, one.milestone->day_earliest, one.milestone->day_latest,
                                   catalogue_.model.horizon_days);
    }
    [[nodiscard]] std::size_t milestone_count() const {
        std::size_t count = 0;
        for (const IncidentReplay& replay : replays_.replays) count += replay.milestones.size();
        return count;
    }

    [[nodiscard]] Json milestone_to_json(const MilestoneForecast& one) const {
        const outage::Quantiles& quantiles = one.day.quantiles;
        return {{"id", one.milestone->id},
                {"day_earliest", one.milestone->day_earliest},
                {"day_latest", one.milestone->day_latest},
                {"p10", day_to_json(quantiles.p10)},
                {"p25", day_to_json(quantiles.p25)},
                {"p50", day_to_json(quantiles.p50)},
                {"p75", day_to_json(quantiles.p75)},
                {"p90", day_to_json(quantiles.p90)},
                {"hit50", one.hit50},
                {"hit80", one.hit80},
                {"score_days", score(one)}};
    }

    [[nodiscard]] std::string incident(const IncidentReplay& replay) const {
        std::vector<std::vector<std::string>> rows;
        for (const MilestoneForecast& one : replay.milestones) {
            const outage::Quantiles& quantiles = one.day.quantiles;
            rows.push_back({text(one.hit50   ? "coverage.hit50"
                                 : one.hit80 ? "coverage.hit80"
                                             : "summary.miss"),
                            one.milestone->what.in(options_.language),
                            day(one.milestone->day_earliest) + "–" + day(one.milestone->day_latest),
                            day(quantiles.p10) + "–" + day(quantiles.p90),
                            day(quantiles.p25) + "–" + day(quantiles.p75)});
        }
        return emphasised(replay.incident->name.in(options_.language), options_) + " · " +
               catalogue_.scenario(replay.incident->scenario).name.in(options_.language) +
               (replay.replaced > 0 ? " · " + program_text("coverage.replaced", options_.language,
                                                           {{"count", static_cast<double>(replay.replaced)}})
                                    : std::string{}) +
               "\n" +
               text_table({{"", Align::left},
                           {text("summary.milestone"), Align::left},
                           {text("summary.history"), Align::right},
                           {"80 %", Align::right},
                           {"50 %", Align::right}},
                          rows);
    }

    [[nodiscard]] std::string summary() const {
        const auto share = [this](const char* band, const incidents::Mean& hits, double width) {
            return std::vector<std::string>{band,
                                            number_text(std::round(hits.value * 100), 0, options_.language) + " %",
                                            number_text(std::round(hits.low * 100), 0, options_.language) + "–" +
                                                number_text(std::round(hits.high * 100), 0, options_.language) + " %",
                                            number_text(std::round(width), 0, options_.language)};
        };
        return emphasised(program_text("coverage.title", options_.language,
                                       {{"incidents", static_cast<double>(replays_.replays.size())},
                                        {"milestones", static_cast<double>(milestone_count())}}),
                          options_) +
               "\n" +
               text_table({{text("coverage.band"), Align::left},
                           {text("coverage.hits"), Align::right},
                           {text("calibrate.interval"), Align::right},
                           {text("coverage.width"), Align::right}},
                          {share("50 %", coverage_.hits50, coverage_.width50),
                           share("80 %", coverage_.hits80, coverage_.width80)}) +
               program_text("coverage.score", options_.language,
                            {{"score", number_text(coverage_.score.value, 1, options_.language)},
                             {"low", number_text(coverage_.score.low, 1, options_.language)},
                             {"high", number_text(coverage_.score.high, 1, options_.language)}}) +
               "\n" + text("coverage.about") + "\n";
    }

    const Options& options_;
    const catalogue::Catalogue& catalogue_;
    const Replays& replays_;
    Coverage coverage_;
};

}  // namespace

int replay_all(const Options& options) {
    const catalogue::Catalogue catalogue = catalogue_in_use(options);
    Replays found;
    for (const catalogue::Incident& incident : catalogue.incidents) {
        if (incident.milestones.empty()) {
            found.without_milestones.push_back(&incident);
            continue;
        }
        const forecast::LeftOutCase left_out = forecast::case_without(catalogue, {.incident = incident.id});
        const auto forecast = computed(options, left_out.outage);
        if (!forecast) return exit_internal;
        found.replays.push_back({.incident = &incident,
                                 .milestones = incidents::milestones_against(incident, *forecast),
                                 .replaced = static_cast<int>(left_out.replaced.size())});
    }
    if (found.replays.empty()) throw InputError{"incidents: at least one must have milestones to be replayed"};
    const Told told{options, catalogue, found};
    write_output(options, options.format == Format::json  ? told.json()
                          : options.format == Format::csv ? told.csv()
                                                          : told.table());
    return exit_done;
}

}  // namespace resmon::cli
