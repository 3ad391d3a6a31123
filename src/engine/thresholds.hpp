// When eight courses reach something: a day, a level that they keep, enough of many that count differently.
#pragma once

#include "lanes/lanes.hpp"
#include "outage/case.hpp"

#include <bit>
#include <cstddef>
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
    explicit Days(std::size_t days) : words_(days / bits + 1, 0) {}

    void insert(std::size_t day) { words_[day / bits] |= std::uint64_t{1} << day % bits; }
    void insert(const Days& others) {
        for (std::size_t word = 0; word < words_.size(); ++word) words_[word] |= others.words_[word];
    }
    void clear() { words_.assign(words_.size(), 0); }

    /// Calls `see` with each day, ascending.
    template <class See>
    RESMON_LANES void each(See see) const {
        for (std::size_t word = 0; word < words_.size(); ++word)
            for (std::uint64_t rest = words_[word]; rest != 0; rest &= rest - 1)
                see(word * bits + static_cast<std::size_t>(std::countr_zero(rest)));
    }

private:
    static constexpr std::size_t bits = 64;
    std::vector<std::uint64_t> words_;
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

/// Infinity if the finite values do not weigh enough. Halves an interval that holds the answer; then, exactly, one
/// whose ends are values themselves, until they meet.
RESMON_LANES Lanes weighted_rank(const RankQuestion& question, double horizon) {
    const auto value_of = [&question](std::size_t place)
                              RESMON_LANES_LAMBDA { return question.rows[question.which[place]]; };
    if (question.count == 1) return value_of(0);
    Lanes low = Lanes(never);
    Lanes high = Lanes(-1);
    Lanes reached{};
    double all = 0;
    for (std::size_t place = 0; place < question.count; ++place) {
        const Lanes value = value_of(place);
        const auto is_finite = value <= horizon;
        low = smaller(value, low);
        high = choose(is_finite & (value > high), value, high);
        reached = reached + choose(is_finite, Lanes(question.weights[place]), Lanes{});
        all += question.weights[place];
    }
    const LaneMask is_reached = reached >= question.target;
    // Who asks for all asks for the last.
    const LaneMask is_answered = is_reached & (low <= high);
    if (all > 0 && question.target >= all) return choose(is_answered, high, Lanes(never));

    constexpr int halvings = 12;
    for (int halving = 0; halving < halvings && question.count > halvings; ++halving) {
        const Lanes middle = (low + high) / 2.0;
        Lanes weight{};
        for (std::size_t place = 0; place < question.count; ++place)
            weight = weight + choose(value_of(place) <= middle, Lanes(question.weights[place]), Lanes{});
        const auto is_enough = weight >= question.target;
        high = choose(is_enough, middle, high);
        low = choose(is_enough, low, middle);
    }
    while (any(is_answered & (low < high))) {
        // Between neighbouring numbers there is no middle.
        const Lanes half = (low + high) / 2.0;
        const Lanes middle = choose(half < high, half, low);
        Lanes below = low;
        Lanes above = high;
        Lanes weight{};
        for (std::size_t place = 0; place < question.count; ++place) {
            const Lanes value = value_of(place);
            const auto is_below = value <= middle;
            weight = weight + choose(is_below, Lanes(question.weights[place]), Lanes{});
            below = choose(is_below & (value > below), value, below);
            above = choose(is_below, above, smaller(value, above));
        }
        const auto is_enough = weight >= question.target;
        high = choose(is_enough, below, high);
        low = choose(is_enough, low, above);
    }
    return choose(is_answered, high, Lanes(never));
}

}  // namespace resmon::outage
