// Germany's forecast as tables for spreadsheets, from the parts that are kept.
#pragma once

#include "base/text.hpp"

#include <string>
#include <string_view>

namespace resmon::nationwide {

/// `GermanySummary` and `GermanyBodies` of api/outage.yaml.
struct KeptTexts {
    std::string summary;
    std::string bodies;  ///< only the table of bodies needs it
};

/// `bodies`, `states`, `providers` or `ability`. Throws NotFound for another table.
[[nodiscard]] std::string table_csv(std::string_view table, const KeptTexts& kept, Language language);

}  // namespace resmon::nationwide
