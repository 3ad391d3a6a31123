#include "explain/dependencies.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace resmon::explain {

using outage::Case;
using outage::Index;
using outage::Provision;
using outage::Requirement;

namespace {

std::string common_name(const std::string& id) { return id.substr(id.rfind('/') + 1); }

using Names = std::set<std::string>;

std::vector<std::string> listed(const Names& names) { return {names.begin(), names.end()}; }

void add_named(const Requirement& needs, const Case& outage, std::set<Index>& resources) {
    if (needs.kind == Requirement::Kind::resource) resources.insert(needs.resource);
    for (const Requirement& part : needs.of) add_named(part, outage, resources);
}

bool is_met(const Requirement& needs, const std::vector<bool>& lost) {
    const auto met = static_cast<std::size_t>(
        std::ranges::count_if(needs.of, [&](const Requirement& part) { return is_met(part, lost); }));
    switch (needs.kind) {
        case Requirement::Kind::resource: return !lost[needs.resource];
        case Requirement::Kind::all: return met == needs.of.size();
        case Requirement::Kind::any: return met > 0;
        case Requirement::Kind::at_least: return met >= needs.count;
    }
    return false;
}

class Finder {
public:
    Finder(const Case& outage, const std::string& body) : case_{outage} {
        for (Index number = 0; number < case_.provisions.size(); ++number)
            if (body.empty() || case_.bodies[case_.provisions[number].body].key == body) in_view_.push_back(number);
        if (in_view_.empty()) throw NotFound{worded("fault.explain.no-body", {{"body", body}})};
        for (const Index number : in_view_)
            for (const outage::Mode& mode : case_.provisions[number].modes) {
                std::set<Index> named;
                add_named(mode.needs, case_, named);
                for (const Index resource : named) view(resource);
            }
    }

    [[nodiscard]] const std::map<std::string, std::set<Index>>& sites() const noexcept { return sites_; }

    [[nodiscard]] Dependencies found() const {
        Dependencies result;
        std::map<std::string, Dependent> services;
        for (const Index number : in_view_) add_service(number, services, result);
        for (const auto& [name, sites] : sites_) result.resources.push_back(resource(name, sites, services));
        std::ranges::stable_sort(result.resources, std::ranges::greater{}, &DependedOn::people_weight);
        for (auto& [id, service] : services) result.services.push_back(std::move(service));
        return result;
    }

private:
    /// The resource and all that its return waits for.
    void view(Index resource) {
        if (!sites_[common_name(case_.resources[resource].id)].insert(resource).second) return;
        for (const Index before : awaited(resource)) view(before);
    }

    /// Resources whose tasks the tasks of this one wait for, directly or through gates.
    [[nodiscard]] std::set<Index> awaited(Index resource) const {
        std::set<Index> found;
        std::set<Index> seen;
        std::vector<Index> open = case_.resources[resource].restored_by;
        while (!open.empty()) {
            const Index activity = open.back();
            open.pop_back();
            if (!seen.insert(activity).second) continue;
            const auto& belongs_to = case_.activities[activity].resource;
            if (belongs_to && *belongs_to != resource) {
                found.insert(*belongs_to);
                continue;
            }
            open.insert(open.end(), case_.activities[activity].after.begin(), case_.activities[activity].after.end());
        }
        return found;
    }

    void add_service(Index number, std::map<std::string, Dependent>& services, Dependencies& result) const {
        const Provision& provision = case_.provisions[number];
        const std::string& id = case_.services[provision.service].id;
        Dependent& service = services[id];
        service.service = id;
        service.people_weight += provision.weight;
        result.people_weight += provision.weight;
        std::set<Index> named;
        add_named(provision.modes.front().needs, case_, named);
        Names needs(service.needs.begin(), service.needs.end());
        for (const Index resource : named) needs.insert(common_name(case_.resources[resource].id));
        service.needs = listed(needs);
    }

    /// Everything that stays away if these stay away.
    [[nodiscard]] std::vector<bool> lost_with(const std::set<Index>& gone) const {
        std::vector<bool> lost(case_.resources.size(), false);
        std::vector<bool> undone(case_.activities.size(), false);
        for (const Index resource : gone) {
            lost[resource] = true;
            for (const Index task : case_.resources[resource].restored_by) undone[task] = true;
        }
        for (bool changed = true; changed;) {
            changed = false;
            for (Index activity = 0; activity < case_.activities.size(); ++activity) {
                const auto& after = case_.activities[activity].after;
                if (!undone[activity] && std::ranges::any_of(after, [&](Index before) { return undone[before]; }))
                    undone[activity] = changed = true;
            }
            for (Index resource = 0; resource < case_.resources.size(); ++resource)
                if (!lost[resource] && case_.resources[resource].fails &&
                    std::ranges::any_of(case_.resources[resource].restored_by,
                                        [&](Index activity) { return undone[activity]; }))
                    lost[resource] = changed = true;
        }
        return lost;
    }

    [[nodiscard]] DependedOn resource(const std::string& name, const std::set<Index>& sites,
                                      std::map<std::string, Dependent>& services) const {
        DependedOn result{.resource = name, .sites = static_cast<int>(sites.size())};
        Names waits_for;
        for (const Index site : sites) {
            result.can_fail |= case_.resources[site].fails.has_value();
            for (const Index before : awaited(site)) waits_for.insert(common_name(case_.resources[before].id));
        }
        waits_for.erase(name);
        result.waits_for = listed(waits_for);
        for (const auto& [id, service] : services)
            if (std::ranges::binary_search(service.needs, name)) result.needed_by.push_back(id);

        const std::vector<bool> lost = lost_with(sites);
        Names stops;
        Names whole;
        for (const Index number : in_view_) {
            const Provision& provision = case_.provisions[number];
            if (is_met(provision.modes.front().needs, lost)) continue;
            const std::string& id = case_.services[provision.service].id;
            result.people_weight += provision.weight;
            stops.insert(id);
            if (std::ranges::none_of(provision.modes,
                                     [&](const outage::Mode& mode) { return is_met(mode.needs, lost); }))
                whole.insert(id);
        }
        for (const std::string& id : stops) services[id].alone.push_back(name);
        result.stops = listed(stops);
        result.stops_whole = listed(whole);
        return result;
    }

    const Case& case_;
    std::vector<Index> in_view_;
    std::map<std::string, std::set<Index>> sites_;
};

}  // namespace

std::map<std::string, std::set<Index>> resources_in_view(const Case& outage, const std::string& body) {
    return Finder{outage, body}.sites();
}

Dependencies dependencies(const Case& outage, const std::string& body) { return Finder{outage, body}.found(); }

}  // namespace resmon::explain
