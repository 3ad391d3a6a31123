#include "region/relevant_part.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace resmon::forecast {

using outage::Activity;
using outage::Case;
using outage::Index;
using outage::Requirement;
using outage::Resource;

namespace {

/// Marks what is waited for, from thing to thing.
class Search {
public:
    explicit Search(const Case& whole)
        : case_{whole}, activities_(whole.activities.size()), resources_(whole.resources.size()),
          of_pool_(whole.pools.size()), repeated_by_(whole.activities.size()) {
        for (Index number = 0; number < whole.activities.size(); ++number) {
            const Activity& activity = whole.activities[number];
            if (activity.pool) of_pool_[*activity.pool].push_back(number);
            if (activity.setback)
                for (const Index repeated : activity.setback->repeats) repeated_by_[repeated].push_back(number);
        }
        for (const outage::Provision& provision : whole.provisions)
            for (const outage::Mode& mode : provision.modes) want(mode.needs);
        for (const outage::Body& body : whole.bodies)
            if (body.declaration) want_activity(*body.declaration);
        while (!open_.empty()) {
            const Index next = open_.back();
            open_.pop_back();
            follow(case_.activities[next], next);
        }
    }

    [[nodiscard]] const std::vector<bool>& activities() const { return activities_; }
    [[nodiscard]] const std::vector<bool>& resources() const { return resources_; }

private:
    void want(const Requirement& needs) {
        if (needs.kind == Requirement::Kind::resource) want_resource(needs.resource);
        for (const Requirement& part : needs.of) want(part);
    }

    void want_resource(Index number) {
        if (resources_[number]) return;
        resources_[number] = true;
        for (const Index activity : case_.resources[number].restored_by) want_activity(activity);
    }

    void want_activity(Index number) {
        if (activities_[number]) return;
        activities_[number] = true;
        open_.push_back(number);
    }

    void follow(const Activity& activity, Index number) {
        for (const Index earlier : activity.after) want_activity(earlier);
        if (activity.resource) want_resource(*activity.resource);
        if (activity.setback)
            for (const Index repeated : activity.setback->repeats) want_activity(repeated);
        // Copies of it ask for its crews again.
        for (const Index gate : repeated_by_[number]) want_activity(gate);
        if (activity.pool)
            for (const Index rival : of_pool_[*activity.pool]) want_activity(rival);
    }

    const Case& case_;
    std::vector<bool> activities_, resources_;
    std::vector<std::vector<Index>> of_pool_;      ///< activities, by pool
    std::vector<std::vector<Index>> repeated_by_;  ///< gates, by activity
    std::vector<Index> open_;
};

/// Takes away what is not kept; where the rest stands then, by its place before.
template <class Thing>
std::vector<Index> keep(std::vector<Thing>& things, const std::vector<bool>& kept) {
    std::vector<Index> place(things.size());
    std::vector<Thing> rest;
    for (std::size_t number = 0; number < things.size(); ++number) {
        place[number] = static_cast<Index>(rest.size());
        if (kept[number]) rest.push_back(std::move(things[number]));
    }
    things = std::move(rest);
    return place;
}

void move(std::vector<Index>& numbers, const std::vector<Index>& place) {
    for (Index& number : numbers) number = place[number];
}

void move(Requirement& needs, const std::vector<Index>& resource_place) {
    if (needs.kind == Requirement::Kind::resource) needs.resource = resource_place[needs.resource];
    for (Requirement& part : needs.of) move(part, resource_place);
}

}  // namespace

Case relevant_part(Case whole) {
    const Search search{whole};
    const std::vector<Index> activity_place = keep(whole.activities, search.activities());
    const std::vector<Index> resource_place = keep(whole.resources, search.resources());
    for (Activity& activity : whole.activities) {
        move(activity.after, activity_place);
        if (activity.resource) activity.resource = resource_place[*activity.resource];
        if (activity.setback) move(activity.setback->repeats, activity_place);
    }
    for (Resource& resource : whole.resources) move(resource.restored_by, activity_place);
    for (outage::Body& body : whole.bodies)
        if (body.declaration) body.declaration = activity_place[*body.declaration];
    for (outage::Provision& provision : whole.provisions)
        for (outage::Mode& mode : provision.modes) move(mode.needs, resource_place);
    return whole;
}

}  // namespace resmon::forecast
