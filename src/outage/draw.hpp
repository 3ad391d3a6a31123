// The random inputs of one course. Every draw is named by what it is for, so none depends on any other thing of the
// case.
#pragma once

#include "outage/compile.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace resmon::outage {

struct Sampling {
    std::uint64_t seed = 1;
    std::uint32_t replications = 1000;
    /// Quasi-random points of each randomisation, a power of two, at least two times in `replications`; 0 = plain
    /// random numbers.
    std::uint32_t points = 0;

    /// Estimates that are independent of each other: each course, or each randomisation.
    [[nodiscard]] std::uint32_t randomisations() const { return points == 0 ? replications : replications / points; }

    bool operator==(const Sampling&) const = default;
};

/// The same courses in so many randomisations; none if that leaves no power of two of points for each.
[[nodiscard]] std::optional<Sampling> in_randomisations(const Sampling& courses, std::uint32_t randomisations);

/// Throws InputError if points are no power of two or `replications` no multiple of them, at least the double.
void require_whole_randomisations(const Sampling& sampling);

/// Of one course; the lists are by position in the case, `duration`, `needed` and `reached` by step.
struct Draws {
    std::uint64_t seed = 0;
    std::uint32_t replication = 0;
    std::uint32_t points = 0;
    double start = 0;  ///< instant of the disruption
    std::vector<double> estimates;
    double severity = 0;           ///< Z₀
    double severity_loading = 0;   ///< √φ
    double owner_loading = 0;      ///< √φ'
    double own_loading = 0;        ///< √(1 − φ − φ')
    std::vector<double> owners;    ///< Z of each owner
    std::vector<double> bodies;    ///< Z of each body, for activation delays
    std::vector<bool> fails;       ///< resources
    std::vector<bool> survives;    ///< backups
    std::vector<double> duration;  ///< days of the step's calendar
    std::vector<bool> needed;      ///< false: takes no time and no crew
    std::vector<bool> reached;     ///< true also for steps that nobody has to be reached for
    std::vector<bool> by_lot;      ///< pools whose tasks go by lot
    std::vector<double> priority;  ///< by activity
};

/// Fills `draws`, whose lists keep their memory from course to course.
void draw(const Compiled& compiled, const Sampling& sampling, std::uint32_t replication, Draws& draws);

/// F⁻¹(Φ(sum)): at 0 the median.
[[nodiscard]] double quantile_at(const Margin& margin, double sum);

/// A delay of a mode: Z_j is common to all services of one body and kind of mode, the owner's factor is the body's.
[[nodiscard]] double activation_delay(const Compiled& compiled, const Draws& draws, Index body, const Mode& mode);

}  // namespace resmon::outage
