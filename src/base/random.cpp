#include "base/random.hpp"

#include "lanes/elementary.hpp"
#include "lanes/sobol.hpp"

// The library shifts signed counters in headers of its own; its warnings are not ours.
#include <Random123/philox.h>

#include <bit>
#include <cassert>
#include <cmath>

namespace resmon {

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

static_assert(quasi_random_dimensions == sobol::dimensions);

double quasi_random_draw(std::uint64_t seed, std::uint32_t replication, std::uint32_t points, std::size_t dimension,
                         std::uint64_t entity, Purpose purpose, std::uint32_t attempt) {
    const int bits = std::countr_zero(points);
    const auto what = static_cast<std::uint32_t>(purpose) + attempt;
    const double shift = uniform_draw(seed, replication >> bits, entity, Purpose::shift, what);
    const double rest = uniform_draw(seed, replication, entity, purpose, attempt);
    const std::uint64_t point = sobol::coordinate(std::uint64_t{replication & (points - 1)}, dimension, bits) ^
                                sobol::fraction<double, std::uint64_t>(shift);
    return sobol::with_rest(point, rest);
}

double normal_quantile(double probability) {
    assert(probability > 0 && probability < 1);
    return normal_quantile_of(probability);
}

double normal_probability(double value) { return 0.5 * std::erfc(-value / std::sqrt(2.0)); }

double normal_draw(std::uint64_t seed, std::uint32_t replication, std::uint64_t entity, Purpose purpose,
                   std::uint32_t attempt) {
    return normal_quantile(uniform_draw(seed, replication, entity, purpose, attempt));
}

}  // namespace resmon
