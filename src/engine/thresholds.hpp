// When eight courses reach something: a day, a level that they keep, enough of many that count differently.
#pragma once

#include "lanes/lanes.hpp"
#include "outage/case.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace resmon::outage {

/// Rounding must not keep a curve below its threshold.
inline constexpr double rounding = 1e-9;

/// The first whole day on which what begins then counts; `days` for later ones.
RESMON_LANES LaneInts day_index(const Lanes& day, std::size_t days) {
    const Lanes within = smaller(day, Lanes(static_cast<double>(days)));
    const LaneInts below = whole(within);
    return below + ones_of(real(below) < within);
}

RESMON_LANES Lanes within(const Lanes& day, double horizon) { return choose(day <= horizon, day, Lanes(never)); }

/// The day from which a curve stays at a threshold to the end, told on each day on which it changes.
struct StaysFrom {
    double threshold;
    Lanes since{};
    LaneMask is_below{};

    RESMON_LANES void see(std::size_t day, const Lanes& value) {
        const LaneMask was_below = is_below;
        is_below = value < threshold - rounding;
        since = choose(was_below & ~is_below, Lanes(static_cast<double>(day)), since);
    }
    [[nodiscard]] RESMON_LANES Lanes day() const { return choose(is_below, Lanes(never), since); }
};

/// A set of days.
class Days {
public:
    explicit Days(std::size_t days) : is_in_((days / word_size + 1) * word_size, 0) {}

    void insert(std::size_t day) { is_in_[day] = 1; }
    void insert(const Days& others) {
        for (std::size_t day = 0; day < is_in_.size(); ++day) is_in_[day] |= others.is_in_[day];
    }
    void clear() { std::ranges::fill(is_in_, std::uint8_t{0}); }

    /// Calls `see` with each day, ascending.
    template <class See>
    RESMON_LANES void each(See see) const {
        for (std::size_t first = 0; first < is_in_.size(); first += word_size) {
            std::uint64_t rest = 0;
            std::memcpy(&rest, &is_in_[first], word_size);
            for (; rest != 0; rest &= rest - 1)
                see(first + static_cast<std::size_t>(std::countr_zero(rest)) / word_size);
        }
    }

private:
    static constexpr std::size_t word_size = sizeof(std::uint64_t);
    /// A byte for each: eight courses that insert at once do not wait for one another.
    std::vector<std::uint8_t> is_in_;
};

/// Values of things that count differently, by course.
struct WeightedRows {
    const Lanes* rows = nullptr;
    const std::uint32_t* which = nullptr;  ///< of the rows, by thing
    const double* weights = nullptr;       ///< by thing
    std::size_t count = 0;                 ///< of things
};

/// Finds the smallest of the values at which those not larger weigh at least a target; infinity if the finite ones do
/// not. Weights are first added up in a few steps from the smallest value to the largest; only the values of the step
/// in which the target is reached are then put in order.
class WeightedRank {
public:
    template <std::size_t count>
    RESMON_LANES std::array<Lanes, count> of(const WeightedRows& values, const std::array<double, count>& targets) {
        std::array<Lanes, count> answers;
        if (values.count == 1) {
            answers.fill(values.rows[values.which[0]]);
            return answers;
        }
        steps_ = values.count <= few_things ? few_steps : most_steps;
        add_up(values);
        for (std::size_t target = 0; target < count; ++target) answers[target] = find(values, targets[target]);
        return answers;
    }

private:
    static constexpr std::size_t most_steps = 255;
    /// More steps leave fewer values to put in order, and each takes its time.
    static constexpr std::size_t few_steps = 64, few_things = 512;
    using LaneBytes [[gnu::vector_size(lane_count)]] = std::uint8_t;
    struct Candidate {
        double value, weight;
    };

