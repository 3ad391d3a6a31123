#include "cli/model_result.hpp"

#include "cli/summary.hpp"
#include "cli/terminal.hpp"
#include "report/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace resmon::cli {

namespace {

std::string service_table(const Options& options, const outage::Forecast& forecast) {
    const auto text = [&](const char* key) { return program_text(key, options.language); };
    std::vector<std::vector<std::string>> rows;
    for (const outage::ServiceForecast& service : forecast.services) {
        const outage::Quantiles& normal = service.days_to_normal.quantiles;
        rows.push_back({service.id, day_text(service.days_to_first_mode.quantiles.p50, options),
                        day_text(normal.p50, options), day_range(normal.p10, normal.p90, options)});
    }
    return text_table({{text("summary.service"), Align::left},
                       {text("summary.first-mode"), Align::right},
                       {text("summary.normal"), Align::right},
                       {text("summary.eight-of-ten"), Align::right}},
                      rows);
}

}  // namespace

std::string model_extent(const Options& options, const model_file::Model& model) {
    const outage::Case& outage = model.outage;
    const auto number = [](std::size_t count) { return static_cast<double>(count); };
    return program_text("model.extent", options.language,
                        {{"activities", number(outage.activities.size())},
                         {"resources", number(outage.resources.size())},
                         {"bodies", number(outage.bodies.size())},
                         {"services", number(outage.services.size())},
                         {"provisions", number(outage.provisions.size())}});
}

std::string model_summary(const Options& options, const model_file::Model& model, const outage::Forecast& forecast) {
    const Language language = options.language;
    const outage::Quantiles& most = forecast.ability_most.quantiles;
    std::string text;
    if (!model.title.empty()) text += emphasised(model.title, options) + "\n";
    text += model_extent(options, model) + "\n\n";
    text += emphasised(program_text("summary.ability", language,
                                    {{"middle", day_text(most.p50, options)},
                                     {"low", day_text(most.p10, options)},
                                     {"high", day_text(most.p90, options)}}),
                       options) +
            "\n\n";
    text += service_table(options, forecast) + "\n";
    return text +
           program_text("model.about", language,
                        {{"courses", static_cast<double>(forecast.sampling.replications)},
                         {"seed", std::to_string(forecast.sampling.seed)},
                         {"model", forecast.model_version}}) +
           "\n" + exactness_line(options, forecast.loss_days);
}

std::string model_services_csv(const outage::Forecast& forecast, Language language) {
    report::Csv csv{language};
    csv.add_row({"service", "first_mode_p50", "normal_p10", "normal_p50", "normal_p90", "normal_mean",
                 "normal_standard_error", "share_never", "backlog_peak_p50", "late_cases_p50"});
    const auto number = [language](double value) {
        return std::isfinite(value) ? report::csv_number(fmt::format("{:.6g}", value), language) : std::string{};
    };
    for (const outage::ServiceForecast& service : forecast.services) {
        const outage::Distribution& normal = service.days_to_normal;
        csv.add_row({report::csv_text(service.id), number(service.days_to_first_mode.quantiles.p50),
                     number(normal.quantiles.p10), number(normal.quantiles.p50), number(normal.quantiles.p90),
                     number(normal.mean), number(normal.standard_error), number(normal.share_never),
                     number(service.backlog_peak.quantiles.p50), number(service.late_cases.quantiles.p50)});
    }
    return csv.text();
}

}  // namespace resmon::cli
