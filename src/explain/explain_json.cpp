#include "explain/explain_json.hpp"

#include "explain/influence_name.hpp"
#include "forecast/forecast_json.hpp"
#include "forecast/words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace resmon::explain {

using Json = nlohmann::ordered_json;
using forecast::daily_to_json;
using forecast::distribution_to_json;
using forecast::number_to_json;
using forecast::quantiles_to_json;

namespace {

Json text(const Text& both) { return {{"de", both.de}, {"en", both.en}}; }

/// What every explanation says of itself: enough to repeat it.
Json head(const Context& context, const outage::Sampling& sampling, double horizon) {
    Json json = Json::object();
    if (context.request.incident) json["incident"] = context.request.incident->value;
    json["scenario"] = context.request.scenario.value;
    json["region"] = context.request.region.value;
    json["seed"] = sampling.seed;
    json["replications"] = sampling.replications;
    json["model_version"] = outage::model_version;
    json["catalogue_version"] = context.catalogue.version;
    json["horizon"] = horizon;
    return json;
}

Json interval(const statistics::MeanInterval& days) {
    return {
        {"mean", number_to_json(days.mean)}, {"low", number_to_json(days.low)}, {"high", number_to_json(days.high)}};
}

Json variant_to_json(const ComparedVariant& variant) {
    const outage::Forecast& forecast = variant.forecast;
    return {{"id", variant.id},
            {"ability", daily_to_json(forecast.ability)},
            {"ability_half", distribution_to_json(forecast.ability_half)},
            {"ability_most", distribution_to_json(forecast.ability_most)},
            {"services_most", distribution_to_json(forecast.services_most)},
            {"loss_days", distribution_to_json(forecast.loss_days)},
            {"more_lost", variant.more_lost ? interval(*variant.more_lost) : Json(nullptr)}};
}

Json service_ref(const Context& context, const std::string& id) {
    return {{"id", id}, {"name", text(context.catalogue.service({id}).name)}};
}

Json resource_ref(const Context& context, const std::string& id) {
    return {{"id", id}, {"name", text(context.catalogue.resource({id}).name)}};
}

Json band(const Band& days) {
    return {{"p10", number_to_json(days.p10)}, {"p50", number_to_json(days.p50)}, {"p90", number_to_json(days.p90)}};
}

}  // namespace

std::string autonomy_text(const Context& context, const std::vector<ComparedVariant>& variants) {
    Json json = head(context, variants.front().forecast.sampling, variants.front().forecast.horizon);
    for (const ComparedVariant& variant : variants) json["variants"].push_back(variant_to_json(variant));
    return json.dump();
}

std::string comparison_text(const Context& context, const std::vector<WishedVariant>& wished,
                            const std::vector<ComparedVariant>& variants) {
    Json json = head(context, variants.front().forecast.sampling, variants.front().forecast.horizon);
    for (std::size_t place = 0; place < variants.size(); ++place) {
        json["variants"].push_back(variant_to_json(variants[place]));
        json["variants"].back()["overrides"] = forecast::overrides_to_json(wished[place].overrides);
    }
    return json.dump();
}

std::string timetable_text(const Context& context, const outage::Sampling& sampling, double horizon,
                           const std::vector<TimetableRow>& rows) {
    const auto names = forecast::chain_names(context.catalogue, context.request.scenario);
    Json json = head(context, sampling, horizon);
    json["rows"] = Json::array();
    for (const TimetableRow& row : rows) {
        const auto known = names.find(row.label);
        json["rows"].push_back({{"label", row.label},
                                {"name", text(known == names.end() ? Text{row.label, row.label} : known->second)},
                                {"gate", row.is_gate},
                                {"needed", number_to_json(row.needed)},
                                {"start", band(row.start)},
                                {"finish", band(row.finish)},
                                {"critical", number_to_json(row.critical)},
                                {"mean_days", number_to_json(row.mean_days)},
                                {"slack", band(row.slack)}});
    }
    return json.dump();
}

