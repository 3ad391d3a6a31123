#include "outage/compile.hpp"

#include "base/random.hpp"
#include "outage/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace resmon::outage {

namespace {

constexpr std::uint32_t attempts = 3;
constexpr std::array<const char*, mode_count> mode_names{"normal", "basic-operation", "neighbour", "paper", "down"};

template <class Things, class IdOf>
std::vector<std::uint64_t> hashes(const Things& things, IdOf id_of) {
    std::vector<std::uint64_t> found;
    for (const auto& thing : things) found.push_back(entity_hash(id_of(thing)));
    return found;
}

/// By activity: everything that must be done before it, also through others.
std::vector<std::set<Index>> ancestors_of(const Case& outage, const std::vector<Index>& wanted) {
    std::vector<std::set<Index>> ancestors(outage.activities.size());
    for (const Index activity : wanted) {
        std::vector<Index> open = outage.activities[activity].after;
        while (!open.empty()) {
            const Index before = open.back();
            open.pop_back();
            if (!ancestors[activity].insert(before).second) continue;
            open.insert(open.end(), outage.activities[before].after.begin(), outage.activities[before].after.end());
        }
    }
    return ancestors;
}

std::vector<Index> ranks_by_id(const std::vector<Resource>& resources) {
    std::vector<Index> order(resources.size());
    std::iota(order.begin(), order.end(), Index{0});
    std::ranges::sort(order, {}, [&](Index resource) { return std::string_view{resources[resource].id}; });
    std::vector<Index> ranks(resources.size());
    for (Index place = 0; place < order.size(); ++place) ranks[order[place]] = place;
    return ranks;
}

class StepBuilder {
public:
    explicit StepBuilder(Compiled& compiled) : compiled_{compiled}, case_{*compiled.outage} {}

    /// In the byte order of ids, so that nothing depends on the order of the case.
    void build() {
        std::vector<Index> order(case_.activities.size());
        std::iota(order.begin(), order.end(), Index{0});
        std::ranges::sort(order, {},
                          [this](Index activity) { return std::string_view{case_.activities[activity].id}; });
        first_step_.resize(order.size());
        compiled_.final_step.resize(order.size());
        for (const Index activity : order) add(activity);
        for (const Index activity : order)
            for (const Index before : case_.activities[activity].after)
                link(compiled_.final_step[before], first_step_[activity]);
    }

private:
    Index add_step(Step step) {
        compiled_.steps.push_back(std::move(step));
        return static_cast<Index>(compiled_.steps.size() - 1);
    }

    void link(Index before, Index after) {
        compiled_.steps[before].after.push_back(after);
        compiled_.steps[after].before.push_back(before);
    }

    void add(Index activity) {
        first_step_[activity] = add_step({.activity = activity});
        Index last = first_step_[activity];
        if (case_.activities[activity].setback)
            for (std::uint32_t failures = 1; failures < attempts; ++failures)
                last = add_attempt(activity, last, failures);
        compiled_.final_step[activity] = last;
    }

    /// Copies of what is repeated, then the gate once more.
    Index add_attempt(Index gate, Index failed_attempt, std::uint32_t failures) {
        std::vector<Index> repeats = case_.activities[gate].setback->repeats;
        std::ranges::sort(repeats, {},
                          [this](Index activity) { return std::string_view{case_.activities[activity].id}; });
        const auto ancestors = ancestors_of(case_, repeats);
        std::map<Index, Index> copies;
        for (const Index repeated : repeats)
            copies[repeated] = add_step({.activity = repeated,
                                         .attempt = failures,
                                         .is_copy = true,
                                         .repeated_by = gate,
                                         .failures_needed = failures});
        const Index next =
            add_step({.activity = gate, .attempt = failures, .repeated_by = gate, .failures_needed = failures});
        link(failed_attempt, next);
        for (const auto& [repeated, copy] : copies) {
            link(failed_attempt, copy);
            link(copy, next);
            for (const auto& [other, other_copy] : copies)
                if (ancestors[repeated].contains(other)) link(other_copy, copy);
        }
        return next;
    }

