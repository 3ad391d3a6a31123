// Eight numbers at once, one per course: plain operations of the compiler's vectors, the same bits on every CPU.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace resmon {

inline constexpr std::size_t lane_count = 8;
inline constexpr std::size_t half_count = lane_count / 2;

/// Functions over lanes are always inlined, so that each is compiled for the instructions of whoever calls it
/// (instructions.hpp) and no vector is passed in a way that depends on them.
#define RESMON_LANES [[gnu::always_inline]] inline
#define RESMON_LANES_LAMBDA __attribute__((always_inline))

/// Two of the compiler's vectors with four numbers each, which is what most CPUs compute with at once; of vectors
/// longer than the CPU's g++ 12 takes comparisons apart number by number. A number stands for as many copies.
template <class Number>
struct alignas(sizeof(Number) * lane_count) Packed {
    using Half [[gnu::vector_size(sizeof(Number) * half_count)]] = Number;
    Half low, high;

    Packed() = default;                 // `Packed{}` is zero, an array without braces is not filled
    RESMON_LANES Packed(Number number)  // NOLINT: a number is meant to fit everywhere
        : low{Half{} + number}, high{low} {}
    RESMON_LANES Packed(const Half& first, const Half& second) : low{first}, high{second} {}
    // Copied half by half: g++ copies 64 bytes at once where it can, and a CPU that has just stored them as two halves
    // waits until they are in its cache.
    RESMON_LANES Packed(const Packed& other) : low{other.low}, high{other.high} {}  // NOLINT: not the default
    RESMON_LANES Packed& operator=(const Packed& other) {                           // NOLINT: not the default
        low = other.low;
        high = other.high;
        return *this;
    }

    RESMON_LANES Number operator[](std::size_t lane) const {
        return lane < half_count ? low[lane] : high[lane - half_count];
    }
    RESMON_LANES void put(std::size_t lane, Number number) {
        if (lane < half_count)
            low[lane] = number;
        else
            high[lane - half_count] = number;
    }

    RESMON_LANES friend Packed operator+(const Packed& a, const Packed& b) { return {a.low + b.low, a.high + b.high}; }
    RESMON_LANES friend Packed operator-(const Packed& a, const Packed& b) { return {a.low - b.low, a.high - b.high}; }
    RESMON_LANES friend Packed operator*(const Packed& a, const Packed& b) { return {a.low * b.low, a.high * b.high}; }
    RESMON_LANES friend Packed operator/(const Packed& a, const Packed& b) { return {a.low / b.low, a.high / b.high}; }
    RESMON_LANES friend Packed operator-(const Packed& a) { return {-a.low, -a.high}; }
    RESMON_LANES friend Packed operator&(const Packed& a, const Packed& b) { return {a.low & b.low, a.high & b.high}; }
    RESMON_LANES friend Packed operator|(const Packed& a, const Packed& b) { return {a.low | b.low, a.high | b.high}; }
    RESMON_LANES friend Packed operator^(const Packed& a, const Packed& b) { return {a.low ^ b.low, a.high ^ b.high}; }
    RESMON_LANES friend Packed operator~(const Packed& a) { return {~a.low, ~a.high}; }
    RESMON_LANES friend Packed operator<<(const Packed& a, int bits) { return {a.low << bits, a.high << bits}; }
    RESMON_LANES friend Packed operator>>(const Packed& a, int bits) { return {a.low >> bits, a.high >> bits}; }
    /// Each by bits of its own.
    RESMON_LANES friend Packed operator<<(const Packed& a, const Packed& bits) {
        return {a.low << bits.low, a.high << bits.high};
    }
};

using Lanes = Packed<double>;
using LaneWords = Packed<std::uint64_t>;
using LaneInts = Packed<std::int32_t>;

/// Where something holds. Kept as ones and zeros: what the compiler makes of a comparison, −1 and 0, g++ 12 takes apart
/// number by number in a function for other instructions than those of the file. It does so too with what it makes one
/// comparison of: a plain `&` of two, and a choice within a choice that have an alternative in common. So write
/// `larger(choose(…), …)` rather than `choose(…, larger(…), …)`.
struct alignas(64) LaneMask {
    using Half = Packed<std::int64_t>::Half;
    Half low, high;

    LaneMask() = default;
    RESMON_LANES LaneMask(const LaneMask& other) : low{other.low}, high{other.high} {}  // NOLINT: not the default
    RESMON_LANES LaneMask& operator=(const LaneMask& other) {                           // NOLINT: not the default
        low = other.low;
        high = other.high;
        return *this;
    }
    RESMON_LANES LaneMask(const Half& first, const Half& second) : low{first}, high{second} {}

