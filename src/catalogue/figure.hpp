// A number about the world, with where it comes from.
#pragma once

#include "base/place.hpp"
#include "base/quantity.hpp"

#include <string>
#include <vector>

namespace resmon::catalogue {

enum class FigureKind { measured, statute, estimate };

/// How a figure is drawn within [low, high]: `logarithmic` for durations and multipliers, `uniform` for shares,
/// probabilities and whatever may be 0 (docs/model.md, uncertainty).
enum class Spread { logarithmic, uniform };

struct Figure {
    std::string id;  ///< where it stands: `services/passport/modes/paper/capacity`; stable, names its draw
    double value = 0;
    double low = 0;  ///< low ≤ value ≤ high; equal if the figure is taken as certain
    double high = 0;
    Spread spread = Spread::uniform;
    FigureKind kind = FigureKind::estimate;
    std::string source;
    std::vector<IncidentId> derived_from;  ///< incidents it was read off; a replay of these must not use it
    Place place;
};

}  // namespace resmon::catalogue
