#include "risk/annual_loss.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numeric>

namespace resmon::risk {

namespace {

constexpr std::size_t places = 1024;  // of the grid
constexpr std::uint32_t curve_draws = 100;
constexpr std::uint32_t rate_draws = 2000;

double mean_of(const Target& target) {
    return target.share * std::accumulate(target.losses.begin(), target.losses.end(), 0.0) /
           static_cast<double>(target.losses.size());
}

/// Of one incident of the stream, whomever it hits.
double mean_of(const Stream& stream) {
    double sum = 0;
    for (const Target& target : stream.targets) sum += mean_of(target);
    return sum / static_cast<double>(stream.targets.size());
}

double largest_in(const std::vector<Stream>& streams) {
    double largest = 0;
    for (const Stream& stream : streams)
        for (const Target& target : stream.targets)
            largest = std::max(largest, target.share * std::ranges::max(target.losses));
    return largest;
}

/// The jumps of one stream on the grid: each is split over its two neighbours so that its mean stays.
std::vector<double> masses_of(const Stream& stream, double width) {
    std::vector<double> masses(places, 0);
    for (const Target& target : stream.targets) {
        const double weight =
            1 / (static_cast<double>(stream.targets.size()) * static_cast<double>(target.losses.size()));
        for (const double loss : target.losses) {
            const double at = std::min(target.share * loss / width, static_cast<double>(places) - 1.001);
            const auto below = static_cast<std::size_t>(at);
            const double above = at - static_cast<double>(below);
            masses[below] += weight * (1 - above);
            masses[below + 1] += weight * above;
        }
    }
    return masses;
}

/// Rates of all streams in draw number `draw`.
std::vector<double> drawn_rates(const std::vector<Stream>& streams, std::uint64_t seed, std::uint32_t draw) {
    std::vector<double> rates;
    for (const Stream& stream : streams) {
        const double uniform = uniform_draw(seed, draw, entity_hash("risk/" + stream.scenario), Purpose::resample);
        rates.push_back(stream.rate.quantile(uniform) * static_cast<double>(stream.targets.size()));
    }
    return rates;
}

Expected interval(double value, std::vector<double> draws) {
    std::ranges::sort(draws);
    const auto at = [&draws](double probability) {
        return draws[static_cast<std::size_t>(probability * static_cast<double>(draws.size() - 1))];
    };
    return {value, at(0.025), at(0.975)};
}

/// Days that people can read, as far as the grid tells them apart.
std::vector<double> days_between(double width, double most) {
    constexpr std::array readable{0.001, 0.002, 0.005, 0.01,  0.02,  0.05,  0.1,   0.2,   0.5,   1.0,
                                  2.0,   3.0,   5.0,   7.0,   10.0,  14.0,  21.0,  30.0,  45.0,  60.0,
                                  75.0,  90.0,  120.0, 150.0, 180.0, 240.0, 300.0, 365.0, 540.0, 730.0};
    std::vector<double> days;
    for (const double day : readable)
        if (width <= day && day < most) days.push_back(day);
    return days;
}

/// Linear between the places of the grid.
double at_days(const std::vector<double>& exceedance, double days, double width) {
    const double at = days / width;
    const auto below = std::min(static_cast<std::size_t>(at), exceedance.size() - 2);
    const double above = std::min(at - static_cast<double>(below), 1.0);
    return exceedance[below] * (1 - above) + exceedance[below + 1] * above;
}

std::vector<Exceedance> curve_of(const std::vector<Stream>& streams, std::uint64_t seed) {
    const double most = 2 * largest_in(streams);
    if (most <= 0) return {};
    const double width = most / static_cast<double>(places - 2);
    std::vector<std::vector<double>> masses;
    for (const Stream& stream : streams) masses.push_back(masses_of(stream, width));
    const std::vector<double> days = days_between(width, most);
    std::vector<std::vector<double>> probabilities(days.size());
    for (std::uint32_t draw = 0; draw < curve_draws; ++draw) {
        const std::vector<double> rates = drawn_rates(streams, seed, draw);
        const double total = std::accumulate(rates.begin(), rates.end(), 0.0);
        std::vector<double> mixed(places, 0);
        for (std::size_t stream = 0; stream < streams.size(); ++stream)
            for (std::size_t place = 0; place < places; ++place)
                mixed[place] += rates[stream] / total * masses[stream][place];
        const std::vector<double> exceedance = compound_poisson_exceedance(total, mixed);
        for (std::size_t day = 0; day < days.size(); ++day)
            probabilities[day].push_back(at_days(exceedance, days[day], width));
    }
    std::vector<Exceedance> curve;
    for (std::size_t day = 0; day < days.size(); ++day) {
        const double mean = std::accumulate(probabilities[day].begin(), probabilities[day].end(), 0.0) / curve_draws;
        curve.push_back({days[day], interval(mean, probabilities[day])});
    }
    constexpr double told_at_least = 1e-6;
    while (!curve.empty() && curve.back().probability.value < told_at_least) curve.pop_back();
    return curve;
}

}  // namespace

std::vector<double> compound_poisson_exceedance(double rate, const std::vector<double>& masses) {
    assert(!masses.empty() && rate >= 0);
    // Jumps of nothing are no jumps.
    std::vector<double> probability(masses.size(), 0);
    probability[0] = std::exp(-rate * (1 - masses[0]));
    const auto last_jump = static_cast<std::size_t>(
        masses.rend() - std::ranges::find_if(masses.rbegin(), masses.rend(), [](double mass) { return mass > 0; }));
    std::vector<double> weighted(masses.size());
    for (std::size_t jump = 0; jump < masses.size(); ++jump) weighted[jump] = static_cast<double>(jump) * masses[jump];
    for (std::size_t sum = 1; sum < masses.size(); ++sum) {
        double total = 0;
        for (std::size_t jump = 1; jump <= std::min(sum, last_jump - 1); ++jump)
            total += weighted[jump] * probability[sum - jump];
        probability[sum] = rate / static_cast<double>(sum) * total;
    }
    std::vector<double> exceedance;
    double below = 0;
    for (const double mass : probability) {
        below += mass;
        exceedance.push_back(std::max(0.0, 1 - below));
    }
    return exceedance;
}

AnnualLoss annual_loss(const std::vector<Stream>& streams, std::uint64_t seed) {
    assert(!streams.empty());
    std::vector<std::vector<double>> rates;
    for (std::uint32_t draw = 0; draw < rate_draws; ++draw) rates.push_back(drawn_rates(streams, seed, draw));
    AnnualLoss loss;
    std::vector<double> totals(rate_draws, 0);
    std::vector<double> any(rate_draws, 0);
    for (std::size_t place = 0; place < streams.size(); ++place) {
        const Stream& stream = streams[place];
        assert(!stream.targets.empty());
        const double each = mean_of(stream);
        const double incidents = stream.rate.mean() * static_cast<double>(stream.targets.size());
        std::vector<double> counts;
        std::vector<double> days;
        for (std::uint32_t draw = 0; draw < rate_draws; ++draw) {
            counts.push_back(rates[draw][place]);
            days.push_back(rates[draw][place] * each);
            totals[draw] += days.back();
            any[draw] += counts.back();
        }
        loss.streams.push_back({.scenario = stream.scenario,
                                .incidents = interval(incidents, std::move(counts)),
                                .days_each = each,
                                .days = interval(incidents * each, std::move(days))});
        loss.days.value += incidents * each;
    }
    loss.days = interval(loss.days.value, std::move(totals));
    for (double& rate : any) rate = 1 - std::exp(-rate);
    loss.any = interval(std::accumulate(any.begin(), any.end(), 0.0) / rate_draws, any);
    loss.curve = curve_of(streams, seed);
    return loss;
}

}  // namespace resmon::risk
