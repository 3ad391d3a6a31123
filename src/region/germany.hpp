// Everybody of the register at their own provider: who shares one, and who is assumed to.
#pragma once

#include "catalogue/catalogue.hpp"
#include "region/region.hpp"

#include <vector>

namespace resmon::forecast {

/// One part per provider, ordered by its id; every body of the register is in exactly one. The catalogue has Germany.
[[nodiscard]] std::vector<RegionPart> germany_parts(const catalogue::Catalogue& catalogue);

}  // namespace resmon::forecast