    RESMON_LANES void add_up(const WeightedRows& values) {
        Lanes low = Lanes(never);
        Lanes high = Lanes(-1);
        for (std::size_t thing = 0; thing < values.count; ++thing) {
            const Lanes value = values.rows[values.which[thing]];
            low = smaller(value, low);
            high = choose((value < never) & (value > high), value, high);
        }
        const auto steps = static_cast<double>(steps_);
        const auto differ = low < high;
        const Lanes per_step = choose(differ, steps / choose(differ, high - low, Lanes(1)), Lanes{});
        std::fill_n(weights_.begin(), steps_ + 1, Lanes{});
        if (step_of_.size() < values.count) {
            step_of_.resize(values.count);
            candidates_.resize(values.count * lane_count);
        }
        double* weights = reinterpret_cast<double*>(weights_.data());
        for (std::size_t thing = 0; thing < values.count; ++thing) {
            const Lanes value = values.rows[values.which[thing]];
            const Lanes place = choose(value < never, (value - low) * per_step, Lanes(steps));
            const Lanes within = choose(value < never, smaller(place, Lanes(steps - 1)), place);
            const LaneInts step = whole(within);
            step_of_[thing] = narrow<std::uint8_t>(step);
            for (std::size_t lane = 0; lane < lane_count; ++lane)
                weights[static_cast<std::size_t>(step[lane]) * lane_count + lane] += values.weights[thing];
        }
    }

    RESMON_LANES Lanes find(const WeightedRows& values, double target) {
        Lanes reached{};
        Lanes before{};
        Lanes step_of_target{};
        for (std::size_t step = 0; step < steps_; ++step) {
            const auto goes_on = reached < target;
            before = choose(goes_on, reached, before);
            step_of_target = choose(goes_on, Lanes(static_cast<double>(step)), step_of_target);
            reached = reached + choose(goes_on, weights_[step], Lanes{});
        }
        const LaneBytes wanted = narrow<std::uint8_t>(whole(step_of_target));
        std::array<std::size_t, lane_count> found{};
        for (std::size_t thing = 0; thing < values.count; ++thing) {
            constexpr std::uint64_t one_of_each_byte = 0x0101010101010101;
            const LaneBytes is_wanted = step_of_[thing] == wanted;
            const Lanes& value = values.rows[values.which[thing]];
            for (std::uint64_t rest = std::bit_cast<std::uint64_t>(is_wanted) & one_of_each_byte; rest != 0;
                 rest &= rest - 1) {
                const std::size_t lane = static_cast<std::size_t>(std::countr_zero(rest)) / lane_count;
                candidates_[lane * values.count + found[lane]++] = {value[lane], values.weights[thing]};
            }
        }
        Lanes answer = Lanes(never);
        for (std::size_t lane = 0; lane < lane_count; ++lane)
            if (reached[lane] >= target && found[lane] > 0)
                answer.put(lane, smallest(std::span{candidates_}.subspan(lane * values.count, found[lane]),
                                          target - before[lane]));
        return answer;
    }

    /// Among at least one.
    static double smallest(std::span<Candidate> among, double target) {
        while (among.size() > 1) {
            const double middle = among[among.size() / 2].value;
            const auto weight_of = [](std::span<const Candidate> some) {
                double weight = 0;
                for (const Candidate& candidate : some) weight += candidate.weight;
                return weight;
            };
            const auto rest =
                std::ranges::partition(among, [middle](const Candidate& of) { return of.value < middle; });
            const std::span below{among.begin(), rest.begin()};
            const double weight_below = weight_of(below);
            if (weight_below >= target && !below.empty()) {
                among = below;
                continue;
            }
            const auto above =
                std::ranges::partition(rest, [middle](const Candidate& of) { return of.value == middle; });
            const double weight_equal = weight_of({rest.begin(), above.begin()});
            if (weight_below + weight_equal >= target || above.empty()) return middle;
            target -= weight_below + weight_equal;
            among = above;
        }
        return among.front().value;
    }

    std::size_t steps_ = 0;
    std::array<Lanes, most_steps + 1> weights_;  ///< by step; the last is infinity
    std::vector<LaneBytes> step_of_;             ///< by thing
    std::vector<Candidate> candidates_;          ///< by lane, as many as things at most
};

}  // namespace resmon::outage
