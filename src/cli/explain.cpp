// resmon explain: why a forecast is as it is, for the terminal and for scripts. Nothing is kept.
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/summary.hpp"
#include "cli/terminal.hpp"
#include "cli/what_if.hpp"
#include "explain/explain_json.hpp"
#include "explain/influence_name.hpp"

#include <algorithm>
#include <cmath>

namespace resmon::cli {

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// Tables of one explanation each.
class Words {
public:
    Words(const Options& options, const explain::Context& context) : options_{options}, context_{context} {}

    [[nodiscard]] std::string of(const std::vector<explain::ComparedVariant>& variants) const {
        Rows rows;
        for (const explain::ComparedVariant& variant : variants) {
            const outage::Forecast& forecast = variant.forecast;
            rows.push_back({text("explain.variant." + variant.id), band(forecast.ability_half.quantiles),
                            band(forecast.ability_most.quantiles), number_text(forecast.loss_days.mean, 1, language()),
                            variant.more_lost ? interval(*variant.more_lost) : "–"});
        }
        return table({"explain.variant", "explain.half", "explain.most", "explain.loss", "explain.more-lost"}, rows);
    }

    [[nodiscard]] std::string of(const std::vector<explain::TimetableRow>& plan) const {
        const auto names = forecast::chain_names(context_.catalogue, context_.request.scenario);
        Rows rows;
        for (const explain::TimetableRow& row : plan) {
            const auto known = names.find(row.label);
            rows.push_back({known == names.end() ? row.label : known->second.in(language()), band(row.start),
                            band(row.finish), percent(row.critical), spare(row.slack)});
        }
        return table({"explain.step", "explain.begin", "explain.end", "explain.decides", "explain.slack"}, rows);
    }

    [[nodiscard]] std::string of(const std::vector<explain::Bottleneck>& crews) const {
        Rows rows;
        for (const explain::Bottleneck& row : crews)
            rows.push_back({explain::name_of(row).in(language()), std::to_string(row.crews), percent(row.busy),
                            percent(row.critical), number_text(row.waiting_days, 1, language()), interval(row.gained)});
        return table({"explain.crews", "explain.number", "explain.busy", "explain.waits", "explain.waiting-days",
                      "explain.gained"},
                     rows);
    }

    [[nodiscard]] std::string of(const explain::Sensitivity& sensitivity) const {
        Rows rows;
        for (const explain::Influence& one : sensitivity.influences)
            if (one.share.is_distinguishable)
                rows.push_back({explain::name_of(context_.catalogue, context_.request, one).in(language()),
                                percent(one.share.index), percent(one.share.low) + "–" + percent(one.share.high)});
        return table({"explain.input", "explain.share", "calibrate.interval"}, rows) +
               program_text("explain.rest", language(),
                            {{"count", static_cast<double>(sensitivity.influences.size() - rows.size())}}) +
               "\n";
    }

    [[nodiscard]] std::string of(const explain::Dependencies& dependencies) const {
        Rows rows;
        for (const explain::DependedOn& one : dependencies.resources)
            if (!one.stops.empty())
                rows.push_back({context_.catalogue.resource({one.resource}).name.in(language()),
                                std::to_string(one.sites), std::to_string(one.stops.size()),
                                std::to_string(one.stops_whole.size()),
                                percent(one.people_weight / dependencies.people_weight)});
        return table({"explain.resource", "explain.sites", "explain.stops", "explain.stops-whole", "explain.weight"},
                     rows);
    }

private:
    [[nodiscard]] Language language() const { return options_.language; }
    [[nodiscard]] std::string text(const std::string& key) const { return program_text(key, language()); }
    [[nodiscard]] std::string percent(double share) const {
        return number_text(std::max(0.0, share) * 100, 0, language()) + " %";
    }
    /// The middle with 8 in 10 courses: of outage::Quantiles or explain::Band.
    template <class Days>
    [[nodiscard]] std::string band(const Days& days) const {
        return day_text(days.p50, options_) + " (" + day_range(days.p10, days.p90, options_) + ")";
    }
    [[nodiscard]] std::string spare(const explain::Band& days) const {
        return std::isfinite(days.p50) ? day_text(days.p50, options_) : text("explain.nobody");
    }
    [[nodiscard]] std::string interval(const statistics::MeanInterval& days) const {
        const auto number = [&](double value) {
            // What rounds to nothing has no sign.
            return number_text(std::abs(value) < 0.05 ? 0 : value, 1, language());
        };
        return number(days.mean) + " (" + number(days.low) + " " + text("explain.to") + " " + number(days.high) + ")";
    }

