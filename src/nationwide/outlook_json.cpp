#include "nationwide/outlook_json.hpp"

#include "forecast/forecast_json.hpp"
#include "forecast/result_parts_json.hpp"
#include "report/csv.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <thread>

namespace resmon::nationwide {

using Json = nlohmann::ordered_json;

namespace {

const ProviderOutlook& provider_of(const Outlook& outlook, const BodyOutlook& body) {
    return *std::ranges::find(outlook.providers, body.provider, &ProviderOutlook::id);
}

Json body_to_json(const catalogue::Catalogue& catalogue, const Outlook& outlook, const BodyOutlook& body) {
    Json json = forecast::body_to_json(*catalogue.bodies.find_body(BodyKey{body.key}));
    json["provider"] = body.provider;
    json["provider_assumed"] = provider_of(outlook, body).is_assumed;
    json["loss_days"] = forecast::distribution_to_json(body.loss_days);
    json["days_to_half"] = forecast::distribution_to_json(body.days_to_half);
    json["days_to_most"] = forecast::distribution_to_json(body.days_to_most);
    json["days_to_all"] = forecast::distribution_to_json(body.days_to_all);
    return json;
}

}  // namespace

std::string outlook_json(const catalogue::Catalogue& catalogue, const forecast::CaseRequest& request,
                         const Outlook& outlook, const Effort& effort) {
    Json json = {{"scenario", request.scenario.value},
                 {"region", forecast::place_of(request)},
                 {"seed", outlook.sampling.seed},
                 {"replications", outlook.sampling.replications},
                 {"model_version", outage::model_version},
                 {"catalogue_version", catalogue.version},
                 {"horizon", outlook.horizon},
                 {"loss_days", forecast::distribution_to_json(outlook.loss_days)},
                 {"ability", forecast::daily_to_json(outlook.ability)},
                 {"providers", Json::array()},
                 {"bodies", Json::array()}};
    for (const ProviderOutlook& provider : outlook.providers)
        json["providers"].push_back({{"id", provider.id},
                                     {"name", {{"de", provider.name.de}, {"en", provider.name.en}}},
                                     {"assumed", provider.is_assumed},
                                     {"bodies", provider.bodies},
                                     {"loss_days", forecast::distribution_to_json(provider.loss_days)}});
    for (const BodyOutlook& body : outlook.bodies) json["bodies"].push_back(body_to_json(catalogue, outlook, body));
    const std::int64_t peak = forecast::peak_bytes();
    json["seconds"] = effort.seconds;
    json["peak_bytes"] = peak;
    json["about"] = {{"run_id", nullptr},
                     {"started", effort.started},
                     {"seconds", effort.seconds},
                     {"peak_bytes", peak},
                     {"threads", effort.threads > 0 ? effort.threads : std::thread::hardware_concurrency()},
                     {"ranks", 1}};
    return json.dump();
}

std::string outlook_csv(const catalogue::Catalogue& catalogue, const Outlook& outlook, Language language) {
    const auto text = [language](const char* key) { return report::csv_text(program_text(key, language)); };
    const auto number = [language](double value) {
        return std::isfinite(value) ? report::csv_number(Json(std::round(value * 10) / 10).dump(), language)
                                    : std::string{};
    };
    report::Csv csv{language};
    std::vector<std::string> heading{text("germany.key"), text("germany.name"), text("germany.people"),
                                     text("germany.provider"), text("germany.assumed")};
    for (const char* column : {"germany.loss", "germany.half", "germany.most", "germany.all"})
        for (const char* quantile : {"10 %", "50 %", "90 %"})
            heading.push_back(report::csv_text(program_text(column, language) + " " + quantile));
    csv.add_row(heading);
    for (const BodyOutlook& body : outlook.bodies) {
        const catalogue::Body& known = *catalogue.bodies.find_body(BodyKey{body.key});
        const ProviderOutlook& provider = provider_of(outlook, body);
        std::vector<std::string> row{report::csv_text(body.key), report::csv_text(known.name),
                                     std::to_string(known.population), report::csv_text(provider.name.in(language)),
                                     text(provider.is_assumed ? "germany.yes" : "germany.no")};
        for (const outage::Distribution* days :
             {&body.loss_days, &body.days_to_half, &body.days_to_most, &body.days_to_all})
            for (const double value : {days->quantiles.p10, days->quantiles.p50, days->quantiles.p90})
                row.push_back(number(value));
        csv.add_row(row);
    }
    return csv.text();
}

}  // namespace resmon::nationwide
