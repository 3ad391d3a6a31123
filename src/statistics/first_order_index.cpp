#include "statistics/first_order_index.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cmath>
#include <numeric>
#include <thread>

namespace resmon::statistics {

namespace {

constexpr std::size_t most_bins = 32;

/// Many enough that little is lost within a bin, few enough that a bin's mean is worth something.
std::size_t bins_for(std::size_t courses) {
    return std::clamp<std::size_t>(static_cast<std::size_t>(std::sqrt(static_cast<double>(courses)) / 3), 4, most_bins);
}

/// The bin of each course by the rank of its value; equal values share the bin of their first.
std::vector<std::uint8_t> bins_of(const std::vector<double>& values, std::size_t bins) {
    std::vector<std::pair<double, std::uint32_t>> order(values.size());
    for (std::uint32_t course = 0; course < order.size(); ++course) order[course] = {values[course], course};
    std::ranges::sort(order);
    std::vector<std::uint8_t> bin(values.size());
    std::size_t first = 0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        if (order[rank].first != order[first].first) first = rank;
        bin[order[rank].second] = static_cast<std::uint8_t>(first * bins / order.size());
    }
    return bin;
}

struct Sum {
    double weight = 0;
    double weighted = 0;
};

/// (between − (m − 1) · within) / all, with `within` the mean square inside bins: Kelley's ε².
double corrected_ratio(std::span<const Sum> bins, double squares, double courses) {
    double total = 0;
    double between = 0;
    double used = 0;
    for (const Sum& bin : bins) {
        if (bin.weight <= 0) continue;
        ++used;
        total += bin.weighted;
        between += bin.weighted * bin.weighted / bin.weight;
    }
    const double around_zero = total * total / courses;
    const double all = squares - around_zero;
    const double explained = between - around_zero;
    if (all <= 0 || used < 2 || courses <= used) return 0;
    return (explained - (used - 1) * (all - explained) / (courses - used)) / all;
}

/// How often each course is drawn when as many as there are are drawn with replacement.
void resample(std::uint64_t seed, std::uint32_t number, std::vector<Sum>& drawn, std::span<const double> output) {
    static const std::uint64_t entity = entity_hash("bootstrap");
    std::ranges::fill(drawn, Sum{});
    const auto courses = static_cast<double>(drawn.size());
    for (std::uint32_t draw = 0; draw < drawn.size(); ++draw) {
        const double place = uniform_draw(seed, draw, entity, Purpose::bootstrap, number) * courses;
        const auto course = std::min(static_cast<std::size_t>(place), drawn.size() - 1);
        drawn[course].weight += 1;
        drawn[course].weighted += output[course];
    }
}

class Estimator {
public:
    Estimator(std::span<const std::vector<double>> inputs, std::span<const double> output)
        : bins_{bins_for(output.size())}, output_(output.begin(), output.end()) {
        // Around the mean, so that sums of squares keep their digits.
        const double mean = std::accumulate(output_.begin(), output_.end(), 0.0) / static_cast<double>(output_.size());
        for (double& value : output_) value -= mean;
        for (const std::vector<double>& input : inputs) {
            assert(input.size() == output.size());
            bin_of_.push_back(bins_of(input, bins_));
        }
    }

    [[nodiscard]] std::vector<double> of_all() const {
        std::vector<Sum> once(output_.size());
        for (std::size_t course = 0; course < once.size(); ++course) once[course] = {1, output_[course]};
        return of(once);
    }

    [[nodiscard]] std::vector<double> of_resample(std::uint64_t seed, std::uint32_t number) const {
        std::vector<Sum> drawn(output_.size());
        resample(seed, number, drawn, output_);
        return of(drawn);
    }

private:
    [[nodiscard]] std::vector<double> of(const std::vector<Sum>& drawn) const {
        double squares = 0;
        for (std::size_t course = 0; course < drawn.size(); ++course)
            squares += drawn[course].weighted * output_[course];
        std::vector<double> ratios;
        std::vector<Sum> sums(bins_);
        for (const std::vector<std::uint8_t>& bins : bin_of_) {
            std::ranges::fill(sums, Sum{});
            for (std::size_t course = 0; course < drawn.size(); ++course) {
                Sum& sum = sums[bins[course]];
                sum.weight += drawn[course].weight;
                sum.weighted += drawn[course].weighted;
            }
            ratios.push_back(corrected_ratio(sums, squares, static_cast<double>(drawn.size())));
        }
        return ratios;
    }

    std::size_t bins_;
    std::vector<double> output_;
    std::vector<std::vector<std::uint8_t>> bin_of_;
};

}  // namespace

std::vector<FirstOrderIndex> first_order_indices(std::span<const std::vector<double>> inputs,
                                                 std::span<const double> output, const Bootstrap& bootstrap) {
    constexpr double normal_975 = 1.959964;
    const double normal_of_all =
        normal_quantile(1 - 0.025 / static_cast<double>(std::max<std::size_t>(inputs.size(), 1)));
    assert(output.size() >= 20);
    const Estimator estimator{inputs, output};
    const std::vector<double> ratios = estimator.of_all();

    std::vector<std::vector<double>> resampled(bootstrap.resamples);
    std::atomic<std::uint32_t> next{0};
    const auto work = [&] {
        for (std::uint32_t number = next++; number < bootstrap.resamples; number = next++)
            resampled[number] = estimator.of_resample(bootstrap.seed, number);
    };
    {
        std::vector<std::jthread> others;
        const unsigned threads =
            bootstrap.threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : bootstrap.threads;
        for (unsigned thread = 1; thread < threads; ++thread) others.emplace_back(work);
        work();
    }

    std::vector<FirstOrderIndex> indices;
    for (std::size_t input = 0; input < ratios.size(); ++input) {
        double mean = 0;
        double squares = 0;
        const auto count = static_cast<double>(bootstrap.resamples);
        for (const std::vector<double>& one : resampled) mean += one[input] / count;
        for (const std::vector<double>& one : resampled) squares += (one[input] - mean) * (one[input] - mean);
        const double error = count > 1 ? std::sqrt(squares / (count - 1)) : 0;
        indices.push_back({.index = ratios[input],
                           .low = ratios[input] - normal_975 * error,
                           .high = ratios[input] + normal_975 * error,
                           .is_distinguishable = ratios[input] > normal_of_all * error});
    }
    return indices;
}

}  // namespace resmon::statistics
