// The restoration side of a case: resources, tasks and gates at every site, and what waits for what.
#include "region/case_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace resmon::forecast {

using catalogue::OwnerKind;

const catalogue::FailingResource* CaseBuilder::failing(const catalogue::Resource& resource, const Site& site) const {
    const auto listed = std::ranges::find(scenario_.fails, resource.id, &catalogue::FailingResource::resource);
    if (listed == scenario_.fails.end()) return nullptr;
    const bool is_elsewhere =
        scenario_.hits == catalogue::Hit::house && site.kind == OwnerKind::provider && !request_.alone;
    return is_elsewhere ? nullptr : &*listed;
}

void CaseBuilder::add_resources() {
    for (const catalogue::Resource& resource : catalogue_.resources) {
        AtSites& here = resources_[resource.id.value];
        for (Index site = 0; site < sites_.size(); ++site) {
            if (sites_[site].kind != resource.owner) continue;
            const auto position = static_cast<Index>(case_.resources.size());
            here.put(site, sites_.size(), position);
            case_.resources.push_back({.id = sites_[site].id + "/" + resource.id.value});
            const catalogue::FailingResource* listed = failing(resource, sites_[site]);
            if (listed == nullptr) continue;
            outage::Resource& mapped = case_.resources[position];
            mapped.fails = listed->probability ? estimate(*listed->probability) : constant(1);
            if (!listed->together.empty()) mapped.fails_with = sites_[site].id + "/together/" + listed->together;
            add_tasks(resource, site, position);
        }
    }
}

std::vector<const catalogue::DurationChange*> CaseBuilder::changes_of(const std::string& resource,
                                                                      const std::string& task) const {
    std::vector<const catalogue::DurationChange*> changes;
    for (const catalogue::DurationChange& change : scenario_.durations)
        if (std::ranges::any_of(change.of, [&](const std::string& work) { return work == resource || work == task; }))
            changes.push_back(&change);
    // Products of the same numbers in another order may differ in their last bit.
    std::ranges::sort(changes, {}, [](const catalogue::DurationChange* change) { return change->factor.id; });
    return changes;
}

void CaseBuilder::add_tasks(const catalogue::Resource& resource, Index site, Index position) {
    for (const catalogue::RestorationTask& task : resource.tasks) {
        const auto seen = [this, site](OwnerKind kind) {
            return sites_[site].seen.at(static_cast<std::size_t>(kind)).front();
        };
        const Site& doer = sites_[task.owner == resource.owner ? site : seen(task.owner)];
        const std::string label = resource.id.value + "/" + task.id;
        const auto changes = changes_of(resource.id.value, label);
        outage::Activity activity{.id = sites_[site].id + "/" + label,
                                  .label = label,
                                  .owner = owner(doer.id),
                                  .restore = {.median = estimate(task.restore_days), .sigma = estimate(task.sigma)},
                                  .crews = task.crews,
                                  .resource = position};
        if (request_.alone && resource.owner == OwnerKind::provider && !catalogue_.preparedness.own_work.empty()) {
            const long people = catalogue_.bodies.find_body(*request_.alone)->population;
            const auto size = static_cast<std::size_t>(catalogue::size_class_of(people));
            activity.restore.multipliers.push_back(estimate(catalogue_.preparedness.own_work.at(size)));
        }
        for (const catalogue::DurationChange* change : changes)
            activity.restore.multipliers.push_back(estimate(change->factor));
        if (task.rebuild_days) {
            activity.rebuild_median = estimate(*task.rebuild_days);
            activity.backup = own_backups(doer);
        }
        if (task.crew != catalogue::CrewKind::none &&
            std::ranges::none_of(changes, &catalogue::DurationChange::by_itself)) {
            // The provider's crews also work at the bodies of their part.
            const bool is_local = task.crew == catalogue::CrewKind::local;
            activity.pool = pools_.at({seen(is_local ? OwnerKind::body : OwnerKind::provider), task.crew});
            activity.crews = std::min(task.crews, static_cast<int>(case_.pools[*activity.pool].slots.size()));
        }
        const auto number = static_cast<Index>(case_.activities.size());
        activities_[label].put(site, sites_.size(), number);
        case_.resources[position].restored_by.push_back(number);
        case_.activities.push_back(std::move(activity));
    }
}

void CaseBuilder::add_gates() {
    for (const catalogue::Gate& gate : scenario_.gates)
        for (Index site = 0; site < sites_.size(); ++site)
            if (sites_[site].kind == gate.decided_by) add_gate(gate, site);
}

