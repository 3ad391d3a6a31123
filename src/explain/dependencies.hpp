// What hangs on what: which resource alone, if it does not come back, keeps which services from returning.
#pragma once

#include "outage/case.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace resmon::explain {

/// A kind of resource at all sites in view: `directory`.
struct DependedOn {
    std::string resource;
    int sites = 0;                         ///< how many places have one of their own
    bool can_fail = false;                 ///< in this scenario
    std::vector<std::string> waits_for;    ///< resources whose tasks or gates its own wait for, directly; ordered
    std::vector<std::string> needed_by;    ///< services whose normal requirement names it; ordered
    std::vector<std::string> stops;        ///< services that it alone keeps from normal operation somewhere; ordered
    std::vector<std::string> stops_whole;  ///< of these, those with no fallback either
    double people_weight = 0;              ///< Σ inhabitants × class weight of what it stops
};

/// What a service needs for normal operation, through everything that must come back before.
struct Dependent {
    std::string service;
    double people_weight = 0;
    std::vector<std::string> needs;  ///< named by its requirement; ordered
    std::vector<std::string> alone;  ///< resources each of which stops it; ordered
};

struct Dependencies {
    std::vector<DependedOn> resources;  ///< by the weight of what they stop, heaviest first, ties by name
    std::vector<Dependent> services;    ///< by id
    double people_weight = 0;           ///< of all services in view
};

/// The resources that the services of a body (of all, if it is empty) name in some mode, and all that their return
/// waits for, by kind. Throws NotFound for a body that is not in the case.
[[nodiscard]] std::map<std::string, std::set<outage::Index>> resources_in_view(const outage::Case& outage,
                                                                               const std::string& body);

/// Of one body if its key is given, else of all. A resource that does not come back at any site: its tasks are never
/// done, nor is what waits for them; then requirements are asked. Redundancy counts as the requirement states it
/// (`any`, `at_least`). Pure. Throws NotFound for a body that is not in the case.
[[nodiscard]] Dependencies dependencies(const outage::Case& outage, const std::string& body = {});

}  // namespace resmon::explain
