// Counter-based random numbers: a draw depends on what it is for, never on when or where it is made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace resmon {

/// What a draw decides. The numbers are part of every stored result: never change or reuse one.
/// Purposes of an attempt are `purpose + attempt` (attempt 0, 1, 2), hence the gaps.
enum class Purpose : std::uint32_t {
    severity = 0,  ///< the common factor of a course
    owner = 1,     ///< the common factor of an owner
    estimate = 2,  ///< the value of a catalogue figure within its range
    start = 3,     ///< the hour of the disruption
    failure = 4,   ///< whether a resource fails
    backup_survives = 5,
    lot = 6,          ///< the rank of a task where there is no plan
    activation = 7,   ///< the delay of a mode
    count = 8,        ///< a displayed small count
    order = 9,        ///< whether crews go by lot
    duration = 16,    ///< of a task or gate, by attempt
    gate_fails = 32,  ///< by attempt
    reached = 40,     ///< whether somebody is reached outside office hours, by attempt
    resample = 48,    ///< which incident or value stands in a bootstrap or a posterior sample
    bootstrap = 64,   ///< of a bootstrap, by its number; the replication is the place that is drawn for
    shift = 4096,     ///< of quasi-random points, + the purpose of the draw; the replication is the randomisation
};

/// A stable 64-bit hash of an entity's id (FNV-1a with a final mix). The same on every machine, for ever.
[[nodiscard]] std::uint64_t entity_hash(std::string_view id);

/// Philox4x32-10 (Salmon et al. 2011) with key = seed and counter = (replication, entity low, entity high, purpose).
/// Uniform in the open interval (0, 1): never exactly 0 or 1, 52 bits.
[[nodiscard]] double uniform_draw(std::uint64_t seed, std::uint32_t replication, std::uint64_t entity, Purpose purpose,
                                  std::uint32_t attempt = 0);

inline constexpr std::size_t quasi_random_dimensions = 16;

/// The same with points that fill the interval evenly: Sobol' points (lanes/sobol.hpp) with a digital shift, new for
/// every `points` replications (a power of two), so that each such randomisation is an estimate of its own. Draws of
/// one replication that are to be independent need different dimensions.
[[nodiscard]] double quasi_random_draw(std::uint64_t seed, std::uint32_t replication, std::uint32_t points,
                                       std::size_t dimension, std::uint64_t entity, Purpose purpose,
                                       std::uint32_t attempt = 0);

/// The standard normal quantile, |relative error| < 1e-15. Source: Wichura 1988, algorithm AS 241 (PPND16).
[[nodiscard]] double normal_quantile(double probability);

/// The standard normal distribution function.
[[nodiscard]] double normal_probability(double value);

/// Standard normal: monotone in its uniform draw, so that a changed margin keeps the order of the courses.
[[nodiscard]] double normal_draw(std::uint64_t seed, std::uint32_t replication, std::uint64_t entity, Purpose purpose,
                                 std::uint32_t attempt = 0);

}  // namespace resmon
