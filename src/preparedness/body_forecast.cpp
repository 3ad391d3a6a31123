#include "preparedness/body_forecast.hpp"

#include "region/region.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace resmon::preparedness {

using forecast::LeverSetting;

namespace {

constexpr std::uint32_t batches = 10;
/// 97.5 % quantile of Student's t distribution with nine degrees of freedom (any table of it).
constexpr double t_975_9 = 2.262157;

const ScenarioId scenario{"ransomware-shared-provider"};

/// Means over the courses of each batch; batches differ in their seed.
std::array<double, batches> batch_losses(const outage::Case& outage, const outage::Sampling& sampling) {
    std::array<double, batches> losses{};
    for (std::uint32_t batch = 0; batch < batches; ++batch)
        losses.at(batch) =
            outage::forecast(outage, {sampling.seed * batches + batch, std::max(1U, sampling.replications / batches)})
                ->loss_days.mean;
    return losses;
}

Estimate interval_of(const std::array<double, batches>& differences) {
    constexpr double count = batches;
    const double mean = std::accumulate(differences.begin(), differences.end(), 0.0) / count;
    double squares = 0;
    for (const double difference : differences) squares += (difference - mean) * (difference - mean);
    const double half = t_975_9 * std::sqrt(squares / (count - 1) / count);
    return {mean, mean - half, mean + half};
}

Estimate difference(const std::array<double, batches>& one, const std::array<double, batches>& other) {
    std::array<double, batches> differences{};
    std::ranges::transform(one, other, differences.begin(), std::minus{});
    return interval_of(differences);
}

}  // namespace

Estimate paired_difference(const outage::Case& plain, const std::vector<LeverSetting>& one,
                           const std::vector<LeverSetting>& other, const outage::Sampling& sampling) {
    return difference(batch_losses(with_levers(plain, one), sampling),
                      batch_losses(with_levers(plain, other), sampling));
}

BodyForecast body_forecast(const catalogue::Catalogue& catalogue, const BodyKey& body,
                           const std::vector<Reading>& readings, const outage::Sampling& sampling) {
    const outage::Case plain = forecast::case_of(catalogue, {.scenario = scenario, .alone = body});
    std::vector<LeverSetting> settings = settings_of(readings);
    std::vector<LeverSetting> unknown;
    for (const Reading& reading : readings) unknown.push_back(reading_at(*reading.effect, std::nullopt).setting);

    BodyForecast found;
    found.answered = *outage::forecast(with_levers(plain, settings), sampling);
    found.unanswered = *outage::forecast(with_levers(plain, unknown), sampling);
    found.asked = static_cast<int>(readings.size());
    const std::array<double, batches> now = batch_losses(with_levers(plain, settings), sampling);
    for (std::size_t place = 0; place < readings.size(); ++place) {
        const Reading& reading = readings[place];
        if (reading.level) ++found.known;
        if (reading.level == catalogue::highest_level) continue;
        std::vector<LeverSetting> better = settings;
        better[place] = reading_at(*reading.effect, catalogue::highest_level).setting;
        found.gains.push_back({reading, difference(now, batch_losses(with_levers(plain, better), sampling))});
    }
    std::ranges::stable_sort(found.gains, std::ranges::greater{}, [](const Gain& gain) { return gain.days.mean; });
    return found;
}

}  // namespace resmon::preparedness
