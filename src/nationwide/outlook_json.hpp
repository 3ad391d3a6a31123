// Germany's forecast for other programs: JSON and CSV.
#pragma once

#include "catalogue/catalogue.hpp"
#include "nationwide/nationwide.hpp"
#include "region/region.hpp"

#include <string>

namespace resmon::nationwide {

/// What it took: the only part that differs between equal runs.
struct Effort {
    std::string started;
    double seconds = 0;
    unsigned threads = 0;  ///< 0 = all
};

/// `GermanyResult` of api/outage.yaml.
[[nodiscard]] std::string outlook_json(const catalogue::Catalogue& catalogue, const forecast::CaseRequest& request,
                                       const Outlook& outlook, const Effort& effort);

/// One row per body.
[[nodiscard]] std::string outlook_csv(const catalogue::Catalogue& catalogue, const Outlook& outlook, Language language);

}  // namespace resmon::nationwide
