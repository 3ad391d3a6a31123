#include "risk/risk_json.hpp"

#include "engine/forecast.hpp"
#include "report/csv.hpp"

namespace resmon::risk {

using Json = nlohmann::ordered_json;

namespace {

Json expected_to_json(const Expected& expected) {
    return {{"value", expected.value}, {"low", expected.low}, {"high", expected.high}};
}

Json text(const Text& words) { return {{"de", words.de}, {"en", words.en}}; }

Json frequency_to_json(const catalogue::Frequency& frequency) {
    Json json = {{"per", frequency.per == catalogue::Frequency::Per::body ? "body" : "provider"},
                 {"prior", {{"incidents", frequency.prior_incidents}, {"years", frequency.prior_years}}},
                 {"prior_source", frequency.prior_source}};
    if (frequency.observed_years > 0) {
        json["observed"] = {{"incidents", frequency.observed.size()}, {"years", frequency.observed_years}};
        json["observed_source"] = frequency.observed_source;
    }
    return json;
}

}  // namespace

Json risk_to_json(const catalogue::Catalogue& catalogue, const RiskReport& report) {
    Json streams = Json::array();
    for (std::size_t place = 0; place < report.loss.streams.size(); ++place) {
        const StreamLoss& stream = report.loss.streams[place];
        streams.push_back({{"scenario", stream.scenario},
                           {"name", text(catalogue.scenario({stream.scenario}).name)},
                           {"incidents_per_year", expected_to_json(stream.incidents)},
                           {"days_each", stream.days_each},
                           {"days_per_year", expected_to_json(stream.days)},
                           {"frequency", frequency_to_json(catalogue.frequencies.at(place))}});
    }
    Json curve = Json::array();
    for (const Exceedance& point : report.loss.curve)
        curve.push_back({{"days", point.days},
                         {"probability", point.probability.value},
                         {"low", point.probability.low},
                         {"high", point.probability.high}});
    return {{"place", text(report.name)},
            {"bodies", report.bodies},
            {"own_provider_assumed", report.is_own_provider},
            {"days_per_year", expected_to_json(report.loss.days)},
            {"any_incident", expected_to_json(report.loss.any)},
            {"scenarios", std::move(streams)},
            {"exceedance", std::move(curve)},
            {"seed", report.seed},
            {"replications", report.replications},
            {"model_version", outage::model_version},
            {"catalogue_version", catalogue.version}};
}

std::string risk_csv(const RiskReport& report, Language language) {
    report::Csv csv{language};
    csv.add_row({"days", "probability", "low", "high"});
    for (const Exceedance& point : report.loss.curve) {
        std::vector<std::string> cells;
        for (const double number : {point.days, point.probability.value, point.probability.low, point.probability.high})
            cells.push_back(report::csv_number(Json(number).dump(), language));
        csv.add_row(cells);
    }
    return csv.text();
}

}  // namespace resmon::risk
