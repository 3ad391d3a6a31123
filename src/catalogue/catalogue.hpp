// Everything the domain knows, checked: the only place where figures about the world come from.
#pragma once

#include "base/calendar.hpp"
#include "catalogue/incident.hpp"
#include "catalogue/preparedness.hpp"
#include "catalogue/questionnaire.hpp"
#include "catalogue/region.hpp"
#include "catalogue/register.hpp"
#include "catalogue/resource.hpp"
#include "catalogue/scenario.hpp"
#include "catalogue/service.hpp"
#include "catalogue/successor.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace resmon::catalogue {

/// catalogue/model.yaml: what holds for every forecast.
struct ModelSettings {
    double horizon_days = 730;
    int reference_year = 2026;            ///< a start that a scenario leaves open is uniform over its hours
    std::array<Figure, 4> class_weights;  ///< by ServiceClass
    Figure severity_share;                ///< φ: of the variance of log durations, common to the incident
    Figure owner_share;                   ///< φ': common to an owner
    Figure activation_sigma;              ///< of the logarithm of a mode's delay
    Figure overtime_share;                ///< o: capacity above normal demand after the return
    Figure data_loss_effort;              ///< ρ_loss: of a normal case, for each working day's demand of lost data
    Figure helpers_per_body;              ///< how many bodies of other providers a body can turn to
    std::vector<CrewRule> local_crews;    ///< per body; number per 10,000 inhabitants
    OfficeHours office_hours;             ///< catalogues of earlier versions have none of the last three
    Figure body_reached;                  ///< probability that outside them somebody is there who may decide
    Figure provider_reached;              ///< of a shared provider
};

struct Catalogue {
    std::string version;            ///< `2026.11 · 7c1e9b2f`: its date and the first digits of the hash
    std::string hash;               ///< of all files, hexadecimal
    std::vector<Service> services;  ///< each list ordered by id
    std::vector<Resource> resources;
    std::vector<Scenario> scenarios;
    std::vector<Region> regions;
    std::optional<Germany> germany;  ///< catalogues of earlier versions have none
    std::vector<Incident> incidents;
    std::vector<Frequency> frequencies;  ///< by scenario; catalogues of earlier versions have none
    std::vector<Questionnaire> questionnaires;
    ModelSettings model;
    PreparednessModel preparedness;
    std::vector<HolidayRule> holidays;
    std::vector<Election> elections;  ///< catalogues of earlier versions have none
    Register bodies;
    std::vector<Successor> successors;

    /// Throw NotFound that names the known ids.
    [[nodiscard]] const Service& service(const ServiceId& id) const;
    [[nodiscard]] const Resource& resource(const ResourceId& id) const;
    [[nodiscard]] const Scenario& scenario(const ScenarioId& id) const;
    [[nodiscard]] const Region& region(const RegionId& id) const;
    [[nodiscard]] const Incident& incident(const IncidentId& id) const;
    [[nodiscard]] const Questionnaire& questionnaire(const QuestionnaireId& id) const;
};

}  // namespace resmon::catalogue
