// A case with some of its bodies left out.
#include "nationwide/nationwide.hpp"

#include <algorithm>
#include <cassert>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace resmon::nationwide {

namespace {

using outage::Case;
using outage::Index;

/// New positions of what stays; none for what is left out.
using Places = std::vector<std::optional<Index>>;

Places places_of(const std::vector<bool>& stays) {
    Places places(stays.size());
    Index next = 0;
    for (std::size_t position = 0; position < stays.size(); ++position)
        if (stays[position]) places[position] = next++;
    return places;
}

template <class Things>
void keep(Things& things, const Places& places) {
    std::size_t next = 0;
    for (std::size_t position = 0; position < things.size(); ++position)
        if (places[position] && next++ != position) things[next - 1] = std::move(things[position]);
    things.resize(next);
}

void move(std::vector<Index>& positions, const Places& places) {
    std::vector<Index> moved;
    for (const Index position : positions)
        if (places[position]) moved.push_back(*places[position]);
    positions = std::move(moved);
}

void move(outage::Requirement& needs, const Places& resources) {
    if (needs.kind == outage::Requirement::Kind::resource) needs.resource = *resources[needs.resource];
    for (outage::Requirement& part : needs.of) move(part, resources);
}

/// What stands at a body is named after it.
bool is_at(const std::string& id, const std::set<std::string, std::less<>>& bodies) {
    return bodies.contains(std::string_view{id}.substr(0, id.find('/')));
}

/// What stays, with all that must be done before it: a gate may wait for the work of a body that is left out.
void add_what_comes_before(const Case& whole, std::vector<bool>& stays) {
    std::vector<Index> open;
    for (Index activity = 0; activity < stays.size(); ++activity)
        if (stays[activity]) open.push_back(activity);
    while (!open.empty()) {
        const outage::Activity& activity = whole.activities[open.back()];
        open.pop_back();
        std::vector<Index> before = activity.after;
        if (activity.setback)
            before.insert(before.end(), activity.setback->repeats.begin(), activity.setback->repeats.end());
        for (const Index one : before)
            if (!stays[one]) stays[one] = true, open.push_back(one);
    }
}

}  // namespace

Case with_bodies(const Case& whole, const std::vector<double>& priorities, const std::vector<Index>& bodies) {
    std::vector<bool> body_stays(whole.bodies.size(), false);
    for (const Index body : bodies) body_stays[body] = true;
    std::set<std::string, std::less<>> left_out;
    for (std::size_t body = 0; body < whole.bodies.size(); ++body)
        if (!body_stays[body]) left_out.insert(whole.bodies[body].key);

    std::vector<bool> activity_stays, resource_stays, pool_stays;
    for (const outage::Activity& activity : whole.activities) activity_stays.push_back(!is_at(activity.id, left_out));
    add_what_comes_before(whole, activity_stays);
    for (const outage::Resource& resource : whole.resources) resource_stays.push_back(!is_at(resource.id, left_out));
    for (const outage::Pool& pool : whole.pools) pool_stays.push_back(!is_at(pool.id, left_out));
    for (std::size_t activity = 0; activity < activity_stays.size(); ++activity) {
        if (!activity_stays[activity]) continue;
        if (const auto& resource = whole.activities[activity].resource) resource_stays[*resource] = true;
        if (const auto& pool = whole.activities[activity].pool) pool_stays[*pool] = true;
    }
    const Places activities = places_of(activity_stays);
    const Places resources = places_of(resource_stays);
    const Places pools = places_of(pool_stays);
    const Places kept_bodies = places_of(body_stays);

    Case slice{.horizon = whole.horizon,
               .start = whole.start,
               .reference_year = whole.reference_year,
               .estimates = whole.estimates,
               .calendars = whole.calendars,
               .owners = whole.owners,
               .pools = whole.pools,
               .backups = whole.backups,
               .activities = whole.activities,
               .resources = whole.resources,
               .bodies = whole.bodies,
               .services = whole.services,
               .severity_share = whole.severity_share,
               .owner_share = whole.owner_share,
               .overtime = whole.overtime,
               .data_loss_days = whole.data_loss_days,
               .data_loss_effort = whole.data_loss_effort,
               .priority = outage::Priority::list};
    for (std::size_t activity = 0; activity < slice.activities.size(); ++activity)
        slice.activities[activity].rank = priorities[activity];
    keep(slice.activities, activities);
    keep(slice.resources, resources);
    keep(slice.pools, pools);
    keep(slice.bodies, kept_bodies);
    for (outage::Activity& activity : slice.activities) {
        move(activity.after, activities);
        if (activity.setback) move(activity.setback->repeats, activities);
        if (activity.pool) activity.pool = pools[*activity.pool];
        if (activity.resource) activity.resource = resources[*activity.resource];
    }
    for (outage::Resource& resource : slice.resources) move(resource.restored_by, activities);
    for (outage::Body& body : slice.bodies)
        if (body.declaration) body.declaration = activities[*body.declaration];
    for (const outage::Provision& provision : whole.provisions) {
        if (!kept_bodies[provision.body]) continue;
        outage::Provision& kept = slice.provisions.emplace_back(provision);
        kept.body = *kept_bodies[provision.body];
        for (outage::Mode& mode : kept.modes) {
            assert(mode.helpers.empty());  // helpers are shared by all who name them, so bodies could not be left out
            move(mode.needs, resources);
        }
    }
    return slice;
}

}  // namespace resmon::nationwide