std::string bottlenecks_text(const Context& context, const outage::Sampling& sampling,
                             const std::vector<Bottleneck>& rows) {
    Json json = head(context, sampling, context.catalogue.model.horizon_days);
    json["rows"] = Json::array();
    for (const Bottleneck& row : rows)
        json["rows"].push_back({{"label", row.label},
                                {"name", text(name_of(row))},
                                {"sites", row.sites},
                                {"crews", row.crews},
                                {"busy", number_to_json(row.busy)},
                                {"critical", number_to_json(row.critical)},
                                {"waiting_days", number_to_json(row.waiting_days)},
                                {"gained", interval(row.gained)}});
    return json.dump();
}

std::string sensitivity_text(const Context& context, const outage::Sampling& sampling, const Sensitivity& sensitivity) {
    Json json = head(context, sampling, context.catalogue.model.horizon_days);
    json["explained"] = number_to_json(sensitivity.explained);
    json["inputs"] = Json::array();
    for (const Influence& influence : sensitivity.influences)
        json["inputs"].push_back({{"kind", to_string(influence.kind)},
                                  {"id", influence.id},
                                  {"name", text(name_of(context.catalogue, context.request, influence))},
                                  {"index", number_to_json(influence.share.index)},
                                  {"low", number_to_json(influence.share.low)},
                                  {"high", number_to_json(influence.share.high)},
                                  {"distinguishable", influence.share.is_distinguishable}});
    return json.dump();
}

std::string dependencies_text(const Context& context, const std::string& body, const Dependencies& dependencies) {
    Json json = {{"scenario", context.request.scenario.value},
                 {"region", context.request.region.value},
                 {"body", body.empty() ? Json(nullptr) : Json(body)},
                 {"model_version", outage::model_version},
                 {"catalogue_version", context.catalogue.version},
                 {"people_weight", number_to_json(dependencies.people_weight)},
                 {"resources", Json::array()},
                 {"services", Json::array()}};
    for (const DependedOn& one : dependencies.resources) {
        Json row = resource_ref(context, one.resource);
        row["sites"] = one.sites;
        row["can_fail"] = one.can_fail;
        row["waits_for"] = one.waits_for;
        row["needed_by"] = one.needed_by;
        row["stops"] = one.stops;
        row["stops_whole"] = one.stops_whole;
        row["people_weight"] = number_to_json(one.people_weight);
        json["resources"].push_back(std::move(row));
    }
    for (const Dependent& one : dependencies.services) {
        Json row = service_ref(context, one.service);
        row["service_class"] = forecast::to_string(context.catalogue.service({one.service}).service_class);
        row["people_weight"] = number_to_json(one.people_weight);
        row["needs"] = one.needs;
        row["alone"] = one.alone;
        json["services"].push_back(std::move(row));
    }
    return json.dump();
}

std::string conditional_text(const Context& context, std::uint64_t seed, const std::string& body,
                             const Conditional& conditional) {
    Json json = head(context, {seed, conditional.looked_at}, conditional.horizon);
    json["body"] = body.empty() ? Json(nullptr) : Json(body);
    json["day"] = number_to_json(conditional.day);
    json["fitting"] = conditional.fitting;
    json["least"] = conditional.least;
    json["enough"] = conditional.is_enough();
    for (const Fact& fact : conditional.facts) {
        Json row = fact.is_service ? service_ref(context, fact.id) : resource_ref(context, fact.id);
        row["back"] = fact.is_back;
        row["share"] = number_to_json(fact.share);
        json["facts"].push_back(std::move(row));
    }
    json["services_most"] = quantiles_to_json(conditional.most);
    json["services_normal"] = daily_to_json(conditional.services_normal);
    json["services"] = Json::array();
    for (const ServiceGiven& service : conditional.services) {
        Json row = service_ref(context, service.id);
        row["before"] = quantiles_to_json(service.before);
        row["given"] = quantiles_to_json(service.given);
        row["never"] = number_to_json(service.never);
        json["services"].push_back(std::move(row));
    }
    return json.dump();
}

}  // namespace resmon::explain