    Compiled& compiled_;
    const Case& case_;
    std::vector<Index> first_step_;
};

void collect_resources(const Requirement& needs, std::set<Index>& resources) {
    if (needs.kind == Requirement::Kind::resource) resources.insert(needs.resource);
    for (const Requirement& part : needs.of) collect_resources(part, resources);
}

double central_median(const Case& outage, const Activity& activity) {
    const bool is_rebuilt = activity.backup && activity.rebuild_median &&
                            outage.estimates[outage.backups[*activity.backup].survives].central < 0.5;
    double median = outage.estimates[is_rebuilt ? *activity.rebuild_median : activity.restore.median].central;
    for (const Index multiplier : activity.restore.multipliers) median *= outage.estimates[multiplier].central;
    return median;
}

/// Smith's ratio: weight of the services that wait for a task, per crew-day of its median (docs/model.md, restoration).
std::vector<double> smith_priorities(const Case& outage) {
    std::vector<Index> provisions(outage.provisions.size());
    std::iota(provisions.begin(), provisions.end(), Index{0});
    std::ranges::sort(provisions, {},
                      [&](Index provision) { return std::string_view{outage.provisions[provision].id}; });

    // Which provisions wait for an activity: through every resource that it, or whatever comes after it, brings back.
    std::vector<std::vector<Index>> successors(outage.activities.size());
    std::vector<std::vector<Index>> brings_back(outage.activities.size());
    for (Index activity = 0; activity < outage.activities.size(); ++activity)
        for (const Index before : outage.activities[activity].after) successors[before].push_back(activity);
    for (Index resource = 0; resource < outage.resources.size(); ++resource)
        for (const Index activity : outage.resources[resource].restored_by) brings_back[activity].push_back(resource);
    std::vector<std::vector<Index>> waiting(outage.resources.size());
    for (const Index provision : provisions) {
        std::set<Index> needed;
        collect_resources(outage.provisions[provision].modes.front().needs, needed);
        for (const Index resource : needed) waiting[resource].push_back(provision);
    }

    std::vector<double> priorities(outage.activities.size(), 0.0);
    std::vector<Index> rank_of(outage.provisions.size());
    for (Index rank = 0; rank < provisions.size(); ++rank) rank_of[provisions[rank]] = rank;
    // Stamps instead of flags: most activities reach few others.
    std::vector<Index> seen(outage.activities.size(), 0);
    std::vector<Index> counted(outage.provisions.size(), 0);
    for (Index activity = 0; activity < outage.activities.size(); ++activity) {
        if (!outage.activities[activity].pool) continue;
        const Index stamp = activity + 1;
        std::vector<Index> waits;
        std::vector<Index> open{activity};
        seen[activity] = stamp;
        while (!open.empty()) {
            const Index current = open.back();
            open.pop_back();
            for (const Index resource : brings_back[current])
                for (const Index provision : waiting[resource])
                    if (counted[provision] != stamp) counted[provision] = stamp, waits.push_back(rank_of[provision]);
            for (const Index next : successors[current])
                if (seen[next] != stamp) seen[next] = stamp, open.push_back(next);
        }
        // In the order of ids, so that the sum does not depend on the order of the case.
        double weight = 0;
        const bool are_many = waits.size() > provisions.size() / 16;
        if (!are_many) std::ranges::sort(waits);
        for (const Index rank : waits)
            if (!are_many) weight += outage.provisions[provisions[rank]].weight;
        for (const Index provision : provisions)
            if (are_many && counted[provision] == stamp) weight += outage.provisions[provision].weight;
        const double work = central_median(outage, outage.activities[activity]) * outage.activities[activity].crews;
        // Smallest first; a task without work goes before all.
        priorities[activity] = work > 0 ? -weight / work : -never;
    }
    return priorities;
}

void add_helper_pools(Compiled& compiled) {
    const Case& outage = *compiled.outage;
    std::map<std::string, HelperPool> pools;
    for (Index provision = 0; provision < outage.provisions.size(); ++provision)
        for (const Mode& mode : outage.provisions[provision].modes)
            for (const Helper& helper : mode.helpers) {
                const std::string id = helper.body + "/" + outage.services[outage.provisions[provision].service].id;
                HelperPool& pool = pools[id];
                pool.id = id;
                pool.spare = helper.spare;
                pool.provision = helper.provision;
                pool.named_by.push_back(provision);
            }
    std::map<std::string, Index> position;
    for (auto& [id, pool] : pools) {
        std::ranges::sort(pool.named_by, {},
                          [&](Index provision) { return std::string_view{outage.provisions[provision].id}; });
        position[id] = static_cast<Index>(compiled.helper_pools.size());
        compiled.helper_pools.push_back(std::move(pool));
    }
    compiled.helpers_of.resize(outage.provisions.size());
    for (Index provision = 0; provision < outage.provisions.size(); ++provision)
        for (const Mode& mode : outage.provisions[provision].modes) {
            auto& of_mode = compiled.helpers_of[provision].emplace_back();
            for (const Helper& helper : mode.helpers)
                of_mode.push_back(
                    position.at(helper.body + "/" + outage.services[outage.provisions[provision].service].id));
            std::ranges::sort(of_mode);
        }
}

void add_labels(Compiled& compiled) {
    const Case& outage = *compiled.outage;
    std::set<std::string> labels{"activation", "office-hours"};
    for (const Activity& activity : outage.activities) labels.insert(activity.label);
    for (const Pool& pool : outage.pools) labels.insert(pool.label);
    compiled.labels.assign(labels.begin(), labels.end());
    const auto position = [&](const std::string& label) {
        return static_cast<Index>(std::ranges::lower_bound(compiled.labels, label) - compiled.labels.begin());
    };
    for (const Activity& activity : outage.activities) compiled.activity_label.push_back(position(activity.label));
    for (const Pool& pool : outage.pools) compiled.pool_label.push_back(position(pool.label));
    compiled.activation_label = position("activation");
    compiled.office_hours_label = position("office-hours");
}

std::vector<double> priorities(const Case& outage) {
    switch (outage.priority) {
        case Priority::by_weight: return smith_priorities(outage);
        case Priority::list: {
            std::vector<double> ranks;
            for (const Activity& activity : outage.activities) ranks.push_back(activity.rank);
            return ranks;
        }
        case Priority::first_come:
        case Priority::by_lot: break;
    }
    return std::vector<double>(outage.activities.size(), 0.0);
}

}  // namespace

