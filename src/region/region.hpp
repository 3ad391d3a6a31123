// From the catalogue to a case: which resources, tasks, crews and services a scenario meets in a region.
#pragma once

#include "catalogue/catalogue.hpp"
#include "outage/case.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace resmon::forecast {

/// What a person changed against the catalogue.
struct Overrides {
    std::map<catalogue::CrewKind, int> crews;  ///< of the provider, over all its parts; shared out as in the catalogue
    std::vector<catalogue::ModeKind> without_modes;  ///< fallbacks taken away; ordered
    std::optional<double> backups_survive;           ///< probability
    std::optional<double> delays;   ///< gates and the arrival of reinforcement take so many times as long
    std::optional<double> reached;  ///< probability that outside office hours somebody is reached, everywhere
    std::string start = {};         ///< local time, `2026-05-01T20:00`; empty = as the scenario says

    bool operator==(const Overrides&) const = default;
};

/// What is to be computed. An incident fixes scenario, region and start. A body alone, with its own IT, stands in place
/// of a region.
struct CaseRequest {
    std::optional<IncidentId> incident;
    ScenarioId scenario;
    RegionId region;
    std::optional<BodyKey> alone = {};
    Overrides overrides;

    bool operator==(const CaseRequest&) const = default;
};

/// Everybody of the register, each at its own provider: a region that no file lists (catalogue/germany.yaml).
inline constexpr std::string_view germany_id = "deutschland";

[[nodiscard]] bool is_germany(const CaseRequest& request);

/// A region by its id, or a body alone by its key of twelve digits, as people and programs write it.
void set_place(CaseRequest& request, const std::string& place);
[[nodiscard]] std::string place_of(const CaseRequest& request);
/// What people call the place. Throws NotFound.
[[nodiscard]] Text place_name(const catalogue::Catalogue& catalogue, const CaseRequest& request);

/// The request with the incident's scenario and region. Throws NotFound for an unknown id, InputError if a scenario or
/// a region is missing, contradicts the incident, or the incident cannot be replayed.
[[nodiscard]] CaseRequest completed(const catalogue::Catalogue& catalogue, const CaseRequest& request);

/// The bodies of one provider: a case of its own. What several parts have in common (severity, figures, states) has the
/// same ids, so course i of one part belongs to course i of all others.
struct RegionPart {
    catalogue::Region region;
    bool is_assumed = false;          ///< nobody says publicly who their provider is: one per state
    bool are_all_others_hit = false;  ///< nobody outside can help
};

/// One part, or for Germany one per provider, ordered by the provider's id. Cheap: no case is built yet. Throws as
/// `completed`.
[[nodiscard]] std::vector<RegionPart> parts_of(const catalogue::Catalogue& catalogue, const CaseRequest& request);

/// The case of a part of the request. Pure.
[[nodiscard]] outage::Case case_of(const catalogue::Catalogue& catalogue, const CaseRequest& request,
                                   const RegionPart& part);

/// The case of a scenario at one provider, whether it is that of a region or known only as a part of Germany. Pure.
[[nodiscard]] outage::Case case_at(const catalogue::Catalogue& catalogue, const ScenarioId& scenario,
                                   const RegionPart& part);

/// Pure. Asks the milestones of the incident as questions, in their order.
/// Throws InputError if a figure in use was derived from the incident that is replayed, or for Germany, which is more
/// than one case.
[[nodiscard]] outage::Case case_of(const catalogue::Catalogue& catalogue, const CaseRequest& request);

/// Every figure that a case uses, once, ordered by id; for Germany those of all its cases.
[[nodiscard]] std::vector<catalogue::Figure> figures_used(const catalogue::Catalogue& catalogue,
                                                          const CaseRequest& request);

/// Crews of the provider by kind, over all parts, as the catalogue has them.
[[nodiscard]] std::map<catalogue::CrewKind, int> crews_of(const catalogue::Region& region);

/// What people call the links of critical chains: tasks `directory/rebuild`, gates `containment`, crews
/// `crew/platform`.
[[nodiscard]] std::map<std::string, Text> chain_names(const catalogue::Catalogue& catalogue,
                                                      const ScenarioId& scenario);

}  // namespace resmon::forecast
