#include "coverage/coverage_json.hpp"

#include "base/instant.hpp"
#include "report/csv.hpp"

#include <cmath>

namespace resmon::coverage {

using Json = nlohmann::ordered_json;

namespace {

Json day_to_json(double day) { return std::isfinite(day) ? Json(day) : Json(nullptr); }

Json text(const Text& both) { return {{"de", both.de}, {"en", both.en}}; }

Json milestone_to_json(const MilestoneForecast& one, double horizon) {
    const outage::Quantiles& quantiles = one.day.quantiles;
    return {{"id", one.milestone->id},
            {"what", text(one.milestone->what)},
            {"reading", text(one.milestone->reading)},
            {"source", one.milestone->source},
            {"day_earliest", one.milestone->day_earliest},
            {"day_latest", one.milestone->day_latest},
            {"p10", day_to_json(quantiles.p10)},
            {"p25", day_to_json(quantiles.p25)},
            {"p50", day_to_json(quantiles.p50)},
            {"p75", day_to_json(quantiles.p75)},
            {"p90", day_to_json(quantiles.p90)},
            {"hit50", one.hit50},
            {"hit80", one.hit80},
            {"score_days", score_of(one, horizon)}};
}

Json mean_to_json(const Mean& mean) { return {{"value", mean.value}, {"low", mean.low}, {"high", mean.high}}; }

}  // namespace

Json coverage_to_json(const Replays& of) {
    Json list = Json::array();
    std::size_t count = 0;
    for (const IncidentReplay& replay : of.incidents) {
        Json milestones = Json::array();
        for (const MilestoneForecast& one : replay.milestones) milestones.push_back(milestone_to_json(one, of.horizon));
        count += replay.milestones.size();
        list.push_back({{"id", replay.incident->id.value},
                        {"name", text(replay.incident->name)},
                        {"date", date_text(replay.incident->date)},
                        {"scenario", replay.incident->scenario.value},
                        {"replaced_figures", replay.replaced},
                        {"milestones", std::move(milestones)}});
    }
    const Coverage coverage = coverage_of(of.incidents, of.horizon);
    return {{"seed", of.sampling.seed},
            {"replications", of.sampling.replications},
            {"model_version", outage::model_version},
            {"catalogue_version", of.catalogue_version},
            {"horizon", of.horizon},
            {"coverage",
             {{"incidents", of.incidents.size()},
              {"milestones", count},
              {"hits50", mean_to_json(coverage.hits50)},
              {"hits80", mean_to_json(coverage.hits80)},
              {"width50_days", coverage.width50},
              {"width80_days", coverage.width80},
              {"score_days", mean_to_json(coverage.score)}}},
            {"incidents", std::move(list)}};
}

std::string coverage_csv(const Replays& of, Language language) {
    report::Csv csv{language};
    csv.add_row({"incident", "milestone", "day_earliest", "day_latest", "p10", "p25", "p50", "p75", "p90", "hit50",
                 "hit80", "score_days"});
    const auto cell = [language](double number) {
        return std::isfinite(number) ? report::csv_number(Json(number).dump(), language) : std::string{};
    };
    for (const IncidentReplay& replay : of.incidents)
        for (const MilestoneForecast& one : replay.milestones) {
            const outage::Quantiles& day = one.day.quantiles;
            csv.add_row({report::csv_text(replay.incident->id.value), report::csv_text(one.milestone->id),
                         cell(one.milestone->day_earliest), cell(one.milestone->day_latest), cell(day.p10),
                         cell(day.p25), cell(day.p50), cell(day.p75), cell(day.p90), one.hit50 ? "1" : "0",
                         one.hit80 ? "1" : "0", cell(score_of(one, of.horizon))});
        }
    return csv.text();
}

}  // namespace resmon::coverage