Compiled compiled(const Case& outage) {
    if (std::vector<Fault> faults = contradictions_in(outage); !faults.empty()) throw InputError{std::move(faults)};

    Compiled ready;
    ready.outage = &outage;
    const auto id = [](const auto& thing) { return std::string_view{thing.id}; };
    ready.estimate_hash = hashes(outage.estimates, id);
    ready.owner_hash = hashes(outage.owners, [](const std::string& owner) { return std::string_view{owner}; });
    ready.activity_hash = hashes(outage.activities, id);
    ready.resource_hash = hashes(outage.resources, [](const Resource& resource) {
        return std::string_view{resource.fails_with.empty() ? resource.id : resource.fails_with};
    });
    ready.backup_hash = hashes(outage.backups, id);
    ready.provision_hash = hashes(outage.provisions, id);
    for (const Body& body : outage.bodies) {
        ready.body_hash.push_back(entity_hash(body.key));
        for (const char* mode : mode_names) ready.activation_hash.push_back(entity_hash(body.key + "/" + mode));
    }
    StepBuilder{ready}.build();
    ready.priority = priorities(outage);
    ready.by_id.resize(outage.provisions.size());
    std::iota(ready.by_id.begin(), ready.by_id.end(), Index{0});
    std::ranges::sort(ready.by_id, {}, [&](Index provision) {
        return std::tuple{std::string_view{outage.services[outage.provisions[provision].service].id},
                          std::string_view{outage.bodies[outage.provisions[provision].body].key}};
    });
    ready.bodies_by_key.resize(outage.bodies.size());
    std::iota(ready.bodies_by_key.begin(), ready.bodies_by_key.end(), Index{0});
    std::ranges::sort(ready.bodies_by_key, {}, [&](Index body) { return std::string_view{outage.bodies[body].key}; });
    for (const Index body : ready.bodies_by_key)
        if (std::ranges::count(ready.calendars_of_bodies, outage.bodies[body].calendar) == 0)
            ready.calendars_of_bodies.push_back(outage.bodies[body].calendar);
    ready.resource_rank = ranks_by_id(outage.resources);
    ready.questions_of.resize(outage.provisions.size());
    for (Index question = 0; question < outage.questions.size(); ++question)
        for (const Index provision : outage.questions[question].provisions)
            ready.questions_of[provision].push_back(question);
    add_helper_pools(ready);
    add_labels(ready);
    ready.dimensions = dimensions_of(ready);
    return ready;
}

}  // namespace resmon::outage
