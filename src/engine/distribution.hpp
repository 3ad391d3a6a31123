// Distributions of what many courses brought: from one value per course, or from counts per bin.
#pragma once

#include "engine/forecast.hpp"
#include "statistics/histogram.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace resmon::outage {

/// Which order statistics of so many courses a summary asks for: five quantiles (rank ⌈qN⌉) and the ends of their
/// distribution-free 95 % intervals.
class Ranks {
public:
    /// `points`: courses of each randomisation, as Sampling::points.
    explicit Ranks(std::size_t courses, std::size_t points = 0);
    explicit Ranks(const Sampling& sampling) : Ranks{sampling.replications, sampling.points} {}

    /// One value per course, in the order of the courses; infinity is a value. The error of the mean is that of plain
    /// random numbers, or with points that of the means of the randomisations; intervals of quantiles are those of
    /// plain random numbers, which points make no wider.
    [[nodiscard]] Distribution of_sample(std::span<const double> values) const;
    /// Counts per bin. All zero gives zeros.
    [[nodiscard]] Distribution of_counts(const statistics::Scale& scale, std::span<const std::uint32_t> counts) const;
    /// Counts by day and bin, as changes from day to day.
    [[nodiscard]] DailyQuantiles daily(const statistics::Scale& scale, std::span<const std::uint32_t> counts) const;

private:
    static constexpr std::size_t quantiles = 5;
    enum Which : std::size_t { middle, low, high, kinds };

    [[nodiscard]] double error_of_randomisations(std::span<const double> values) const;
    void put_in_steps(std::span<const double> values, double least, double most, std::vector<double>& ordered) const;
    void order(std::vector<double>& values, std::size_t begin, std::size_t end, std::size_t first,
               std::size_t last) const;
    [[nodiscard]] Quantiles chosen(const std::vector<double>& values, Which which) const;

    std::size_t courses_;
    std::size_t points_;
    std::array<std::array<std::size_t, quantiles>, kinds> ranks_{};  ///< from 0
    struct Asked {
        std::size_t rank;
        Which which;
        std::size_t place;
    };
    std::vector<Asked> sorted_;  ///< by rank
};

}  // namespace resmon::outage
