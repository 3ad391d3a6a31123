// Which mode of a service counts when, and what follows for due dates and for services that must always stand by.
#pragma once

#include "outage/case.hpp"

#include <span>
#include <vector>

namespace resmon::outage {

/// A mode that has its day: begun at `begin`, with its effective capacity before and after its endurance.
struct BegunMode {
    ModeKind kind = ModeKind::normal;
    double begin = never;  ///< days since the disruption
    double end = never;    ///< of the endurance
    double capacity = 1;   ///< effective: min(k, ℓ·max(1, k))
    double sustained = 0;  ///< effective, from `end`
    double reentry = 0;
};

/// The counting mode on [begin, begin of the next). `down` has capacity 0.
struct CountingMode {
    double begin = 0;
    ModeKind kind = ModeKind::down;
    double capacity = 0;
    double reentry = 0;
};

/// min(k, ℓ·max(1, k)): the share of case variants that the law allows caps what the mode can do.
[[nodiscard]] double effective_capacity(double capacity, double lawful_share);

/// MODEL: once normal has begun it counts, whatever the others can do; before, at every instant the begun mode with the
/// largest effective capacity; at equal capacity the one of better quality. Ascending, first at 0, the last for ever.
[[nodiscard]] std::vector<CountingMode> counting_modes(std::span<const BegunMode> modes);

/// ∫ (1 − min(1, capacity)) dt over [0, horizon]: lost administration days.
[[nodiscard]] double lost_days(std::span<const CountingMode> modes, double horizon);

/// The first day with capacity; infinity if there is none.
[[nodiscard]] double first_capacity_day(std::span<const CountingMode> modes);

/// Hours of capacity 0 beyond the tolerable days, summed per contiguous stretch within [0, horizon].
[[nodiscard]] double hours_beyond(std::span<const CountingMode> modes, double tolerable_days, double horizon);

/// How many of the dates (days since the disruption, ascending) find no capacity.
[[nodiscard]] int missed_dates(std::span<const CountingMode> modes, std::span<const double> dates);

}  // namespace resmon::outage
