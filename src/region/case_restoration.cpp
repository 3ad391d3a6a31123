// The restoration side of a case: resources, tasks and gates at every site, and what waits for what.
#include "region/case_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace resmon::forecast {

using catalogue::OwnerKind;

namespace {

std::string pool_key(const Site& site, catalogue::CrewKind kind) {
    switch (kind) {
        case catalogue::CrewKind::platform: return site.id + "/crew/platform";
        case catalogue::CrewKind::application: return site.id + "/crew/application";
        case catalogue::CrewKind::external: return site.id + "/crew/external";
        case catalogue::CrewKind::local: return site.id + "/crew/local";
        case catalogue::CrewKind::none: break;
    }
    return {};
}

}  // namespace

void CaseBuilder::add_resources() {
    for (const catalogue::Resource& resource : catalogue_.resources) {
        const auto failing = std::ranges::find(scenario_.fails, resource.id, &catalogue::FailingResource::resource);
        for (const Site& site : sites_) {
            if (site.kind != resource.owner) continue;
            const std::string id = site.id + "/" + resource.id.value;
            const auto position = static_cast<Index>(case_.resources.size());
            resources_[id] = position;
            case_.resources.push_back({.id = id});
            if (failing == scenario_.fails.end()) continue;
            case_.resources[position].fails = failing->probability ? estimate(*failing->probability) : constant(1);
            add_tasks(resource, site, position);
        }
    }
}

void CaseBuilder::add_tasks(const catalogue::Resource& resource, const Site& site, Index position) {
    for (const catalogue::RestorationTask& task : resource.tasks) {
        const Site& doer = *(task.owner == resource.owner ? &site : sites_seen_from(site, task.owner).front());
        outage::Activity activity{.id = site.id + "/" + resource.id.value + "/" + task.id,
                                  .label = resource.id.value + "/" + task.id,
                                  .owner = owner(doer.id),
                                  .restore = {.median = estimate(task.restore_days), .sigma = estimate(task.sigma)},
                                  .crews = task.crews,
                                  .resource = position};
        if (task.rebuild_days) {
            activity.rebuild_median = estimate(*task.rebuild_days);
            activity.backup = own_backups(doer);
        }
        if (task.crew != catalogue::CrewKind::none) {
            // The provider's crews also work at the bodies of their part.
            const bool is_local = task.crew == catalogue::CrewKind::local;
            const Site& employer = *sites_seen_from(site, is_local ? OwnerKind::body : OwnerKind::provider).front();
            activity.pool = pools_.at(pool_key(employer, task.crew));
            activity.crews = std::min(task.crews, static_cast<int>(case_.pools[*activity.pool].slots.size()));
        }
        const auto number = static_cast<Index>(case_.activities.size());
        activities_[activity.id] = number;
        case_.resources[position].restored_by.push_back(number);
        case_.activities.push_back(std::move(activity));
    }
}

void CaseBuilder::add_gates() {
    for (const catalogue::Gate& gate : scenario_.gates)
        for (const Site& site : sites_)
            if (site.kind == gate.decided_by) add_gate(gate, site);
}

void CaseBuilder::add_gate(const catalogue::Gate& gate, const Site& site) {
    outage::Activity activity{.id = site.id + "/" + gate.id,
                              .label = gate.id,
                              .owner = owner(site.id),
                              .restore = {.median = estimate(gate.days), .sigma = estimate(gate.sigma)}};
    if (gate.office_hours) activity.calendar = calendar(site.state);
    if (const auto& delays = request_.overrides.delays) activity.restore.multipliers.push_back(constant(*delays));
    activities_[activity.id] = static_cast<Index>(case_.activities.size());
    case_.activities.push_back(std::move(activity));
}

std::vector<CaseBuilder::Index> CaseBuilder::activities_of(const std::string& reference, const Site& from) const {
    std::vector<Index> found;
    const auto add = [&](const std::string& id) {
        if (const auto row = activities_.find(id); row != activities_.end()) found.push_back(row->second);
    };
    if (const auto gate = std::ranges::find(scenario_.gates, reference, &catalogue::Gate::id);
        gate != scenario_.gates.end()) {
        for (const Site* site : sites_seen_from(from, gate->decided_by)) add(site->id + "/" + reference);
        return found;
    }
    const std::size_t slash = reference.find('/');
    const catalogue::Resource& resource = catalogue_.resource({reference.substr(0, slash)});
    for (const Site* site : sites_seen_from(from, resource.owner))
        for (const catalogue::RestorationTask& task : resource.tasks)
            if (slash == std::string::npos || task.id == std::string_view{reference}.substr(slash + 1))
                add(site->id + "/" + resource.id.value + "/" + task.id);
    return found;
}

void CaseBuilder::link_tasks() {
    for (const catalogue::Resource& resource : catalogue_.resources)
        for (const Site& site : sites_) {
            if (site.kind != resource.owner) continue;
            for (const catalogue::RestorationTask& task : resource.tasks) {
                const auto activity = activities_.find(site.id + "/" + resource.id.value + "/" + task.id);
                if (activity == activities_.end()) continue;
                for (const std::string& reference : task.after)
                    for (const Index before : activities_of(reference, site))
                        case_.activities[activity->second].after.push_back(before);
            }
        }
}

void CaseBuilder::link_gates() {
    for (const catalogue::Gate& gate : scenario_.gates)
        for (const Site& site : sites_) {
            if (site.kind == gate.decided_by) {
                outage::Activity& activity = case_.activities[activities_.at(site.id + "/" + gate.id)];
                for (const std::string& reference : gate.after)
                    for (const Index before : activities_of(reference, site)) activity.after.push_back(before);
                if (gate.setback) {
                    activity.setback = outage::Setback{.probability = estimate(gate.setback->probability),
                                                       .share = estimate(gate.setback->share)};
                    for (const std::string& reference : gate.setback->repeats)
                        for (const Index again : activities_of(reference, site))
                            activity.setback->repeats.push_back(again);
                }
            }
            // Seen from what is held: a task waits for the gate of its own part, body or state.
            for (const std::string& reference : gate.holds)
                for (const Index held : activities_of(reference, site)) {
                    outage::Activity& activity = case_.activities[held];
                    if (!activity.id.starts_with(site.id + "/")) continue;
                    for (const Index before : activities_of(gate.id, site)) activity.after.push_back(before);
                }
        }
    for (outage::Activity& activity : case_.activities) {
        std::ranges::sort(activity.after);
        const auto repeated = std::ranges::unique(activity.after);
        activity.after.erase(repeated.begin(), repeated.end());
    }
}

}  // namespace resmon::forecast
