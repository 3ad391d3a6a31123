// Everybody of the register at their own provider: who shares one, and who is assumed to.
#pragma once

#include "catalogue/catalogue.hpp"
#include "region/region.hpp"

#include <optional>
#include <vector>

namespace resmon::forecast {

/// One part per provider, ordered by its id; every body of the register is in exactly one. The catalogue has Germany.
[[nodiscard]] std::vector<RegionPart> germany_parts(const catalogue::Catalogue& catalogue);

/// The shared provider of a body with all its customers, as the catalogue knows it; who is not its customer can help.
/// None if nobody says publicly who it is.
[[nodiscard]] std::optional<RegionPart> known_provider(const catalogue::Catalogue& catalogue, const BodyKey& body);

}  // namespace resmon::forecast
