// The JSON of the catalogue, as api/outage.yaml describes it.
#pragma once

#include "catalogue/catalogue.hpp"
#include "region/region.hpp"

#include <string>

namespace resmon::forecast {

[[nodiscard]] std::string catalogue_text(const catalogue::Catalogue& catalogue, bool with_services = true);
[[nodiscard]] std::string incident_text(const catalogue::Incident& incident);
[[nodiscard]] std::string assumptions_text(const catalogue::Catalogue& catalogue, const CaseRequest& request);

/// Bodies whose name holds the text (case and umlauts do not matter) or whose ARS or a municipality's AGS begins with
/// it; an empty text or region asks for all.
[[nodiscard]] std::string bodies_text(const catalogue::Catalogue& catalogue, const std::string& search,
                                      const RegionId& region, std::size_t limit);

}  // namespace resmon::forecast
