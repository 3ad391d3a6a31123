// resmon replay --all: every incident with milestones, each computed without what was learnt from it.
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/computation.hpp"
#include "cli/terminal.hpp"
#include "coverage/coverage_json.hpp"

#include <cmath>

namespace resmon::cli {

namespace {

using coverage::Coverage;
using coverage::IncidentReplay;
using coverage::MilestoneForecast;
using coverage::Replays;

class Told {
public:
    Told(const Options& options, const catalogue::Catalogue& catalogue, const Replays& replays)
        : options_{options}, catalogue_{catalogue}, replays_{replays},
          coverage_{coverage::coverage_of(replays.incidents, replays.horizon)} {}

    [[nodiscard]] std::string table() const {
        std::string text;
        for (const IncidentReplay& replay : replays_.incidents) text += incident(replay) + "\n";
        text += summary();
        std::string names;
        for (const catalogue::Incident* one : replays_.without_milestones)
            names += (names.empty() ? "" : ", ") + one->name.in(options_.language);
        if (!names.empty()) text += program_text("coverage.without", options_.language, {{"names", names}}) + "\n";
        return text;
    }

private:
    [[nodiscard]] std::string text(const char* key) const { return program_text(key, options_.language); }
    [[nodiscard]] std::string day(double value) const {
        if (!std::isfinite(value)) return text("summary.never");
        return number_text(value, value < 10 && value != std::floor(value) ? 1 : 0, options_.language);
    }
    [[nodiscard]] std::size_t milestone_count() const {
        std::size_t count = 0;
        for (const IncidentReplay& replay : replays_.incidents) count += replay.milestones.size();
        return count;
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
        const auto share = [this](const char* band, const coverage::Mean& hits, double width) {
            return std::vector<std::string>{band,
                                            number_text(std::round(hits.value * 100), 0, options_.language) + " %",
                                            number_text(std::round(hits.low * 100), 0, options_.language) + "–" +
                                                number_text(std::round(hits.high * 100), 0, options_.language) + " %",
                                            number_text(std::round(width), 0, options_.language)};
        };
        return emphasised(program_text("coverage.title", options_.language,
                                       {{"incidents", static_cast<double>(replays_.incidents.size())},
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
    const auto found =
        coverage::replays_of(catalogue, {.seed = options.seed, .replications = options.replications},
                             [&options](const outage::Case& outage) { return computed(options, outage); });
    if (!found) return exit_internal;
    write_output(options, options.format == Format::json  ? coverage::coverage_to_json(*found).dump() + "\n"
                          : options.format == Format::csv ? coverage::coverage_csv(*found, options.language)
                                                          : Told{options, catalogue, *found}.table());
    return exit_done;
}

}  // namespace resmon::cli
