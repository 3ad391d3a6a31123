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
using LaneInts = Packed<std::int32_t>;

/// Where something holds. Kept as ones and zeros: what the compiler makes of a comparison, −1 and 0, g++ 12 takes apart
/// number by number in a function for other instructions than those of the file. It does so too with what it makes one
/// comparison of: a plain `&` of two, and a choice within a choice that have an alternative in common. So write
/// `larger(choose(…), …)` rather than `choose(…, larger(…), …)`.
struct alignas(64) LaneMask {
    using Vector = Packed<std::int64_t>::Vector;
    Vector ones;

    LaneMask() = default;
    RESMON_LANES explicit LaneMask(const Vector& of) : ones{of} {}

    RESMON_LANES bool operator[](std::size_t lane) const { return ones[lane] != 0; }

    RESMON_LANES friend LaneMask operator&(const LaneMask& a, const LaneMask& b) {
        return LaneMask{(a.ones + b.ones) >> 1};
    }
    RESMON_LANES friend LaneMask operator|(const LaneMask& a, const LaneMask& b) {
        return LaneMask{(a.ones + b.ones + 1) >> 1};
    }
    RESMON_LANES friend LaneMask operator~(const LaneMask& a) { return LaneMask{1 - a.ones}; }
};

namespace lanes_detail {
inline constexpr LaneMask::Vector none{};
inline constexpr LaneMask::Vector all{1, 1, 1, 1, 1, 1, 1, 1};
}  // namespace lanes_detail

RESMON_LANES LaneMask operator<(const Lanes& a, const Lanes& b) {
    return LaneMask{a.vector < b.vector ? lanes_detail::all : lanes_detail::none};
}
RESMON_LANES LaneMask operator>(const Lanes& a, const Lanes& b) { return b < a; }
RESMON_LANES LaneMask operator<=(const Lanes& a, const Lanes& b) {
    return LaneMask{a.vector <= b.vector ? lanes_detail::all : lanes_detail::none};
}
RESMON_LANES LaneMask operator>=(const Lanes& a, const Lanes& b) { return b <= a; }
RESMON_LANES LaneMask operator==(const Lanes& a, const Lanes& b) {
    return LaneMask{a.vector == b.vector ? lanes_detail::all : lanes_detail::none};
}
RESMON_LANES LaneMask operator!=(const Lanes& a, const Lanes& b) {
    return LaneMask{a.vector != b.vector ? lanes_detail::all : lanes_detail::none};
}

RESMON_LANES double choose(bool holds, double one, double other) { return holds ? one : other; }
RESMON_LANES Lanes choose(const LaneMask& holds, const Lanes& one, const Lanes& other) {
    return Lanes{holds.ones != lanes_detail::none ? one.vector : other.vector};
}

RESMON_LANES double smaller(double one, double other) { return one < other ? one : other; }
RESMON_LANES double larger(double one, double other) { return one > other ? one : other; }
RESMON_LANES Lanes smaller(const Lanes& one, const Lanes& other) {
    return Lanes{one.vector < other.vector ? one.vector : other.vector};
}
RESMON_LANES Lanes larger(const Lanes& one, const Lanes& other) {
    return Lanes{one.vector > other.vector ? one.vector : other.vector};
}

/// One byte per course, 1 where it holds; the first course in the lowest.
RESMON_LANES std::uint64_t bytes_of(const LaneMask& holds) {
    using Bytes [[gnu::vector_size(lane_count)]] = std::uint8_t;
    return __builtin_bit_cast(std::uint64_t, __builtin_convertvector(holds.ones, Bytes));
}

RESMON_LANES bool any(bool holds) { return holds; }
RESMON_LANES bool any(const LaneMask& holds) { return bytes_of(holds) != 0; }

/// 1 where it holds, else 0.
RESMON_LANES LaneInts ones_of(const LaneMask& holds) {
    return LaneInts{__builtin_convertvector(holds.ones, LaneInts::Vector)};
}

/// Toward zero; |value| < 2³¹.
RESMON_LANES LaneInts whole(const Lanes& value) {
    return LaneInts{__builtin_convertvector(value.vector, LaneInts::Vector)};
}
RESMON_LANES Lanes real(const LaneInts& value) { return Lanes{__builtin_convertvector(value.vector, Lanes::Vector)}; }

}  // namespace resmon
