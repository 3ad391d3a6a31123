// The case that a body's answers move: at its shared provider, if the catalogue knows one, else alone with its own IT.
#pragma once

#include "catalogue/catalogue.hpp"
#include "outage/case.hpp"
#include "region/levers.hpp"

#include <optional>
#include <set>
#include <vector>

namespace resmon::preparedness {

struct SharedProvider {
    ProviderId id;
    Text name;
    std::size_t customers = 0;  ///< bodies, with the one at hand
};

/// What a forecast from answers takes for granted.
struct Assumption {
    ScenarioId scenario;
    Text scenario_name;
    std::optional<SharedProvider> provider;  ///< none = the body is alone with its own IT
};

struct BodyCase {
    Assumption assumption;
    outage::Case plain;  ///< as the catalogue has it, no answer known
    forecast::Mover mover;
    std::set<catalogue::Lever> levers;  ///< that the body's answers reach; the others are its provider's

    [[nodiscard]] outage::Case with(const std::vector<forecast::LeverSetting>& settings) const;
};

/// Ransomware at whoever runs its IT. Pure. Throws NotFound for a body that is not in the register.
[[nodiscard]] BodyCase case_of_body(const catalogue::Catalogue& catalogue, const BodyKey& body);

}  // namespace resmon::preparedness