    RESMON_LANES bool operator[](std::size_t lane) const {
        return (lane < half_count ? low[lane] : high[lane - half_count]) != 0;
    }

    RESMON_LANES friend LaneMask operator&(const LaneMask& a, const LaneMask& b) {
        return {(a.low + b.low) >> 1, (a.high + b.high) >> 1};
    }
    RESMON_LANES friend LaneMask operator|(const LaneMask& a, const LaneMask& b) {
        return {(a.low + b.low + 1) >> 1, (a.high + b.high + 1) >> 1};
    }
    RESMON_LANES friend LaneMask operator~(const LaneMask& a) { return {1 - a.low, 1 - a.high}; }
};

namespace lanes_detail {
inline constexpr LaneMask::Half none{};
inline constexpr LaneMask::Half all{1, 1, 1, 1};
}  // namespace lanes_detail

RESMON_LANES LaneMask operator<(const Lanes& a, const Lanes& b) {
    using namespace lanes_detail;
    return {a.low < b.low ? all : none, a.high < b.high ? all : none};
}
RESMON_LANES LaneMask operator<=(const Lanes& a, const Lanes& b) {
    using namespace lanes_detail;
    return {a.low <= b.low ? all : none, a.high <= b.high ? all : none};
}
RESMON_LANES LaneMask operator==(const Lanes& a, const Lanes& b) {
    using namespace lanes_detail;
    return {a.low == b.low ? all : none, a.high == b.high ? all : none};
}
RESMON_LANES LaneMask operator!=(const Lanes& a, const Lanes& b) {
    using namespace lanes_detail;
    return {a.low != b.low ? all : none, a.high != b.high ? all : none};
}
RESMON_LANES LaneMask operator>(const Lanes& a, const Lanes& b) { return b < a; }
RESMON_LANES LaneMask operator>=(const Lanes& a, const Lanes& b) { return b <= a; }

RESMON_LANES double choose(bool holds, double one, double other) { return holds ? one : other; }
RESMON_LANES Lanes choose(const LaneMask& holds, const Lanes& one, const Lanes& other) {
    using namespace lanes_detail;
    return {holds.low != none ? one.low : other.low, holds.high != none ? one.high : other.high};
}

RESMON_LANES double smaller(double one, double other) { return one < other ? one : other; }
RESMON_LANES double larger(double one, double other) { return one > other ? one : other; }
RESMON_LANES Lanes smaller(const Lanes& one, const Lanes& other) {
    return {one.low < other.low ? one.low : other.low, one.high < other.high ? one.high : other.high};
}
RESMON_LANES Lanes larger(const Lanes& one, const Lanes& other) {
    return {one.low > other.low ? one.low : other.low, one.high > other.high ? one.high : other.high};
}

RESMON_LANES bool any(bool holds) { return holds; }
RESMON_LANES bool any(const LaneMask& holds) {
    using Quarter [[gnu::vector_size(16)]] = std::int64_t;
    const LaneMask::Half both = holds.low | holds.high;
    const Quarter quarter = __builtin_shufflevector(both, both, 0, 1) | __builtin_shufflevector(both, both, 2, 3);
    return (quarter[0] | quarter[1]) != 0;
}

/// 1 where it holds, else 0.
RESMON_LANES LaneInts ones_of(const LaneMask& holds) {
    return {__builtin_convertvector(holds.low, LaneInts::Half), __builtin_convertvector(holds.high, LaneInts::Half)};
}

/// Toward zero; |value| < 2³¹.
RESMON_LANES LaneInts whole(const Lanes& value) {
    return {__builtin_convertvector(value.low, LaneInts::Half), __builtin_convertvector(value.high, LaneInts::Half)};
}
RESMON_LANES Lanes real(const LaneInts& value) {
    return {__builtin_convertvector(value.low, Lanes::Half), __builtin_convertvector(value.high, Lanes::Half)};
}

/// The same bits as another kind of number.
template <class To, class From>
RESMON_LANES To same_bits(const From& value) {
    if constexpr (std::is_arithmetic_v<From>)
        return __builtin_bit_cast(To, value);
    else
        return {__builtin_bit_cast(typename To::Half, value.low), __builtin_bit_cast(typename To::Half, value.high)};
}

/// The lowest bytes of each number, as many as fit into a Narrow, side by side.
template <class Narrow>
RESMON_LANES auto narrow(const LaneInts& value) {
    using Parts [[gnu::vector_size(16)]] = Narrow;
    const Parts low = __builtin_bit_cast(Parts, value.low);
    const Parts high = __builtin_bit_cast(Parts, value.high);
    if constexpr (sizeof(Narrow) == 2)
        return __builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14);
    else
        return __builtin_shufflevector(low, high, 0, 4, 8, 12, 16, 20, 24, 28);
}

}  // namespace resmon
