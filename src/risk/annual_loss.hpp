// What a year costs on average, and how likely more than some days are lost: frequencies times losses.
#pragma once

#include "statistics/event_rate.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace resmon::risk {

/// Whoever is hit apart from others: loses the stated share of each of these losses, all equally likely.
struct Target {
    double share = 1;            ///< of the place that is looked at; 0 … 1
    std::vector<double> losses;  ///< lost administration days, one per course; not empty
};

/// One kind of incident: every target suffers it by itself, at the same rate.
struct Stream {
    std::string scenario;
    statistics::EventRate rate;
    std::vector<Target> targets;
};

/// A mean with the 95 % interval that not knowing the frequencies leaves.
struct Expected {
    double value = 0;
    double low = 0;
    double high = 0;
};

struct Exceedance {
    double days = 0;
    Expected probability;  ///< that a year's incidents lose more than these days
};

struct StreamLoss {
    std::string scenario;
    Expected incidents;    ///< per year, over all targets
    double days_each = 0;  ///< mean loss of one incident, to the place
    Expected days;         ///< expected loss per year
};

struct AnnualLoss {
    Expected days;                    ///< expected loss per year, lost administration days
    Expected any;                     ///< probability of at least one incident in a year
    std::vector<StreamLoss> streams;  ///< in the order given
    std::vector<Exceedance> curve;    ///< ascending days; as far as one incident or two of the largest reach
};

/// Compound Poisson: incidents of a year are independent given the rates, losses add up and belong to the year in which
/// the incident begins. The distribution of the sum is exact on a grid (Panjer, ASTIN Bulletin 12 (1981)) that keeps
/// means; intervals are those of the rates, over fixed draws by scenario. Pure. At least one stream with a target.
[[nodiscard]] AnnualLoss annual_loss(const std::vector<Stream>& streams, std::uint64_t seed = 1);

/// P(sum > place · width) for the places 0 … masses.size() − 1: the sum of a Poisson number of jumps with the given
/// masses on the grid (masses[j]: a jump of j · width; Σ = 1).
[[nodiscard]] std::vector<double> compound_poisson_exceedance(double rate, const std::vector<double>& masses);

}  // namespace resmon::risk
