#include "incidents/calibration_json.hpp"

#include "report/csv.hpp"

#include <cmath>

namespace resmon::incidents {

using Json = nlohmann::ordered_json;
using statistics::DurationEstimate;
using statistics::FittedLaw;
using statistics::FittedNumber;

namespace {

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json estimate_to_json(const DurationEstimate& estimate) {
    return {{"value", number(estimate.value)}, {"low", number(estimate.low)}, {"high", number(estimate.high)}};
}

Json fitted_number_to_json(const FittedNumber& fitted) {
    return {
        {"value", fitted.value}, {"standard_error", fitted.standard_error}, {"low", fitted.low}, {"high", fitted.high}};
}

Json law_to_json(const std::optional<FittedLaw>& law) {
    if (!law) return nullptr;
    return {{"mu", fitted_number_to_json(law->location)},
            {"sigma", fitted_number_to_json(law->scale)},
            {"covariance_mu_log_sigma", law->covariance},
            {"log_likelihood", law->log_likelihood},
            {"aic", law->akaike},
            {"median", estimate_to_json(law->median)}};
}

Json curve_to_json(const std::vector<statistics::SurvivalStep>& curve) {
    Json steps = Json::array();
    for (const statistics::SurvivalStep& step : curve)
        steps.push_back({{"time", step.time},
                         {"at_risk", step.at_risk},
                         {"events", step.events},
                         {"survival", step.survival},
                         {"standard_error", number(step.standard_error)},
                         {"low", step.low},
                         {"high", step.high}});
    return steps;
}

Json turnbull_to_json(const statistics::TurnbullEstimate& estimate) {
    Json intervals = Json::array();
    for (const statistics::SupportInterval& interval : estimate.support)
        intervals.push_back({{"low", interval.low}, {"high", number(interval.high)}, {"share", interval.share}});
    const statistics::SupportInterval median = statistics::median_interval_of(estimate.support);
    return {{"intervals", std::move(intervals)},
            {"median_within", {median.low, number(median.high)}},
            {"log_likelihood", estimate.log_likelihood},
            {"gap", estimate.gap}};
}

/// The rows of one group.
class Rows {
public:
    Rows(report::Csv& csv, const GroupCalibration& group, Language language)
        : csv_{csv}, name_{group.group.value_or("")}, language_{language} {}

    void add(const std::string& estimate, const std::vector<double>& numbers) {
        std::vector<std::string> cells{report::csv_text(name_), report::csv_text(estimate)};
        for (const double value : numbers)
            cells.push_back(std::isfinite(value) ? report::csv_number(Json(value).dump(), language_) : std::string{});
        cells.resize(8);
        csv_.add_row(cells);
    }
    void add_law(const std::string& law, const std::optional<FittedLaw>& fitted) {
        if (!fitted) return;
        const auto row = [](const FittedNumber& number) {
            return std::vector{number.value, number.standard_error, number.low, number.high};
        };
        add(law + "/mu", row(fitted->location));
        add(law + "/sigma", row(fitted->scale));
        add(law + "/median", {fitted->median.value, std::nan(""), fitted->median.low, fitted->median.high,
                              fitted->log_likelihood, fitted->akaike});
    }

private:
    report::Csv& csv_;
    std::string name_;
    Language language_;
};

}  // namespace

Json calibration_to_json(const std::vector<GroupCalibration>& groups) {
    Json list = Json::array();
    for (const GroupCalibration& group : groups) {
        Json one = {{"group", group.group ? Json(*group.group) : Json(nullptr)},
                    {"count", group.count},
                    {"exact", group.exact},
                    {"between", group.between},
                    {"not_over", group.not_over}};
        if (group.between_visits) {
            one["turnbull"] = turnbull_to_json(*group.between_visits);
        } else {
            one["kaplan_meier"] = {{"median", estimate_to_json(*group.median)}, {"curve", curve_to_json(group.curve)}};
        }
        one["log_normal"] = law_to_json(group.log_normal);
        one["weibull"] = law_to_json(group.weibull);
        if (group.updated_median) one["updated_median"] = estimate_to_json(*group.updated_median);
        list.push_back(std::move(one));
    }
    return {{"groups", std::move(list)}};
}

std::string calibration_csv(const std::vector<GroupCalibration>& groups, Language language) {
    report::Csv csv{language};
    csv.add_row({"group", "estimate", "value", "standard_error", "low", "high", "log_likelihood", "aic"});
    for (const GroupCalibration& group : groups) {
        Rows rows{csv, group, language};
        if (group.median)
            rows.add("kaplan-meier/median", {group.median->value, std::nan(""), group.median->low, group.median->high});
        if (group.between_visits) {
            const auto median = statistics::median_interval_of(group.between_visits->support);
            rows.add("turnbull/median-within",
                     {std::nan(""), std::nan(""), median.low, median.high, group.between_visits->log_likelihood});
        }
        rows.add_law("log-normal", group.log_normal);
        rows.add_law("weibull", group.weibull);
        if (group.updated_median)
            rows.add("updated-median", {group.updated_median->value, std::nan(""), group.updated_median->low,
                                        group.updated_median->high});
    }
    return csv.text();
}

}  // namespace resmon::incidents
