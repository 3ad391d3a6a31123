#include "outage/service_stage.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace resmon::outage {

namespace {

double value(const Draws& draws, const std::optional<Index>& figure, double otherwise) {
    return figure ? draws.estimates[*figure] : otherwise;
}

/// Σ spare / Σ demand over the helpers that are not hit themselves, at most what the mode states.
double neighbour_capacity(const Compiled& compiled, const CourseStage& stage, Index provision, std::size_t mode,
                          double stated) {
    double capacity = 0;
    for (const Index pool : compiled.helpers_of[provision][mode]) capacity += stage.helper_capacity[pool];
    return std::min(stated, capacity);
}

/// What needs no resource comes last.
bool has_smaller_id(const Met& one, const Met& other, std::span<const Index> rank) {
    return one.resource && (!other.resource || rank[*one.resource] < rank[*other.resource]);
}

BegunMode begun(const Compiled& compiled, const Draws& draws, const CourseStage& stage, Index number,
                std::size_t position) {
    const Provision& provision = compiled.outage->provisions[number];
    const Mode& mode = provision.modes[position];
    BegunMode result{.kind = mode.kind};
    if (mode.kind == ModeKind::normal) {
        const double day = stage.normal[number].day;
        result.begin = day <= 0 ? 0 : day + activation_delay(compiled, draws, provision.body, mode);
        return result;
    }
    const double lawful = value(draws, mode.lawful_share, 1);
    double capacity = value(draws, mode.capacity, 1);
    if (mode.kind == ModeKind::neighbour && !mode.helpers.empty())
        capacity = neighbour_capacity(compiled, stage, number, position, capacity);
    result.begin = std::max(met(mode.needs, stage.up, compiled.resource_rank).day, stage.declared[provision.body]) +
                   activation_delay(compiled, draws, provision.body, mode);
    result.end = result.begin + value(draws, mode.endurance, never);
    result.capacity = effective_capacity(capacity, lawful);
    result.sustained = effective_capacity(std::min(capacity, value(draws, mode.sustained, 0)), lawful);
    result.reentry = value(draws, mode.reentry, 0);
    return result;
}

void run_queue(const Compiled& compiled, const Draws& draws, const Provision& provision, Provided& result) {
    const Case& outage = *compiled.outage;
    const Service& service = outage.services[provision.service];
    const WorkingCalendar& calendar = outage.calendars[outage.bodies[provision.body].calendar];
    const double origin = calendar.working_time(draws.start);
    const auto working = [&](double day) {
        return day == never ? never : calendar.working_time(draws.start + day) - origin;
    };

    std::vector<CapacityStretch> stretches;
    for (const CountingMode& mode : result.counting)
        if (mode.kind != ModeKind::normal) stretches.push_back({working(mode.begin), mode.capacity, mode.reentry});
    const double data_age = draws.estimates[outage.data_loss_days];
    result.queue = queue({.stretches = stretches,
                          .back = working(result.back),
                          .overtime = draws.estimates[outage.overtime],
                          .vanishing = value(draws, service.vanishing, 0),
                          .deadline = service.deadline,
                          .lost_data = draws.estimates[outage.data_loss_effort] *
                                       (origin - calendar.working_time(draws.start - data_age)),
                          .arrivals_until = working(outage.horizon)});
    result.bend_days.clear();
    for (const Bend& bend : result.queue.bends)
        result.bend_days.push_back(calendar.instant_of(origin + bend.at) - draws.start);
    if (std::isfinite(result.queue.cleared) && result.queue.cleared > 0)
        result.queue.cleared = calendar.instant_of(origin + result.queue.cleared) - draws.start;
}

int count_missed(const Case& outage, const Draws& draws, const Service& service, const Provided& result) {
    std::vector<double> dates;
    const auto& instants = service.due_instants;
    for (auto due = std::ranges::lower_bound(instants, draws.start);
         due != instants.end() && *due - draws.start < outage.horizon; ++due)
        dates.push_back(*due - draws.start);
    return missed_dates(result.counting, dates);
}

}  // namespace

