// Exponential, logarithm, normal distribution and its quantile for one number and for lanes: the same operations, so
// the same bits, whatever the CPU and the C library. No fused multiply-add (cmake/toolchain.cmake).
#pragma once

#include "lanes/lanes.hpp"

#include <array>
#include <limits>
#include <type_traits>

namespace resmon {

namespace elementary {

template <class Real>
using Words = std::conditional_t<std::is_same_v<Real, double>, std::uint64_t, LaneWords>;

/// 1.5 · 2⁵²: added to a number of small size, it leaves the nearest whole number in the low bits.
inline constexpr double rounder = 6755399441055744.0;

template <class Real>
RESMON_LANES Real square_root(const Real& value) {
    if constexpr (std::is_same_v<Real, double>) {
        return __builtin_sqrt(value);
    } else {
        Real root = value;
        for (std::size_t lane = 0; lane < lane_count; ++lane) root.put(lane, __builtin_sqrt(value[lane]));
        return root;
    }
}

/// Highest power first, by Horner's rule.
template <class Real, std::size_t size>
RESMON_LANES Real polynomial(const Real& x, const std::array<double, size>& coefficients) {
    Real value = coefficients[0];
    for (std::size_t power = 1; power < size; ++power) value = value * x + coefficients[power];
    return value;
}

}  // namespace elementary

/// eˣ for |x| ≤ 700, which larger ones count as; relative error below 4e-16. Cody–Waite reduction by multiples of ln 2,
/// then the Taylor series to x¹³.
template <class Real>
RESMON_LANES Real exponential(const Real& argument) {
    using namespace elementary;
    const Real x = larger(smaller(argument, Real{700.0}), Real{-700.0});
    const Real shifted = x * 1.4426950408889634 + rounder;
    const Real multiple = shifted - rounder;
    const Real rest = (x - multiple * 6.93147180369123816490e-01) - multiple * 1.90821492927058770002e-10;
    constexpr std::array<double, 14> taylor{1.0 / 6227020800.0,
                                            1.0 / 479001600.0,
                                            1.0 / 39916800.0,
                                            1.0 / 3628800.0,
                                            1.0 / 362880.0,
                                            1.0 / 40320.0,
                                            1.0 / 5040.0,
                                            1.0 / 720.0,
                                            1.0 / 120.0,
                                            1.0 / 24.0,
                                            1.0 / 6.0,
                                            0.5,
                                            1.0,
                                            1.0};
    const Real series = polynomial(rest, taylor);
    return same_bits<Real>(same_bits<Words<Real>>(series) + (same_bits<Words<Real>>(shifted) << 52));
}

/// Natural logarithm of a normal positive number; relative error below 4e-16 away from 1, absolute below 1e-16 near it.
/// 2·artanh((m − 1)/(m + 1)) of the mantissa m in [√½, √2).
template <class Real>
RESMON_LANES Real logarithm(const Real& value) {
    using namespace elementary;
    constexpr std::uint64_t mantissa = 0x000fffffffffffff;
    constexpr std::uint64_t one = 0x3ff0000000000000;
    const Words<Real> word = same_bits<Words<Real>>(value);
    // The exponent as a number: put into the low bits of the rounder.
    const Words<Real> exponent_word = (word >> 52) + Words<Real>{__builtin_bit_cast(std::uint64_t, rounder) - 1023};
    Real exponent = same_bits<Real>(exponent_word) - rounder;
    Real part = same_bits<Real>((word & Words<Real>{mantissa}) | Words<Real>{one});
    const auto is_large = part > 1.4142135623730951;
    part = choose(is_large, Real{part * 0.5}, part);
    exponent = choose(is_large, Real{exponent + 1.0}, exponent);
    const Real s = (part - 1.0) / (part + 1.0);
    const Real square = s * s;
    constexpr std::array<double, 10> artanh{1.0 / 21.0, 1.0 / 19.0, 1.0 / 17.0, 1.0 / 15.0, 1.0 / 13.0,
                                            1.0 / 11.0, 1.0 / 9.0,  1.0 / 7.0,  1.0 / 5.0,  1.0 / 3.0};
    const Real rest = s * square * polynomial(square, artanh);
    const Real small = 2.0 * s + (2.0 * rest + exponent * 1.90821492927058770002e-10);
    return exponent * 6.93147180369123816490e-01 + small;
}

/// The standard normal quantile of a probability in (0, 1), relative error below 1e-15. Source: Wichura 1988, algorithm
/// AS 241 (PPND16).
template <class Real>
RESMON_LANES Real normal_quantile_of(const Real& probability) {
    using namespace elementary;
    constexpr std::array<double, 8> middle_above{
        2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
        1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e0};
    constexpr std::array<double, 8> middle_below{
        5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
        5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0};
    constexpr std::array<double, 8> tail_above{
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
        3.64784832476320460504e0,  5.76949722146069140550e0,  4.63033784615654529590e0,  1.42343711074968357734e0};
    constexpr std::array<double, 8> tail_below{
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940e0,  2.05319162663775882187e0,  1.0};
    constexpr std::array<double, 8> far_above{
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580e0,  5.46378491116411436990e0,  6.65790464350110377720e0};
    constexpr std::array<double, 8> far_below{
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2,  1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0};

    const Real q = probability - 0.5;
    const Real inner = 0.180625 - q * q;
    const Real middle = q * polynomial(inner, middle_above) / polynomial(inner, middle_below);
    const Real tail = choose(q < 0.0, probability, Real{1.0 - probability});
    const Real r = square_root(Real{-logarithm(tail)});
    Real outer = polynomial(Real{r - 1.6}, tail_above) / polynomial(Real{r - 1.6}, tail_below);
    const auto is_far = r > 5.0;
    if (any(is_far))
        outer =
            choose(is_far, Real{polynomial(Real{r - 5.0}, far_above) / polynomial(Real{r - 5.0}, far_below)}, outer);
    outer = choose(q < 0.0, Real{-outer}, outer);
    return choose(inner >= 0.0, middle, outer);
}

/// The standard normal distribution function, absolute error below 2e-15, relative in the lower tail from −5 on: the
/// series of Abramowitz and Stegun 26.2.11 within 5, beyond it Laplace's continued fraction (26.2.14).
template <class Real>
RESMON_LANES Real normal_probability_of(const Real& value) {
    const Real size = smaller(larger(value, Real{-value}), Real{37.0});
    const Real density = 0.3989422804014327 * exponential(Real{size * size * -0.5});
    const Real near = smaller(size, Real{5.0});
    const Real square = near * near;
    Real term = near;
    Real sum = near;
    for (int odd = 3; odd < 140; odd += 2) {
        term = term * square / static_cast<double>(odd);
        sum = sum + term;
    }
    const Real inner = density * sum;
    const auto is_far = size > 5.0;
    Real tail = 0.5 - inner;
    if (any(is_far)) {
        const Real far = larger(size, Real{5.0});
        Real fraction = far;
        for (int depth = 40; depth > 0; --depth) fraction = far + static_cast<double>(depth) / fraction;
        tail = choose(is_far, Real{density / fraction}, tail);
    }
    return choose(value < 0.0, tail, Real{1.0 - tail});
}

}  // namespace resmon
