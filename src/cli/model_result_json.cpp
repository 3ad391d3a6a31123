#include "cli/model_result.hpp"
#include "forecast/forecast_json.hpp"
#include "forecast/result_parts_json.hpp"
#include "forecast/words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace resmon::cli {

using Json = nlohmann::ordered_json;
using forecast::chain_to_json;
using forecast::daily_to_json;
using forecast::distribution_to_json;

namespace {

Json services(const outage::Case& outage, const outage::Forecast& forecast) {
    Json json = Json::array();
    for (const outage::ServiceForecast& service : forecast.services) {
        const auto known = std::ranges::find(outage.services, service.id, &outage::Service::id);
        Json row = {{"id", service.id},
                    {"kind", forecast::to_string(known->kind)},
                    {"days_to_first_mode", distribution_to_json(service.days_to_first_mode)},
                    {"days_to_normal", distribution_to_json(service.days_to_normal)},
                    {"backlog_peak", distribution_to_json(service.backlog_peak)}};
        switch (known->kind) {
            case outage::ServiceKind::queue:
                row["late_cases"] = distribution_to_json(service.late_cases);
                row["lost_cases"] = distribution_to_json(service.lost_cases);
                break;
            case outage::ServiceKind::due_date: row["missed_dates"] = distribution_to_json(service.missed_dates); break;
            case outage::ServiceKind::standby: row["hours_beyond"] = distribution_to_json(service.hours_beyond); break;
        }
        row["chain"] = chain_to_json(service.chain);
        json.push_back(std::move(row));
    }
    return json;
}

Json bodies(const outage::Forecast& forecast) {
    Json json = Json::array();
    for (const outage::BodyForecast& body : forecast.bodies)
        json.push_back({{"key", body.key},
                        {"loss_days", distribution_to_json(body.loss_days)},
                        {"days_to_most", distribution_to_json(body.days_to_most)}});
    return json;
}

}  // namespace

std::string model_result_text(const model_file::Model& model, const outage::Forecast& forecast,
                              const ModelEffort& effort) {
    Json json = {{"title", model.title},
                 {"seed", forecast.sampling.seed},
                 {"replications", forecast.sampling.replications},
                 {"model_version", forecast.model_version},
                 {"horizon", forecast.horizon},
                 {"ability", daily_to_json(forecast.ability)},
                 {"services_normal", daily_to_json(forecast.services_normal)},
                 {"backlog", daily_to_json(forecast.backlog)},
                 {"loss_days", distribution_to_json(forecast.loss_days)},
                 {"ability_half", distribution_to_json(forecast.ability_half)},
                 {"ability_most", distribution_to_json(forecast.ability_most)},
                 {"ability_all", distribution_to_json(forecast.ability_all)},
                 {"services_half", distribution_to_json(forecast.services_half)},
                 {"services_most", distribution_to_json(forecast.services_most)},
                 {"services_all", distribution_to_json(forecast.services_all)},
                 {"services", services(model.outage, forecast)},
                 {"bodies", bodies(forecast)},
                 {"chain", chain_to_json(forecast.chain)},
                 {"questions", Json::array()}};
    json["relative_error_reached"] = forecast::number_to_json(outage::relative_error(forecast.loss_days));
    if (forecast.sampling.points > 0) json["randomisations"] = forecast.sampling.randomisations();
    for (const outage::QuestionForecast& question : forecast.questions)
        json["questions"].push_back({{"id", question.id}, {"day", distribution_to_json(question.day)}});
    json["about"] = forecast::effort_to_json(effort.forecast);
    if (effort.courses_seconds) json["about"]["courses_seconds"] = *effort.courses_seconds;
    return json.dump() + "\n";
}

}  // namespace resmon::cli
