// What people call an uncertain input of a forecast.
#pragma once

#include "base/text.hpp"
#include "catalogue/catalogue.hpp"
#include "explain/bottlenecks.hpp"
#include "explain/sensitivity.hpp"
#include "region/region.hpp"

namespace resmon::explain {

/// `Verzeichnisdienst: Dauer aus Sicherung`. What the catalogue does not know keeps its id.
[[nodiscard]] Text name_of(const catalogue::Catalogue& catalogue, const forecast::CaseRequest& request,
                           const Influence& influence);

/// `api/outage.yaml`'s word: `set-back`.
[[nodiscard]] std::string_view to_string(InputKind kind);

/// What a kind of crew is called.
[[nodiscard]] Text name_of(const Bottleneck& crews);

}  // namespace resmon::explain