Met met(const Requirement& needs, std::span<const double> up, std::span<const Index> rank) {
    switch (needs.kind) {
        case Requirement::Kind::resource: return {up[needs.resource], needs.resource};
        case Requirement::Kind::all: {
            Met latest;
            for (const Requirement& part : needs.of)
                if (const Met one = met(part, up, rank);
                    one.day > latest.day || (one.day == latest.day && one.day > 0 && has_smaller_id(one, latest, rank)))
                    latest = one;
            return latest;
        }
        case Requirement::Kind::any: {
            Met earliest{never, std::nullopt};
            for (const Requirement& part : needs.of)
                if (const Met one = met(part, up, rank);
                    one.day < earliest.day || (one.day == earliest.day && has_smaller_id(one, earliest, rank)))
                    earliest = one;
            return earliest;
        }
        case Requirement::Kind::at_least: break;
    }
    assert(0 < needs.count && needs.count <= needs.of.size());
    std::vector<Met> parts;
    for (const Requirement& part : needs.of) parts.push_back(met(part, up, rank));
    std::ranges::sort(parts, [rank](const Met& one, const Met& other) {
        return one.day < other.day || (one.day == other.day && has_smaller_id(one, other, rank));
    });
    return parts[needs.count - 1];
}

void prepare(const Compiled& compiled, const Draws& draws, const Schedule& schedule, CourseStage& stage) {
    const Case& outage = *compiled.outage;
    stage.up.assign(outage.resources.size(), 0);
    for (std::size_t resource = 0; resource < outage.resources.size(); ++resource) {
        if (!draws.fails[resource]) continue;
        const auto& restored_by = outage.resources[resource].restored_by;
        if (restored_by.empty()) stage.up[resource] = never;
        for (const Index activity : restored_by)
            stage.up[resource] = std::max(stage.up[resource], schedule.finish[compiled.final_step[activity]]);
    }
    stage.declared.clear();
    for (const Body& body : outage.bodies)
        stage.declared.push_back(body.declaration ? schedule.finish[compiled.final_step[*body.declaration]] : 0);
    stage.normal.clear();
    for (const Provision& provision : outage.provisions)
        stage.normal.push_back(met(provision.modes.front().needs, stage.up, compiled.resource_rank));

    stage.helper_capacity.assign(compiled.helper_pools.size(), 0);
    for (std::size_t number = 0; number < compiled.helper_pools.size(); ++number) {
        const HelperPool& pool = compiled.helper_pools[number];
        if (pool.provision && stage.normal[*pool.provision].day > 0) continue;
        double demand = 0;
        for (const Index hit : pool.named_by)
            if (stage.normal[hit].day > 0) demand += outage.provisions[hit].demand;
        if (demand > 0) stage.helper_capacity[number] = pool.spare / demand;
    }
}

void provide(const Compiled& compiled, const Draws& draws, const CourseStage& stage, Index number, Provided& result) {
    const Case& outage = *compiled.outage;
    const Provision& provision = outage.provisions[number];
    const Service& service = outage.services[provision.service];
    result.modes.clear();
    for (std::size_t mode = 0; mode < provision.modes.size(); ++mode)
        result.modes.push_back(begun(compiled, draws, stage, number, mode));
    result.back = result.modes.front().begin;
    result.counting = counting_modes(result.modes);
    result.lost_days = lost_days(result.counting, outage.horizon);
    result.queue = {};
    result.bend_days.clear();
    result.missed_dates = 0;
    result.hours_beyond = 0;
    switch (service.kind) {
        case ServiceKind::queue: run_queue(compiled, draws, provision, result); break;
        case ServiceKind::due_date: result.missed_dates = count_missed(outage, draws, service, result); break;
        case ServiceKind::standby:
            result.hours_beyond = hours_beyond(result.counting, service.tolerable_days, outage.horizon);
            break;
    }
}

}  // namespace resmon::outage
