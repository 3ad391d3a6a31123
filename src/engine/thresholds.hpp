// When eight courses reach something: a day, a level that they keep, enough of many that count differently.
#pragma once

#include "lanes/lanes.hpp"
#include "outage/case.hpp"

#include <cstdint>
#include <vector>

namespace resmon::outage {

/// Rounding must not keep a curve below its threshold.
inline constexpr double rounding = 1e-9;

/// The first whole day on which what begins then counts; `days` for later ones.
RESMON_LANES LaneInts day_index(const Lanes& day, std::size_t days) {
    const Lanes within = smaller(day, Lanes(static_cast<double>(days)));
    const Lanes below = real(whole(within));
    return whole(choose(below < within, below + 1.0, below));
}

RESMON_LANES Lanes within(const Lanes& day, double horizon) { return choose(day <= horizon, day, Lanes(never)); }

/// The day from which a curve stays at a threshold to the end, told day by day.
struct StaysFrom {
    double threshold;
    Lanes last_below = Lanes{} - 1.0;
    LaneMask is_below{};

    RESMON_LANES void see(std::size_t day, const Lanes& value) {
        is_below = value < threshold - rounding;
        last_below = choose(is_below, Lanes(static_cast<double>(day)), last_below);
    }
    [[nodiscard]] RESMON_LANES Lanes day() const { return choose(is_below, Lanes(never), last_below + 1.0); }
};

/// Asks for the smallest of the values at which those not larger weigh at least `target`.
struct RankQuestion {
    const Lanes* rows = nullptr;
    const std::uint32_t* which = nullptr;
    const double* weights = nullptr;  ///< in the order of `which`
    std::size_t count = 0;
    double target = 0;
    std::vector<double>* answer = nullptr;
};

RESMON_LANES Lanes weight_until(const RankQuestion& question, const Lanes& most) {
    Lanes sum{};
    for (std::size_t place = 0; place < question.count; ++place)
        sum = sum + choose(question.rows[question.which[place]] <= most, Lanes(question.weights[place]), Lanes{});
    return sum;
}

/// Infinity if the finite values do not weigh enough. Bisection until few are left, then one after the other:
/// exact.
RESMON_LANES Lanes weighted_rank(const RankQuestion& question, double horizon) {
    if (question.count == 1) return question.rows[question.which[0]];
    Lanes low = Lanes(-1);
    Lanes high = Lanes(horizon);
    LaneMask open = weight_until(question, high) >= question.target;
    constexpr int halvings = 9;
    for (int halving = 0; halving < halvings && question.count > 4; ++halving) {
        const Lanes middle = (low + high) / 2.0;
        const auto is_enough = weight_until(question, middle) >= question.target;
        high = choose(is_enough, middle, high);
        low = choose(is_enough, low, middle);
    }
    Lanes found = Lanes(never);
    while (any(open)) {
        Lanes next = Lanes(never);
        for (std::size_t place = 0; place < question.count; ++place) {
            const Lanes value = question.rows[question.which[place]];
            next = choose((value > low) & (value < next), value, next);
        }
        const auto is_enough = weight_until(question, next) >= question.target;
        found = choose(open & is_enough, next, found);
        open = open & ~is_enough;
        low = next;
    }
    return found;
}

}  // namespace resmon::outage