void CaseBuilder::add_gate(const catalogue::Gate& gate, Index site) {
    outage::Activity activity{.id = sites_[site].id + "/" + gate.id,
                              .label = gate.id,
                              .owner = owner(sites_[site].id),
                              .restore = {.median = estimate(gate.days), .sigma = estimate(gate.sigma)}};
    if (gate.office_hours) activity.calendar = calendar(sites_[site].state);
    if (gate.on_call) {
        const bool is_own = request_.alone || sites_[site].kind == OwnerKind::body;
        const auto& usual = is_own ? catalogue_.model.body_reached : catalogue_.model.provider_reached;
        const auto& wished = request_.overrides.reached;
        activity.reachability = {.probability = wished ? constant(*wished) : estimate(usual),
                                 .calendar = calendar(sites_[site].state)};
    }
    if (const auto& delays = request_.overrides.delays) activity.restore.multipliers.push_back(constant(*delays));
    activities_[gate.id].put(site, sites_.size(), static_cast<Index>(case_.activities.size()));
    case_.activities.push_back(std::move(activity));
}

const CaseBuilder::Work& CaseBuilder::work(const std::string& reference) {
    const auto [row, is_new] = work_.try_emplace(reference);
    if (!is_new) return row->second;
    Work& found = row->second;
    if (const auto gate = std::ranges::find(scenario_.gates, reference, &catalogue::Gate::id);
        gate != scenario_.gates.end()) {
        found = {gate->decided_by, {&activities_[reference]}};
        return found;
    }
    const std::size_t slash = reference.find('/');
    const catalogue::Resource& resource = catalogue_.resource({reference.substr(0, slash)});
    found.owner = resource.owner;
    for (const catalogue::RestorationTask& task : resource.tasks)
        if (slash == std::string::npos || task.id == std::string_view{reference}.substr(slash + 1))
            found.activities.push_back(&activities_[resource.id.value + "/" + task.id]);
    return found;
}

std::vector<CaseBuilder::Index> CaseBuilder::activities_of(const std::string& reference, Index from) {
    const Work& meant = work(reference);
    std::vector<Index> found;
    for (const Index site : sites_[from].seen.at(static_cast<std::size_t>(meant.owner)))
        for (const AtSites* activities : meant.activities)
            if (const auto activity = activities->at(site)) found.push_back(*activity);
    return found;
}

void CaseBuilder::link_tasks() {
    for (const catalogue::Resource& resource : catalogue_.resources)
        for (const catalogue::RestorationTask& task : resource.tasks) {
            const AtSites& everywhere = activities_[resource.id.value + "/" + task.id];
            for (Index site = 0; site < sites_.size(); ++site) {
                const auto activity = everywhere.at(site);
                if (!activity) continue;
                for (const std::string& reference : task.after)
                    for (const Index before : activities_of(reference, site))
                        case_.activities[*activity].after.push_back(before);
            }
        }
}

/// Seen from what is held: a task waits for the gate of its own part, body or state.
void CaseBuilder::hold(const catalogue::Gate& gate, Index site) {
    for (const std::string& reference : gate.holds) {
        if (work(reference).owner != sites_[site].kind) continue;
        for (const Index held : activities_of(reference, site))
            for (const Index before : activities_of(gate.id, site)) case_.activities[held].after.push_back(before);
    }
}

void CaseBuilder::link_gates() {
    for (const catalogue::Gate& gate : scenario_.gates)
        for (Index site = 0; site < sites_.size(); ++site) {
            hold(gate, site);
            if (sites_[site].kind != gate.decided_by) continue;
            outage::Activity& activity = case_.activities[*activities_[gate.id].at(site)];
            for (const std::string& reference : gate.after)
                for (const Index before : activities_of(reference, site)) activity.after.push_back(before);
            if (!gate.setback) continue;
            activity.setback = outage::Setback{.probability = estimate(gate.setback->probability),
                                               .share = estimate(gate.setback->share)};
            for (const std::string& reference : gate.setback->repeats)
                for (const Index again : activities_of(reference, site)) activity.setback->repeats.push_back(again);
        }
    for (outage::Activity& activity : case_.activities) {
        std::ranges::sort(activity.after);
        const auto repeated = std::ranges::unique(activity.after);
        activity.after.erase(repeated.begin(), repeated.end());
    }
}

}  // namespace resmon::forecast
