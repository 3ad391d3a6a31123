#include "coverage/coverage.hpp"

#include "base/random.hpp"
#include "statistics/quantile.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <functional>
#include <numeric>
#include <string>

namespace resmon::coverage {

namespace {

/// Mean of the pinball loss of the quantile `forecast` at level `level`, over an observation between two days.
double mean_pinball(double level, double forecast, double earliest, double latest) {
    const double middle = (earliest + latest) / 2;
    if (forecast <= earliest) return level * (middle - forecast);
    if (forecast >= latest) return (1 - level) * (forecast - middle);
    const double above = latest - forecast;
    const double below = forecast - earliest;
    return (level * above * above + (1 - level) * below * below) / (2 * (latest - earliest));
}

double width(double low, double high, double horizon) { return std::min(high, horizon) - std::min(low, horizon); }

std::vector<double> by_incident(const std::vector<IncidentReplay>& replays,
                                const std::function<double(const MilestoneForecast&)>& of) {
    std::vector<double> means;
    for (const IncidentReplay& replay : replays) {
        assert(!replay.milestones.empty());
        double sum = 0;
        for (const MilestoneForecast& milestone : replay.milestones) sum += of(milestone);
        means.push_back(sum / static_cast<double>(replay.milestones.size()));
    }
    return means;
}

double mean(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

Mean bootstrapped(const std::vector<double>& values) {
    constexpr std::uint32_t resamples = 10'000;
    constexpr std::uint64_t seed = 1;
    const auto count = static_cast<double>(values.size());
    std::vector<std::uint64_t> places;
    for (std::size_t place = 0; place < values.size(); ++place)
        places.push_back(entity_hash("coverage/" + std::to_string(place)));
    std::vector<double> means;
    for (std::uint32_t resample = 0; resample < resamples; ++resample) {
        double sum = 0;
        for (const std::uint64_t place : places)
            sum += values[static_cast<std::size_t>(uniform_draw(seed, resample, place, Purpose::resample) * count)];
        means.push_back(sum / count);
    }
    std::ranges::sort(means);
    return {mean(values), statistics::quantile(means, 0.025), statistics::quantile(means, 0.975)};
}

}  // namespace

double score_of(const outage::Quantiles& forecast, double day_earliest, double day_latest, double horizon) {
    const std::array levels{std::pair{0.1, forecast.p10}, std::pair{0.25, forecast.p25}, std::pair{0.5, forecast.p50},
                            std::pair{0.75, forecast.p75}, std::pair{0.9, forecast.p90}};
    double sum = 0;
    for (const auto& [level, day] : levels)
        sum += 2 * mean_pinball(level, std::min(day, horizon), day_earliest, day_latest);
    return sum / static_cast<double>(levels.size());
}

double score_of(const MilestoneForecast& milestone, double horizon) {
    const incidents::DaysBetween days = incidents::whole_days_of(*milestone.milestone);
    return score_of(milestone.day.quantiles, days.earliest, days.latest, horizon);
}

Coverage coverage_of(const std::vector<IncidentReplay>& replays, double horizon) {
    assert(!replays.empty());
    const auto of = [&replays](const auto& value) { return by_incident(replays, value); };
    const auto quantiles = [](const MilestoneForecast& milestone) { return milestone.day.quantiles; };
    return {.hits50 = bootstrapped(of([](const MilestoneForecast& one) { return one.hit50 ? 1.0 : 0.0; })),
            .hits80 = bootstrapped(of([](const MilestoneForecast& one) { return one.hit80 ? 1.0 : 0.0; })),
            .width50 = mean(of(
                [&](const MilestoneForecast& one) { return width(quantiles(one).p25, quantiles(one).p75, horizon); })),
            .width80 = mean(of(
                [&](const MilestoneForecast& one) { return width(quantiles(one).p10, quantiles(one).p90, horizon); })),
            .score = bootstrapped(of([horizon](const MilestoneForecast& one) { return score_of(one, horizon); }))};
}

}  // namespace resmon::coverage
