#include "engine/distribution.hpp"

#include "statistics/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace resmon::outage {

namespace {

constexpr std::array<double, 5> probabilities{0.1, 0.25, 0.5, 0.75, 0.9};

Quantiles from_array(const std::array<double, 5>& values) {
    return {values[0], values[1], values[2], values[3], values[4]};
}

void add_moments(Distribution& result, double sum, double squares, double courses) {
    result.mean = sum / courses;
    const double variance = courses > 1 ? std::max(0.0, (squares - sum * sum / courses) / (courses - 1)) : 0;
    result.standard_error = std::sqrt(variance / courses);
    if (result.share_never > 0) result.mean = result.standard_error = never;
}

}  // namespace

Ranks::Ranks(std::size_t courses, std::size_t points) : courses_{courses}, points_{points} {
    for (std::size_t place = 0; place < quantiles; ++place) {
        const statistics::RankInterval interval = statistics::quantile_ranks(courses, probabilities[place]);
        const auto rank = static_cast<std::size_t>(std::ceil(probabilities[place] * static_cast<double>(courses)));
        ranks_[middle][place] = std::max<std::size_t>(rank, 1) - 1;
        ranks_[low][place] = interval.low - 1;
        ranks_[high][place] = interval.high - 1;
    }
    for (const Which which : {middle, low, high})
        for (std::size_t place = 0; place < quantiles; ++place) sorted_.push_back({ranks_[which][place], which, place});
    std::ranges::sort(sorted_, {}, &Asked::rank);
}

Distribution Ranks::of_sample(std::span<const double> values) const {
    Distribution result;
    double sum = 0;
    double squares = 0;
    std::size_t finite = 0;
    double least = never;
    double most = 0;
    for (const double value : values) {
        if (value == never) continue;
        ++finite;
        sum += value;
        squares += value * value;
        least = std::min(least, value);
        most = std::max(most, value);
    }
    result.share_never = 1 - static_cast<double>(finite) / static_cast<double>(courses_);
    add_moments(result, sum, squares, static_cast<double>(courses_));
    if (points_ > 0 && result.share_never == 0) result.standard_error = error_of_randomisations(values);
    if (finite == 0 || (finite == values.size() && least == most)) {
        const double only = values.front();
        result.quantiles = result.error_low = result.error_high = {only, only, only, only, only};
        return result;
    }
    // Kept from call to call: a summary asks a thousand times.
    static thread_local std::vector<double> ordered;
    put_in_steps(values, least, most, ordered);
    result.quantiles = chosen(ordered, middle);
    result.error_low = chosen(ordered, low);
    result.error_high = chosen(ordered, high);
    return result;
}

/// Puts values of steps from the least to the most one after the other, and the values of the ranks asked for into
/// their places.
void Ranks::put_in_steps(std::span<const double> values, double least, double most,
                         std::vector<double>& ordered) const {
    constexpr std::size_t steps = 512;
    const double per_step = most > least ? static_cast<double>(steps) / (most - least) : 0;
    const auto step_of = [=](double value) {
        if (value == never) return steps;
        return std::min(static_cast<std::size_t>((value - least) * per_step), steps - 1);
    };
    std::array<std::uint32_t, steps + 2> places{};
    for (const double value : values) ++places[step_of(value) + 1];
    std::partial_sum(places.begin(), places.end(), places.begin());
    ordered.resize(values.size());
    const auto begins = places;
    for (const double value : values) ordered[places[step_of(value)]++] = value;
    std::size_t first = 0;
    for (std::size_t step = 0; step < steps && first < sorted_.size(); ++step) {
        const std::size_t last = static_cast<std::size_t>(
            std::ranges::lower_bound(sorted_, begins[step + 1], {}, &Asked::rank) - sorted_.begin());
        order(ordered, begins[step], begins[step + 1], first, last);
        first = last;
    }
}

double Ranks::error_of_randomisations(std::span<const double> values) const {
    double sum = 0;
    double squares = 0;
    for (std::size_t first = 0; first < values.size(); first += points_) {
        double mean = 0;
        for (std::size_t point = 0; point < points_; ++point) mean += values[first + point];
        mean /= static_cast<double>(points_);
        sum += mean;
        squares += mean * mean;
    }
    Distribution of_means;
    const std::size_t randomisations = values.size() / points_;
    add_moments(of_means, sum, squares, static_cast<double>(randomisations));
    return of_means.standard_error;
}

/// Puts the values of the ranks asked for, [first, last) of sorted_, into their places within [begin, end).
void Ranks::order(std::vector<double>& values, std::size_t begin, std::size_t end, std::size_t first,
                  std::size_t last) const {
    if (first == last || end - begin < 2) return;
    const std::size_t half = (first + last) / 2;
    const std::size_t rank = sorted_[half].rank;
    const auto at = [&](std::size_t place) { return values.begin() + static_cast<std::ptrdiff_t>(place); };
    std::nth_element(at(begin), at(rank), at(end));
    std::size_t before = half;
    while (before > first && sorted_[before - 1].rank == rank) --before;
    std::size_t after = half + 1;
    while (after < last && sorted_[after].rank == rank) ++after;
    order(values, begin, rank, first, before);
    order(values, rank + 1, end, after, last);
}

Quantiles Ranks::chosen(const std::vector<double>& values, Which which) const {
    std::array<double, quantiles> found{};
    for (std::size_t place = 0; place < quantiles; ++place) found[place] = values[ranks_[which][place]];
    return from_array(found);
}

Distribution Ranks::of_counts(const statistics::Scale& scale, std::span<const std::uint32_t> counts) const {
    Distribution result;
    std::array<std::array<double, quantiles>, kinds> values{};
    std::size_t below = 0;
    std::size_t next = 0;
    double sum = 0;
    double squares = 0;
    for (std::size_t bin = 0; bin < counts.size() && below < courses_; ++bin) {
        if (counts[bin] == 0) continue;
        below += counts[bin];
        const double value = scale.value_of(bin);
        for (; next < sorted_.size() && sorted_[next].rank < below; ++next)
            values[sorted_[next].which][sorted_[next].place] = value;
        if (value == never) continue;
        sum += value * counts[bin];
        squares += value * value * counts[bin];
    }
    if (below == 0) return result;
    result.quantiles = from_array(values[middle]);
    result.error_low = from_array(values[low]);
    result.error_high = from_array(values[high]);
    result.share_never = static_cast<double>(counts.back()) / static_cast<double>(below);
    add_moments(result, sum, squares, static_cast<double>(below));
    return result;
}

DailyQuantiles Ranks::daily(const statistics::Scale& scale, std::span<const std::uint32_t> counts) const {
    DailyQuantiles days;
    days.reserve(counts.size() / scale.bins());
    std::vector<std::uint32_t> row(scale.bins(), 0);
    for (; !counts.empty(); counts = counts.subspan(scale.bins())) {
        for (std::size_t bin = 0; bin < row.size(); ++bin) row[bin] += counts[bin];
        std::array<double, quantiles> values{};
        std::size_t below = 0;
        std::size_t place = 0;
        for (std::size_t bin = 0; bin < scale.bins() && place < quantiles; ++bin) {
            below += row[bin];
            for (; place < quantiles && ranks_[middle][place] < below; ++place) values[place] = scale.value_of(bin);
        }
        days.push_back(from_array(values));
    }
    return days;
}

}  // namespace resmon::outage
