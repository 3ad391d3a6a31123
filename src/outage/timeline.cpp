#include "outage/timeline.hpp"

#include <algorithm>
#include <iterator>

namespace resmon::outage {

double effective_capacity(double capacity, double lawful_share) {
    return std::min(capacity, lawful_share * std::max(1.0, capacity));
}

std::vector<CountingMode> counting_modes(std::span<const BegunMode> modes) {
    double normal = never;
    std::vector<double> changes{0};
    for (const BegunMode& mode : modes) {
        if (mode.kind == ModeKind::normal)
            normal = std::min(normal, mode.begin);
        else
            changes.insert(changes.end(), {mode.begin, mode.end});
    }
    std::ranges::sort(changes);

    std::vector<CountingMode> counting;
    const auto follow = [&counting](const CountingMode& next) {
        const bool is_same = !counting.empty() && counting.back().kind == next.kind &&
                             counting.back().capacity == next.capacity && counting.back().reentry == next.reentry;
        if (!is_same) counting.push_back(next);
    };
    for (auto change = changes.begin(); change != changes.end() && *change < normal; ++change) {
        if (std::next(change) != changes.end() && *std::next(change) == *change) continue;
        CountingMode best{.begin = *change};
        for (const BegunMode& mode : modes) {
            if (mode.kind == ModeKind::normal || mode.begin > *change) continue;
            const double capacity = *change < mode.end ? mode.capacity : mode.sustained;
            const bool is_better =
                capacity > best.capacity || (capacity == best.capacity && capacity > 0 && mode.kind < best.kind);
            if (is_better) best = {*change, mode.kind, capacity, mode.reentry};
        }
        follow(best);
    }
    if (normal < never) follow({.begin = normal, .kind = ModeKind::normal, .capacity = 1});
    return counting;
}

double lost_days(std::span<const CountingMode> modes, double horizon) {
    double lost = 0;
    for (std::size_t stretch = 0; stretch < modes.size() && modes[stretch].begin < horizon; ++stretch) {
        const double end = stretch + 1 < modes.size() ? std::min(modes[stretch + 1].begin, horizon) : horizon;
        lost += (1 - std::min(1.0, modes[stretch].capacity)) * (end - modes[stretch].begin);
    }
    return lost;
}

double first_capacity_day(std::span<const CountingMode> modes) {
    const auto first = std::ranges::find_if(modes, [](const CountingMode& mode) { return mode.capacity > 0; });
    return first == modes.end() ? never : first->begin;
}

double hours_beyond(std::span<const CountingMode> modes, double tolerable_days, double horizon) {
    double hours = 0;
    for (std::size_t stretch = 0; stretch < modes.size() && modes[stretch].begin < horizon; ++stretch) {
        if (modes[stretch].capacity > 0) continue;
        const double end = stretch + 1 < modes.size() ? std::min(modes[stretch + 1].begin, horizon) : horizon;
        hours += std::max(0.0, end - modes[stretch].begin - tolerable_days) * 24;
    }
    return hours;
}

int missed_dates(std::span<const CountingMode> modes, std::span<const double> dates) {
    int missed = 0;
    std::size_t stretch = 0;
    for (const double date : dates) {
        while (stretch + 1 < modes.size() && modes[stretch + 1].begin <= date) ++stretch;
        missed += modes[stretch].capacity > 0 ? 0 : 1;
    }
    return missed;
}

}  // namespace resmon::outage
