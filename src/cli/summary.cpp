#include "cli/summary.hpp"

#include "cli/terminal.hpp"
#include "incidents/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace resmon::cli {

namespace {

std::string milestone_table(const Options& options, const std::vector<incidents::MilestoneForecast>& milestones) {
    const auto text = [&](const char* key) { return program_text(key, options.language); };
    std::vector<std::vector<std::string>> rows;
    for (const incidents::MilestoneForecast& milestone : milestones) {
        const outage::Quantiles& forecast = milestone.day.quantiles;
        rows.push_back({milestone.hit80 ? text("summary.hit") : text("summary.miss"),
                        milestone.milestone->what.in(options.language),
                        day_range(milestone.milestone->day_earliest, milestone.milestone->day_latest, options),
                        day_range(forecast.p10, forecast.p90, options), day_text(forecast.p50, options)});
    }
    return text_table({{"", Align::left},
                       {text("summary.milestone"), Align::left},
                       {text("summary.history"), Align::right},
                       {text("summary.forecast"), Align::right},
                       {text("summary.middle"), Align::right}},
                      rows);
}

std::string service_table(const Options& options, const catalogue::Catalogue& catalogue,
                          const outage::Forecast& forecast) {
    const auto text = [&](const char* key) { return program_text(key, options.language); };
    std::vector<const outage::ServiceForecast*> by_return;
    for (const outage::ServiceForecast& service : forecast.services) by_return.push_back(&service);
    std::ranges::stable_sort(by_return, {}, [](const auto* service) { return service->days_to_normal.quantiles.p50; });

    std::vector<std::vector<std::string>> rows;
    for (const outage::ServiceForecast* service : by_return) {
        const outage::Quantiles& normal = service->days_to_normal.quantiles;
        const auto& known = catalogue.service({service->id});
        const double tolerable = known.maximum_tolerable_outage_days.value;
        rows.push_back({known.name.in(options.language),
                        tolerable < 1
                            ? program_text("summary.hours", options.language, {{"hours", std::round(tolerable * 24)}})
                            : day_text(tolerable, options),
                        day_text(service->days_to_first_mode.quantiles.p50, options), day_text(normal.p50, options),
                        day_range(normal.p10, normal.p90, options)});
    }
    return text_table({{text("summary.service"), Align::left},
                       {text("summary.tolerable"), Align::right},
                       {text("summary.first-mode"), Align::right},
                       {text("summary.normal"), Align::right},
                       {text("summary.eight-of-ten"), Align::right}},
                      rows);
}

double people_of(const catalogue::Catalogue& catalogue, const outage::Forecast& forecast) {
    // Districts serve the people of their town halls: counting both would count everybody twice.
    double people = 0;
    for (const outage::BodyForecast& body : forecast.bodies) {
        const catalogue::Body* known = catalogue.bodies.find_body(BodyKey{body.key});
        if (known->kind != catalogue::BodyKind::district || forecast.bodies.size() == 1)
            people += static_cast<double>(known->population);
    }
    return people;
}

}  // namespace

std::string summary(const Options& options, const catalogue::Catalogue& catalogue, const forecast::CaseRequest& request,
                    const outage::Forecast& forecast) {
    const Language language = options.language;
    const outage::Quantiles& most = forecast.ability_most.quantiles;
    const Text region = place_name(catalogue, request);
    const std::string title =
        request.incident ? program_text("summary.replay", language,
                                        {{"incident", catalogue.incident(*request.incident).name.in(language)}})
                         : program_text("summary.scenario", language,
                                        {{"scenario", catalogue.scenario(request.scenario).name.in(language)},
                                         {"region", region.in(language)}});
    std::string text = emphasised(title, options) + "\n";
    text += program_text("summary.scope", language,
                         {{"bodies", static_cast<double>(forecast.bodies.size())},
                          {"people", people_of(catalogue, forecast)},
                          {"services", static_cast<double>(forecast.services.size())}}) +
            "\n\n";
    text += emphasised(program_text("summary.ability", language,
                                    {{"middle", day_text(most.p50, options)},
                                     {"low", day_text(most.p10, options)},
                                     {"high", day_text(most.p90, options)}}),
                       options) +
            "\n\n";
    if (request.incident) {
        const auto milestones = incidents::milestones_against(catalogue.incident(*request.incident), forecast);
        const incidents::Hits hits = incidents::hits_of(milestones);
        text += milestone_table(options, milestones);
        text += program_text("summary.hits", language,
                             {{"hits", static_cast<double>(hits.hits)},
                              {"of", static_cast<double>(hits.of)},
                              {"low", std::round(hits.low * 100)},
                              {"high", std::round(hits.high * 100)}}) +
                "\n\n";
    }
    text += service_table(options, catalogue, forecast) + "\n";
    text += program_text("summary.about", language,
                         {{"courses", static_cast<double>(forecast.sampling.replications)},
                          {"seed", std::to_string(forecast.sampling.seed)},
                          {"model", forecast.model_version},
                          {"catalogue", catalogue.version},
                          {"source", catalogue.bodies.source()}}) +
            "\n" + exactness_line(options, forecast.loss_days);
    return text;
}

std::string exactness_line(const Options& options, const outage::Distribution& loss) {
    const double per_cent = 100 * outage::relative_error(loss);
    const bool is_missed = options.error > 0 && per_cent > options.error;
    return program_text(is_missed ? "summary.error-missed" : "summary.error", options.language,
                        {{"error", number_text(per_cent, 2, options.language)},
                         {"wished", number_text(options.error, 2, options.language)}}) +
           "\n";
}

std::string day_text(double day, const Options& options) {
    if (!std::isfinite(day)) return program_text("summary.never", options.language);
    return number_text(std::round(day), 0, options.language);
}

std::string day_range(double low, double high, const Options& options) {
    return day_text(low, options) + "–" + day_text(high, options);
}

}  // namespace resmon::cli
