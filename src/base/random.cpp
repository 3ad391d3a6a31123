#include "base/random.hpp"

// The library shifts signed counters in headers of its own; its warnings are not ours.
#include <Random123/philox.h>

#include <array>
#include <cassert>
#include <cmath>

namespace resmon {

namespace {

/// A rational function in the notation of AS 241: numerator and denominator by Horner's rule.
template <std::size_t size>
double rational(double x, const std::array<double, size>& numerator, const std::array<double, size>& denominator) {
    double above = numerator[size - 1];
    double below = denominator[size - 1];
    for (std::size_t power = size - 1; power-- > 0;) {
        above = above * x + numerator[power];
        below = below * x + denominator[power];
    }
    return above / below;
}

}  // namespace

std::uint64_t entity_hash(std::string_view id) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char character : id) {
        hash ^= static_cast<unsigned char>(character);
        hash *= 0x100000001b3;
    }
    // FNV-1a alone leaves the high bits of short ids alike; the finaliser of SplitMix64 spreads them.
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
    return hash ^ (hash >> 31);
}

double uniform_draw(std::uint64_t seed, std::uint32_t replication, std::uint64_t entity, Purpose purpose,
                    std::uint32_t attempt) {
    const r123::Philox4x32::ctr_type counter{{replication, static_cast<std::uint32_t>(entity),
                                              static_cast<std::uint32_t>(entity >> 32),
                                              static_cast<std::uint32_t>(purpose) + attempt}};
    const r123::Philox4x32::key_type key{{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
    const r123::Philox4x32::ctr_type words = r123::Philox4x32{}(counter, key);
    const std::uint64_t bits = ((static_cast<std::uint64_t>(words[0]) << 32) | words[1]) >> 12;
    // The middle of one of 2^52 equal cells: never 0, never 1, exactly representable.
    return (static_cast<double>(bits) + 0.5) * 0x1p-52;
}

double normal_quantile(double probability) {
    assert(probability > 0 && probability < 1);

    const double q = probability - 0.5;
    if (std::abs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * rational<8>(r,
                               {3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                3.3430575583588128105e+4, 2.5090809287301226727e+3},
                               {1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
                                2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
                                5.2264952788528545610e+3});
    }

    const double tail = q < 0 ? probability : 1 - probability;
    double r = std::sqrt(-std::log(tail));
    double quantile = 0;
    if (r <= 5) {
        r -= 1.6;
        quantile = rational<8>(
            r,
            {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
             1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
            {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
             1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
             1.05075007164441684324e-9});
    } else {
        r -= 5;
        quantile = rational<8>(r,
                               {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
                                2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                2.71155556874348757815e-5, 2.01033439929228813265e-7},
                               {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
                                7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
                                2.04426310338993978564e-15});
    }
    return q < 0 ? -quantile : quantile;
}

double normal_probability(double value) { return 0.5 * std::erfc(-value / std::sqrt(2.0)); }

double normal_draw(std::uint64_t seed, std::uint32_t replication, std::uint64_t entity, Purpose purpose,
                   std::uint32_t attempt) {
    return normal_quantile(uniform_draw(seed, replication, entity, purpose, attempt));
}

}  // namespace resmon
