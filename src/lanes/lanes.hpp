// Eight numbers at once, one per course: plain operations of the compiler's vectors, the same bits on every CPU.
#pragma once

#include <cstddef>
#include <cstdint>

namespace resmon {

inline constexpr std::size_t lane_count = 8;

/// Functions over lanes are always inlined, so that each is compiled for the instructions of whoever calls it
/// (instructions.hpp) and no vector is passed in a way that depends on them.
#define RESMON_LANES [[gnu::always_inline]] inline
#define RESMON_LANES_LAMBDA __attribute__((always_inline))

/// A compiler's vector with an alignment that does not depend on the instructions. A number stands for as many copies.
template <class Number>
struct alignas(sizeof(Number) * lane_count) Packed {
    using Vector [[gnu::vector_size(sizeof(Number) * lane_count)]] = Number;
    Vector vector;

    Packed() = default;  // `Packed{}` is zero, an array without braces is not filled
    RESMON_LANES Packed(Number number) : vector{Vector{} + number} {}  // NOLINT: a number is meant to fit everywhere
    RESMON_LANES explicit Packed(const Vector& of) : vector{of} {}

    RESMON_LANES Number operator[](std::size_t lane) const { return vector[lane]; }
    RESMON_LANES void put(std::size_t lane, Number number) { vector[lane] = number; }

    RESMON_LANES friend Packed operator+(const Packed& a, const Packed& b) { return Packed{a.vector + b.vector}; }
    RESMON_LANES friend Packed operator-(const Packed& a, const Packed& b) { return Packed{a.vector - b.vector}; }
    RESMON_LANES friend Packed operator*(const Packed& a, const Packed& b) { return Packed{a.vector * b.vector}; }
    RESMON_LANES friend Packed operator/(const Packed& a, const Packed& b) { return Packed{a.vector / b.vector}; }
    RESMON_LANES friend Packed operator-(const Packed& a) { return Packed{-a.vector}; }
    RESMON_LANES friend Packed operator&(const Packed& a, const Packed& b) { return Packed{a.vector & b.vector}; }
    RESMON_LANES friend Packed operator|(const Packed& a, const Packed& b) { return Packed{a.vector | b.vector}; }
    RESMON_LANES friend Packed operator^(const Packed& a, const Packed& b) { return Packed{a.vector ^ b.vector}; }
    RESMON_LANES friend Packed operator~(const Packed& a) { return Packed{~a.vector}; }
    RESMON_LANES friend Packed operator<<(const Packed& a, int bits) { return Packed{a.vector << bits}; }
    RESMON_LANES friend Packed operator>>(const Packed& a, int bits) { return Packed{a.vector >> bits}; }
};

using Lanes = Packed<double>;
using LaneWords = Packed<std::uint64_t>;
using LaneMask = Packed<std::int64_t>;  ///< −1 where it holds, else 0
using LaneInts = Packed<std::int32_t>;

RESMON_LANES LaneMask operator<(const Lanes& a, const Lanes& b) { return LaneMask{a.vector < b.vector}; }
RESMON_LANES LaneMask operator>(const Lanes& a, const Lanes& b) { return LaneMask{a.vector > b.vector}; }
RESMON_LANES LaneMask operator<=(const Lanes& a, const Lanes& b) { return LaneMask{a.vector <= b.vector}; }
RESMON_LANES LaneMask operator>=(const Lanes& a, const Lanes& b) { return LaneMask{a.vector >= b.vector}; }
RESMON_LANES LaneMask operator==(const Lanes& a, const Lanes& b) { return LaneMask{a.vector == b.vector}; }
RESMON_LANES LaneMask operator!=(const Lanes& a, const Lanes& b) { return LaneMask{a.vector != b.vector}; }
RESMON_LANES LaneMask operator!=(const LaneMask& a, const LaneMask& b) { return LaneMask{a.vector != b.vector}; }

RESMON_LANES double choose(bool holds, double one, double other) { return holds ? one : other; }
RESMON_LANES Lanes choose(const LaneMask& holds, const Lanes& one, const Lanes& other) {
    return Lanes{holds.vector ? one.vector : other.vector};
}
RESMON_LANES LaneMask choose(const LaneMask& holds, const LaneMask& one, const LaneMask& other) {
    return LaneMask{holds.vector ? one.vector : other.vector};
}

RESMON_LANES double smaller(double one, double other) { return one < other ? one : other; }
RESMON_LANES double larger(double one, double other) { return one > other ? one : other; }
RESMON_LANES Lanes smaller(const Lanes& one, const Lanes& other) { return choose(one < other, one, other); }
RESMON_LANES Lanes larger(const Lanes& one, const Lanes& other) { return choose(one > other, one, other); }

RESMON_LANES bool any(bool holds) { return holds; }
RESMON_LANES bool any(const LaneMask& holds) {
    using Half [[gnu::vector_size(32)]] = std::int64_t;
    const Half halves = __builtin_shufflevector(holds.vector, holds.vector, 0, 1, 2, 3) |
                        __builtin_shufflevector(holds.vector, holds.vector, 4, 5, 6, 7);
    return ((halves[0] | halves[1]) | (halves[2] | halves[3])) != 0;
}

/// Toward zero; |value| < 2³¹.
RESMON_LANES LaneInts whole(const Lanes& value) {
    return LaneInts{__builtin_convertvector(value.vector, LaneInts::Vector)};
}
RESMON_LANES Lanes real(const LaneInts& value) { return Lanes{__builtin_convertvector(value.vector, Lanes::Vector)}; }

}  // namespace resmon
