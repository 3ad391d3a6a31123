// Which draws of a case get their place among quasi-random points (Sampling::points): the few that explain most of the
// variance. All others stay random.
#pragma once

#include <cstdint>
#include <vector>

namespace resmon::outage {

struct Compiled;

/// Numbers of dimensions, by position in the case, of steps by position in Compiled::steps.
struct Dimensions {
    static constexpr std::uint8_t none = 0xff;
    static constexpr std::uint8_t severity = 0;
    std::vector<std::uint8_t> owners, backups, estimates, steps;
};

/// Severity first, then backups, the owners with most work, the probability that backups survive, and the tasks whose
/// duration spreads most (median times σ). What belongs to one body alone has none, so that a further body changes
/// nothing. Of a case that is summed with others the severity alone: a thing of several cases must be drawn alike in
/// all, and any other dimension would depend on what else a case has.
[[nodiscard]] Dimensions dimensions_of(const Compiled& compiled);

}  // namespace resmon::outage
