// Several variants of one case under the same chance: what a change brings, never told from independent courses.
#pragma once

#include "engine/forecast.hpp"
#include "region/region.hpp"
#include "statistics/paired.hpp"

#include <optional>
#include <string>
#include <vector>

namespace resmon::explain {

struct Variant {
    std::string id;
    outage::Case outage;
};

struct ComparedVariant {
    std::string id;
    outage::Forecast forecast;
    /// Lost days more than in the first variant, course by course; none for the first itself.
    std::optional<statistics::MeanInterval> more_lost;
};

/// The first variant is what the others are compared with. All have the same draws: seed and entities name them, so a
/// change moves only what it touches. Throws as outage::forecast.
[[nodiscard]] std::vector<ComparedVariant> compared(const std::vector<Variant>& variants,
                                                    const outage::Sampling& sampling);

/// The case in which the slots of external crews never begin.
[[nodiscard]] outage::Case without_contractors(outage::Case outage);

/// The case in which nothing that belongs to one of the providers and fails comes back: its tasks never begin, and what
/// waits for them waits for ever.
[[nodiscard]] outage::Case without_providers(outage::Case outage, const std::vector<std::string>& providers);

/// Autonomy: `forecast`, `without-contractors`, `without-provider`. What can be done without help from outside?
[[nodiscard]] std::vector<Variant> autonomy(const outage::Case& outage, const std::vector<std::string>& providers);

}  // namespace resmon::explain
