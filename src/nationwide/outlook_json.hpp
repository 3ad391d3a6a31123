// Germany's forecast for other programs: JSON, whole or as the parts that are kept.
#pragma once

#include "catalogue/catalogue.hpp"
#include "forecast/result_parts_json.hpp"
#include "forecast/run.hpp"
#include "nationwide/nationwide.hpp"
#include "region/region.hpp"

#include <string>

namespace resmon::nationwide {

/// `GermanyResult` of api/outage.yaml: everything in one text.
[[nodiscard]] std::string outlook_json(const catalogue::Catalogue& catalogue, const forecast::CaseRequest& request,
                                       const Outlook& outlook, const forecast::About& about);

/// Names of the parts that are kept of a run: `GermanySummary`, `GermanyBodies`, a `GermanyState` each.
inline constexpr const char* summary_part = "germany";
inline constexpr const char* bodies_part = "germany/bodies";
[[nodiscard]] std::string state_part(State state);

/// What a page and a table need, about a megabyte before it is compressed: days in three digits, one column per figure.
[[nodiscard]] forecast::ResultParts parts_of(const catalogue::Catalogue& catalogue,
                                             const forecast::CaseRequest& request, const Outlook& outlook,
                                             const forecast::About& about);

}  // namespace resmon::nationwide
