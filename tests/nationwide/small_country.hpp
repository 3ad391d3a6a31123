// A country of two states that is computed in a moment.
#pragma once

#include "region/region.hpp"
#include "support/shipped.hpp"

#include <sstream>
#include <string>
#include <string_view>

namespace resmon::nationwide {

/// Bremen with two towns, the Saarland with 52 and six districts, or what of them begins so; nobody's provider known.
inline catalogue::Catalogue small_country(std::string_view saarland = "10") {
    catalogue::Catalogue catalogue = catalogue::shipped();
    std::istringstream lines{catalogue::shipped_files().at("register/municipalities.csv")};
    std::string kept;
    for (std::string line; std::getline(lines, line);)
        if (kept.empty() || line.starts_with("04") || line.starts_with(saarland)) kept += line + "\n";
    catalogue.bodies = catalogue::Register::from_csv(kept, "register/municipalities.csv");
    catalogue.regions.clear();
    catalogue.germany->providers.clear();
    return catalogue;
}

inline forecast::CaseRequest germany() {
    return {.scenario = {"ransomware-shared-provider"}, .region = {std::string{forecast::germany_id}}, .overrides = {}};
}

}  // namespace resmon::nationwide
