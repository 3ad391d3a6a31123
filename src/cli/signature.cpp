#include "cli/signature.hpp"

#include "base/random.hpp"
#include "engine/forecast.hpp"

#include <bit>
#include <string>

namespace resmon::cli {

using namespace outage;

namespace {

/// A synthetic town with everything the model knows: crews, a gate with a set-back, three kinds of service, fallbacks.
Case synthetic_town() {
    Case town;
    const auto figure = [&town](const std::string& id, double low, double central, double high) {
        town.estimates.push_back({id, low, central, high, catalogue::Spread::logarithmic});
        return static_cast<Index>(town.estimates.size() - 1);
    };
    town.severity_share = figure("severity", 0.2, 0.3, 0.4);
    town.owner_share = figure("owner", 0.1, 0.1, 0.1);
    town.overtime = figure("overtime", 0.2, 0.2, 0.2);
    town.data_loss_days = figure("age", 1, 1, 1);
    town.data_loss_effort = figure("effort", 0.5, 0.5, 0.5);
    const Index sigma = figure("sigma", 0.5, 0.5, 0.5);
    const Index week = figure("week", 5, 7, 9);
    const Index half = figure("half", 0.4, 0.5, 0.6);
    const Index certain = figure("certain", 1, 1, 1);
    town.calendars.push_back(WorkingCalendar::of({}, State::nordrhein_westfalen, 2025, 2030));
    town.office_hours = {.from = 7 / 24.0, .to = 17 / 24.0};
    town.owners = {"provider"};
    town.pools.push_back({.id = "crews", .label = "crews", .slots = {{}, {10}}, .calendar = 0});
    town.activities.push_back(
        {.id = "gate", .label = "gate", .restore = {.median = week, .sigma = sigma}, .calendar = 0});
    for (const char* name : {"directory", "case-system", "payments"}) {
        const auto number = static_cast<Index>(town.activities.size());
        town.activities.push_back({.id = name,
                                   .label = name,
                                   .restore = {.median = week, .sigma = sigma},
                                   .pool = 0,
                                   .after = {number - 1},
                                   .resource = number - 1});
        town.resources.push_back({.id = name, .fails = certain, .restored_by = {number}});
    }
    town.activities[0].setback = Setback{.probability = half, .share = half, .repeats = {1}};
    town.activities.push_back({.id = "declaration",
                               .label = "declaration",
                               .restore = {.median = half, .sigma = sigma},
                               .reachability = Reachability{.probability = half, .calendar = 0}});
    town.bodies.push_back({.key = "town", .inhabitants = 12'000, .declaration = 4});
    for (const ServiceKind kind : {ServiceKind::queue, ServiceKind::due_date, ServiceKind::standby}) {
        const auto number = static_cast<Index>(town.services.size());
        town.services.push_back({.id = "service-" + std::to_string(number),
                                 .kind = kind,
                                 .tolerable_days = 1,
                                 .deadline = 10,
                                 .vanishing = half});
        for (int date = 20'454; date < 22'000; date += 30) town.services.back().due_instants.push_back(date + 0.5);
        Mode normal{.needs = {.kind = Requirement::Kind::resource, .resource = number}};
        Mode paper{.kind = ModeKind::paper,
                   .delay = Duration{.median = half, .sigma = sigma},
                   .capacity = half,
                   .endurance = week,
                   .reentry = half};
        town.provisions.push_back({.id = "town/" + town.services.back().id,
                                   .service = number,
                                   .weight = 1,
                                   .demand = 5,
                                   .modes = {normal, paper}});
    }
    return town;
}

class Hash {
public:
    void add(double value) {
        state_ = entity_hash(std::to_string(state_) + ":" + std::to_string(std::bit_cast<std::uint64_t>(value)));
    }
    void add(const Quantiles& quantiles) {
        for (const double value : {quantiles.p10, quantiles.p25, quantiles.p50, quantiles.p75, quantiles.p90})
            add(value);
    }
    void add(const Distribution& values) {
        add(values.quantiles);
        add(values.mean);
    }
    [[nodiscard]] std::uint64_t value() const noexcept { return state_; }

private:
    std::uint64_t state_ = 0;
};

}  // namespace

std::uint64_t signature(unsigned threads) {
    Hash hash;
    for (const Priority priority : {Priority::by_weight, Priority::list, Priority::first_come, Priority::by_lot}) {
        Case town = synthetic_town();
        town.priority = priority;
        const Forecast result = *forecast(town, {20'231'030, 500}, {.threads = threads});
        for (const Quantiles& day : result.ability) hash.add(day);
        for (const Quantiles& day : result.backlog) hash.add(day);
        hash.add(result.loss_days);
        for (const ServiceForecast& service : result.services)
            for (const auto* values : {&service.days_to_normal, &service.backlog_peak, &service.late_cases,
                                       &service.missed_dates, &service.hours_beyond})
                hash.add(*values);
        for (const ChainLink& link : result.chain) hash.add(link.mean_days);
    }
    return hash.value();
}

}  // namespace resmon::cli