    /// The first column is told in words, the others in figures.
    [[nodiscard]] std::string table(const std::vector<const char*>& headings, const Rows& rows) const {
        std::vector<TableColumn> columns;
        for (const char* heading : headings)
            columns.push_back({text(heading), columns.empty() ? Align::left : Align::right});
        return text_table(columns, rows);
    }

    const Options& options_;
    const explain::Context& context_;
};

/// As JSON or in words.
template <class Found, class Json>
std::string told(const Options& options, const explain::Context& context, const Found& found, const Json& json) {
    return options.format == Format::json ? json() + "\n" : Words{options, context}.of(found);
}

std::string explained(const Options& options, const ExplainOptions& wished, const explain::Context& context) {
    const outage::Case outage = forecast::case_of(context.catalogue, context.request);
    const outage::Sampling sampling{options.seed, options.replications};
    const auto tell = [&](const auto& found, const auto& json) { return told(options, context, found, json); };
    if (wished.topic == "plan") {
        const auto found = explain::timetable(outage, sampling, wished.service);
        return tell(found, [&] { return explain::timetable_text(context, sampling, outage.horizon, found); });
    }
    if (wished.topic == "bottlenecks") {
        const auto found = explain::bottlenecks(outage, sampling);
        return tell(found, [&] { return explain::bottlenecks_text(context, sampling, found); });
    }
    if (wished.topic == "influences") {
        const auto found = explain::sensitivity(outage, sampling);
        return tell(found, [&] { return explain::sensitivity_text(context, sampling, found); });
    }
    if (wished.topic == "dependencies") {
        const std::string body = wished.body.empty() ? "" : context.catalogue.bodies.body(wished.body).key.text();
        const auto found = explain::dependencies(outage, body);
        return tell(found, [&] { return explain::dependencies_text(context, body, found); });
    }
    if (wished.topic == "autonomy") {
        const auto found = explain::compared(
            explain::autonomy(outage, explain::providers_of(context.catalogue, context.request)), sampling);
        return tell(found, [&] { return explain::autonomy_text(context, found); });
    }
    forecast::CaseRequest as_is = context.request;
    as_is.overrides = {};
    const auto found =
        explain::compared({{"catalogue", forecast::case_of(context.catalogue, as_is)}, {"changed", outage}}, sampling);
    return tell(found, [&] {
        return explain::comparison_text(context, {{"catalogue", {}}, {"changed", context.request.overrides}}, found);
    });
}

}  // namespace

int explain_forecast(const Options& options, const ExplainOptions& wished) {
    if (options.format == Format::csv) throw InputError{worded("fault.cli.no-csv")};
    const bool compares = wished.topic == "comparison";
    const forecast::Overrides overrides = overrides_of(wished.what_if);
    if (compares && overrides == forecast::Overrides{}) throw InputError{worded("fault.cli.nothing-changed")};
    forecast::CaseRequest request{.scenario = {}, .region = {}, .overrides = overrides};
    WishedScenario scenario;
    if (!wished.scenario.empty()) {
        scenario = scenario_wished(wished.scenario);
        request.scenario = scenario.id;
    }
    if (!wished.incident.empty()) request.incident = IncidentId{wished.incident};
    if (!wished.region.empty()) forecast::set_place(request, wished.region);
    const catalogue::Catalogue catalogue = catalogue_of(catalogue_files_in_use(options), scenario);
    const explain::Context context{catalogue, forecast::completed(catalogue, request)};
    if (forecast::is_germany(context.request)) throw InputError{worded("fault.cli.explain-germany")};
    write_output(options, explained(options, wished, context));
    return exit_done;
}

}  // namespace resmon::cli
