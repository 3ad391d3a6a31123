// The replay of Südwestfalen 2023 from the catalogue that is built in: what the parts of the engine are measured on.
#pragma once

#include "reading/catalogue_reader.hpp"
#include "region/region.hpp"

namespace resmon::forecast {

inline const catalogue::Catalogue& shipped_catalogue() {
    static const catalogue::Catalogue read = catalogue::catalogue_from(catalogue::shipped_catalogue_files());
    return read;
}

inline CaseRequest replay() { return completed(shipped_catalogue(), {.incident = IncidentId{"suedwestfalen-2023"}}); }

inline const outage::Case& replayed_case() {
    static const outage::Case made = case_of(shipped_catalogue(), replay());
    return made;
}

}  // namespace resmon::forecast
