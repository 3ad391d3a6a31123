// Points that fill a cube more evenly than random ones: Sobol' sequences, of which each course takes one point. Source:
// Joe, Kuo 2008, Constructing Sobol sequences with better two-dimensional projections, table new-joe-kuo-6.
#pragma once

#include "lanes/lanes.hpp"

#include <array>
#include <bit>
#include <type_traits>

namespace resmon::sobol {

inline constexpr std::size_t dimensions = 16;
inline constexpr std::size_t most_bits = 32;

using Directions = std::array<std::array<std::uint64_t, most_bits>, dimensions>;

/// Direction numbers as binary fractions of 32 bits, by dimension and bit of the point's number.
consteval Directions directions_of_joe_and_kuo() {
    struct Row {
        std::uint32_t polynomial;  ///< primitive, with its first and last coefficient
        std::array<std::uint32_t, 6> first;
    };
    constexpr std::array<Row, dimensions> rows{{{1, {}},
                                                {3, {1}},
                                                {7, {1, 3}},
                                                {11, {1, 3, 1}},
                                                {13, {1, 1, 1}},
                                                {19, {1, 1, 3, 3}},
                                                {25, {1, 3, 5, 13}},
                                                {37, {1, 1, 5, 5, 17}},
                                                {41, {1, 1, 5, 5, 5}},
                                                {47, {1, 1, 7, 11, 19}},
                                                {55, {1, 1, 5, 1, 1}},
                                                {59, {1, 1, 1, 3, 11}},
                                                {61, {1, 3, 5, 5, 31}},
                                                {67, {1, 3, 3, 9, 7, 49}},
                                                {91, {1, 1, 1, 15, 21, 21}},
                                                {97, {1, 3, 1, 13, 27, 49}}}};
    Directions directions{};
    for (std::size_t dimension = 0; dimension < dimensions; ++dimension) {
        const Row& row = rows[dimension];
        const auto degree = static_cast<std::size_t>(std::bit_width(row.polynomial)) - 1;
        std::array<std::uint64_t, most_bits> m{};
        for (std::size_t bit = 0; bit < most_bits; ++bit) {
            if (degree == 0)
                m[bit] = 1;
            else if (bit < degree)
                m[bit] = row.first[bit];
            else {
                m[bit] = m[bit - degree] ^ (m[bit - degree] << degree);
                for (std::size_t term = 1; term < degree; ++term)
                    if ((row.polynomial >> (degree - term) & 1) != 0) m[bit] ^= m[bit - term] << term;
            }
            directions[dimension][bit] = m[bit] << (most_bits - 1 - bit);
        }
    }
    return directions;
}

inline constexpr Directions directions = directions_of_joe_and_kuo();

/// The coordinate of a point as a binary fraction of 32 bits. `bits`: the point's number is below 2^bits.
template <class Word>
RESMON_LANES Word coordinate(const Word& number, std::size_t dimension, int bits) {
    Word point{0};
    for (int bit = 0; bit < bits; ++bit) {
        const Word has_bit = Word{0} - ((number >> bit) & Word{1});
        point = point ^ (has_bit & Word{directions[dimension][static_cast<std::size_t>(bit)]});
    }
    return point;
}

/// The first 32 bits of a number in (0, 1).
template <class Real, class Word>
RESMON_LANES Word fraction(const Real& number) {
    return (same_bits<Word>(Real{number + 1.0}) >> 20) & Word{0xffffffff};
}

/// A number in (0, 1) whose first 32 bits are given and whose others come from another number in (0, 1).
template <class Real, class Word>
RESMON_LANES Real with_rest(const Word& first, const Real& rest) {
    // 2⁵² with the bits as its last: a whole number without rounding.
    const Real whole = same_bits<Real>(first | Word{0x4330000000000000}) - 0x1p52;
    return smaller(Real{(whole + rest) * 0x1p-32}, Real{1 - 0x1p-53});
}

}  // namespace resmon::sobol
