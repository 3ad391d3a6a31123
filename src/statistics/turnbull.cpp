#include "statistics/turnbull.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>
#include <tuple>

namespace resmon::statistics {

namespace {

/// A duration as the run of support intervals that it may lie in: [first, last].
struct Run {
    std::size_t first = 0;
    std::size_t last = 0;
};

struct Support {
    std::vector<SupportInterval> intervals;
    std::vector<Run> runs;  ///< in the order of the durations
};

/// The end of an interval: where it lies, and whether the point itself is outside (open to the left).
struct End {
    double time = 0;
    bool is_after = false;
    bool is_right = false;

    [[nodiscard]] auto order() const { return std::tuple{time, is_after, is_right}; }
};

End left_end(const ObservedDuration& duration) { return {duration.low, !duration.is_exact(), false}; }
End right_end(const ObservedDuration& duration) { return {duration.high, false, true}; }

/// Turnbull's innermost intervals: a left end directly followed by a right end.
Support support_of(std::span<const ObservedDuration> durations) {
    std::vector<End> ends;
    for (const ObservedDuration& duration : durations) {
        ends.push_back(left_end(duration));
        ends.push_back(right_end(duration));
    }
    std::ranges::sort(ends, {}, &End::order);
    Support support;
    std::vector<End> lefts;
    std::vector<End> rights;
    for (std::size_t end = 0; end + 1 < ends.size(); ++end)
        if (!ends[end].is_right && ends[end + 1].is_right) {
            support.intervals.push_back({ends[end].time, ends[end + 1].time, 0});
            lefts.push_back(ends[end]);
            rights.push_back(ends[end + 1]);
        }
    for (const ObservedDuration& duration : durations) {
        const auto first = std::ranges::lower_bound(lefts, left_end(duration).order(), {}, &End::order);
        const auto after = std::ranges::upper_bound(rights, right_end(duration).order(), {}, &End::order);
        support.runs.push_back(
            {static_cast<std::size_t>(first - lefts.begin()), static_cast<std::size_t>(after - rights.begin()) - 1});
    }
    return support;
}

/// Shares as a cumulative sum: below[j] = what lies before interval j; |intervals| + 1 entries, 0 … 1.
using Below = std::vector<double>;

class Likelihood {
public:
    explicit Likelihood(const Support& support) : runs_{support.runs}, size_{support.intervals.size()} {}

    [[nodiscard]] double at(const Below& below) const {
        double sum = 0;
        for (const Run& run : runs_) {
            const double mass = below[run.last + 1] - below[run.first];
            if (mass <= 0) return -std::numeric_limits<double>::infinity();
            sum += std::log(mass);
        }
        return sum;
    }

    /// By interval: Σ over the durations that may lie in it of 1 / their probability. At the maximum n where there is
    /// a share, and nowhere above.
    [[nodiscard]] std::vector<double> pull(const Below& below) const {
        std::vector<double> change(size_ + 1, 0);
        for (const Run& run : runs_) {
            const double inverse = 1 / (below[run.last + 1] - below[run.first]);
            change[run.first] += inverse;
            change[run.last + 1] -= inverse;
        }
        for (std::size_t interval = 1; interval < change.size(); ++interval) change[interval] += change[interval - 1];
        change.pop_back();
        return change;
    }

    /// Self-consistency: every share times its pull per duration. Never lowers the likelihood.
    void step_self_consistent(Below& below) const {
        const std::vector<double> pulls = pull(below);
        Below shares(size_);
        double total = 0;
        for (std::size_t interval = 0; interval < size_; ++interval) {
            shares[interval] = (below[interval + 1] - below[interval]) * std::max(0.0, pulls[interval]);
            total += shares[interval];
        }
        below[0] = 0;
        for (std::size_t interval = 0; interval < size_; ++interval)
            below[interval + 1] = below[interval] + shares[interval] / total;
        below[size_] = 1;
    }

    /// A Newton step with the diagonal of the Hessian, made monotone by weighted isotonic regression, shortened until
    /// the likelihood does not fall.
    void step_convex_minorant(Below& below) const {
        if (size_ < 2) return;
        std::vector<double> slope(size_ + 1, 0);
        std::vector<double> curvature(size_ + 1, 0);
        for (const Run& run : runs_) {
            const double inverse = 1 / (below[run.last + 1] - below[run.first]);
            slope[run.last + 1] += inverse;
            slope[run.first] -= inverse;
            curvature[run.last + 1] += inverse * inverse;
            curvature[run.first] += inverse * inverse;
        }
        Below wished = isotonic(below, slope, curvature);
        const double now = at(below);
        for (int halving = 0; halving < 30; ++halving) {
            if (at(wished) >= now) {
                below = std::move(wished);
                return;
            }
            for (std::size_t place = 0; place < wished.size(); ++place)
                wished[place] = (wished[place] + below[place]) / 2;
        }
    }

private:
    /// Pool adjacent violators over the inner places.
    [[nodiscard]] Below isotonic(const Below& below, const std::vector<double>& slope,
                                 const std::vector<double>& curvature) const {
        struct Block {
            double weight = 0;
            double value = 0;
            std::size_t places = 0;
        };
        std::vector<Block> blocks;
        for (std::size_t place = 1; place < size_; ++place) {
            blocks.push_back({curvature[place], below[place] + slope[place] / curvature[place], 1});
            while (blocks.size() > 1 && blocks[blocks.size() - 2].value >= blocks.back().value) {
                const Block last = blocks.back();
                blocks.pop_back();
                Block& joined = blocks.back();
                joined.value =
                    (joined.value * joined.weight + last.value * last.weight) / (joined.weight + last.weight);
                joined.weight += last.weight;
                joined.places += last.places;
            }
        }
        Below wished{0};
        for (const Block& block : blocks) wished.insert(wished.end(), block.places, std::clamp(block.value, 0.0, 1.0));
        wished.push_back(1);
        return wished;
    }

    const std::vector<Run>& runs_;
    std::size_t size_;
};

}  // namespace

TurnbullEstimate turnbull(std::span<const ObservedDuration> durations) {
    assert(!durations.empty());
    const Support support = support_of(durations);
    const std::size_t size = support.intervals.size();
    const Likelihood likelihood{support};
    Below below(size + 1);
    for (std::size_t place = 0; place <= size; ++place)
        below[place] = static_cast<double>(place) / static_cast<double>(size);

    TurnbullEstimate estimate;
    const auto count = static_cast<double>(durations.size());
    constexpr double close_enough = 1e-9;
    constexpr int most_rounds = 5'000;
    for (int round = 0; round < most_rounds; ++round) {
        likelihood.step_convex_minorant(below);
        likelihood.step_self_consistent(below);
        estimate.gap = std::ranges::max(likelihood.pull(below)) / count - 1;
        if (estimate.gap < close_enough) break;
    }
    estimate.log_likelihood = likelihood.at(below);
    constexpr double nothing = 1e-9;
    for (std::size_t interval = 0; interval < size; ++interval) {
        const double share = below[interval + 1] - below[interval];
        if (share > nothing)
            estimate.support.push_back({support.intervals[interval].low, support.intervals[interval].high, share});
    }
    return estimate;
}

SupportInterval median_interval_of(std::span<const SupportInterval> support) {
    double below = 0;
    for (const SupportInterval& interval : support) {
        below += interval.share;
        if (below >= 0.5) return interval;
    }
    assert(!support.empty());
    return support.back();
}

}  // namespace resmon::statistics
