// Philox4x32-10 for eight counters at once: the draws of eight courses for one purpose. Source: Salmon et al. 2011,
// Parallel Random Numbers: As Easy as 1, 2, 3.
#pragma once

#include "lanes/lanes.hpp"
#include "lanes/sobol.hpp"

#include <bit>

namespace resmon {

/// A uniform draw in (0, 1) per course; the same as `uniform_draw` (base/random.hpp) for each.
/// `courses`: numbers of the courses, below 2³². `what`: purpose + attempt.
RESMON_LANES Lanes uniform_lanes(std::uint64_t seed, const LaneWords& courses, std::uint64_t entity,
                                 std::uint32_t what) {
    constexpr std::uint64_t low = 0xffffffff;
    constexpr std::uint64_t first_factor = 0xd2511f53;
    constexpr std::uint64_t second_factor = 0xcd9e8d57;
    constexpr std::uint32_t first_weyl = 0x9e3779b9;
    constexpr std::uint32_t second_weyl = 0xbb67ae85;
    auto first_key = static_cast<std::uint32_t>(seed);
    auto second_key = static_cast<std::uint32_t>(seed >> 32);
    LaneWords a = courses;
    LaneWords b = entity & low;
    LaneWords c = entity >> 32;
    LaneWords d = std::uint64_t{what};
    for (int round = 0; round < 10; ++round) {
        const LaneWords first = a * first_factor;
        const LaneWords second = c * second_factor;
        a = (second >> 32) ^ b ^ std::uint64_t{first_key};
        b = second & low;
        c = (first >> 32) ^ d ^ std::uint64_t{second_key};
        d = first & low;
        first_key += first_weyl;
        second_key += second_weyl;
    }
    const LaneWords cell = ((a << 32) | b) >> 12;
    // The middle of one of 2⁵² equal cells: the cell as mantissa of [1, 2), minus 1, plus half a cell.
    constexpr std::uint64_t one = 0x3ff0000000000000;
    return (same_bits<Lanes>(cell | LaneWords{one}) - 1.0) + 0x1p-53;
}

/// As `quasi_random_draw` (base/random.hpp). `shift`: Purpose::shift.
RESMON_LANES Lanes quasi_random_lanes(std::uint64_t seed, const LaneWords& courses, std::uint32_t points,
                                      std::size_t dimension, std::uint64_t entity, std::uint32_t what,
                                      std::uint32_t shift) {
    const int bits = std::countr_zero(points);
    const Lanes moved = uniform_lanes(seed, courses >> bits, entity, shift + what);
    const LaneWords number = courses & LaneWords{std::uint64_t{points} - 1};
    const LaneWords point = sobol::coordinate(number, dimension, bits) ^ sobol::fraction<Lanes, LaneWords>(moved);
    return sobol::with_rest(point, uniform_lanes(seed, courses, entity, what));
}

}  // namespace resmon
