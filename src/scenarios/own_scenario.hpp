// A scenario of an organisation's own, as it is kept.
#pragma once

#include "access/principal.hpp"
#include "base/quantity.hpp"
#include "base/text.hpp"

#include <string>

namespace resmon::scenarios {

using OwnScenarioId = Id<struct OwnScenarioTag>;

struct OwnScenario {
    OwnScenarioId id;
    OrganisationId organisation;  ///< empty on a machine without accounts
    Text name;                    ///< as the text tells it, each language perhaps empty
    ScenarioId scenario;          ///< names the text by its content (scenario_text.hpp)
    std::string text;
    int version = 1;      ///< grows with every change
    std::string made_at;  ///< UTC, ISO 8601
    std::string changed_at;
    PersonId changed_by;
    std::string changed_by_name;  ///< empty for nobody, and for people who were erased
};

}  // namespace resmon::scenarios
