// Risk per year of one body, or of a region: who is hit by what, how often, and what it costs.
#pragma once

#include "catalogue/catalogue.hpp"
#include "risk/annual_loss.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace resmon::risk {

/// A body, a region of the catalogue, or a state; exactly one.
struct Place {
    std::optional<BodyKey> body = {};
    RegionId region = {};
    std::optional<State> state = {};
};

struct RiskReport {
    Text name;
    int bodies = 1;
    bool is_own_provider = false;  ///< the body's provider is not known: computed as if it ran its IT by itself
    AnnualLoss loss;
    std::uint64_t seed = 1;
    std::uint32_t replications = 0;
};

struct Wish {
    std::uint64_t seed = 1;
    std::uint32_t replications = 100;  ///< courses per scenario and computed body or provider
};

/// The frequencies of the catalogue against the losses that the engine computes. A provider's incident has the same
/// course for all its customers and counts once; a body's hits it alone. Of the bodies of a place, at most 24 spread
/// over their sizes are computed; the others take the losses of the next by inhabitants, with their own weight. Throws
/// NotFound for what is unknown, InputError if the catalogue has no frequencies.
[[nodiscard]] RiskReport risk_of(const catalogue::Catalogue& catalogue, const Place& place, const Wish& wish);

}  // namespace resmon::risk
