// Random cases for laws: crews that come and go, calendars, gates that fail, nested requirements, fallbacks that end,
// neighbours, due dates.
#pragma once

#include "outage/case.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace resmon::outage {

/// Builds one case from rapidcheck's numbers. Durations are continuous, so that ties come from gates alone.
class AnyCase {
public:
    explicit AnyCase(int most_tasks) : most_tasks_{most_tasks} {}

    Case made() {
        outage_ = {};
        outage_.horizon = *rc::gen::element(1.0, 60.0, 200.0, 730.0);
        if (*rc::gen::arbitrary<bool>()) outage_.start = 20'000 + upto(2000) / 10.0;
        outage_.priority =
            *rc::gen::element(Priority::by_weight, Priority::list, Priority::first_come, Priority::by_lot);
        outage_.calendars = {WorkingCalendar::continuous(),
                             WorkingCalendar::of({}, State::nordrhein_westfalen, 2024, 2028)};
        if (*rc::gen::arbitrary<bool>()) outage_.office_hours = {.from = 0.3, .to = 0.7};
        outage_.severity_share = figure(0.1, 0.4);
        outage_.owner_share = figure(0.1, 0.3);
        outage_.overtime = figure(*rc::gen::element(0.0, 0.1), 0.3);
        outage_.data_loss_days = figure(0, 7);
        outage_.data_loss_effort = figure(0, 1);
        const int owners = 1 + upto(3);
        for (int owner = 0; owner < owners; ++owner) outage_.owners.push_back("owner-" + std::to_string(owner));
        outage_.backups = {{.id = "backup", .survives = figure(0, 1)}};
        add_pools();
        add_activities();
        add_resources();
        add_bodies();
        add_services();
        return outage_;
    }

private:
    static int upto(int most) { return *rc::gen::inRange(0, most + 1); }
    template <class Things>
    static Index one_of(const Things& things) {
        return static_cast<Index>(upto(static_cast<int>(things.size()) - 1));
    }

    Index figure(double low, double high) {
        const bool is_certain = low == high || upto(4) == 0;
        const double middle = (low + high) / 2;
        Estimate estimate{"figure-" + std::to_string(outage_.estimates.size()), is_certain ? middle : low, middle,
                          is_certain ? middle : high,
                          upto(1) == 0 ? catalogue::Spread::uniform : catalogue::Spread::logarithmic};
        if (!is_certain && upto(9) == 0) estimate.one_of = {{low, middle}, {middle, high}};
        outage_.estimates.push_back(std::move(estimate));
        return static_cast<Index>(outage_.estimates.size() - 1);
    }

    Duration duration(double most) {
        Duration made{.median = figure(0.1, most), .sigma = figure(0.2, 0.8)};
        if (upto(3) == 0) made.multipliers = {figure(0.5, 2)};
        if (upto(5) == 0) made.loadings = Loadings{0.3, 0.2};
        return made;
    }

    Margin margin() {
        if (upto(1) == 0) return {.least = 1, .likely = 1.0 + upto(5), .most = 6.0 + upto(30)};
        Margin some;
        for (int value = 0; value <= upto(6); ++value) some.values.push_back(upto(40) + value / 7.0);
        std::ranges::sort(some.values);
        return some;
    }

    void add_pools() {
        const int pools = 1 + upto(2);
        for (int number = 0; number < pools; ++number) {
            Pool pool{.id = "pool-" + std::to_string(number), .label = "crew"};
            pool.slots.emplace_back();
            for (int slot = upto(4); slot > 0; --slot) {
                Slot added{.from = upto(2) == 0 ? static_cast<double>(upto(30)) : 0};
                if (upto(3) == 0) added.to = added.from + upto(60);
                pool.slots.push_back(added);
            }
            if (upto(1) == 0) pool.calendar = static_cast<Index>(upto(1));
            const bool has_order = outage_.priority == Priority::by_weight || outage_.priority == Priority::list;
            if (has_order && upto(2) == 0) pool.by_lot = figure(0, 1);
            outage_.pools.push_back(std::move(pool));
        }
    }

    void add_activities() {
        const int tasks = upto(most_tasks_);
        for (int number = 0; number < tasks; ++number) {
            Activity activity{.id = "activity-" + std::to_string(1000 + upto(8) * 1000 + number),
                              .label = "label-" + std::to_string(upto(5)),
                              .owner = one_of(outage_.owners),
                              .restore = duration(20),
                              .rank = static_cast<double>(upto(50))};
            for (int before = upto(3); before > 0 && number > 0; --before)
                activity.after.push_back(static_cast<Index>(upto(number - 1)));
            std::ranges::sort(activity.after);
            activity.after.erase(std::unique(activity.after.begin(), activity.after.end()), activity.after.end());
            if (upto(5) == 0) activity.restore.margin = margin();
            if (upto(2) > 0) {
                activity.pool = one_of(outage_.pools);
                activity.crews =
                    upto(5) == 0 ? 1 + upto(static_cast<int>(outage_.pools[*activity.pool].slots.size()) - 1) : 1;
                if (upto(2) == 0 && !activity.restore.margin)
                    activity.backup = 0, activity.rebuild_median = figure(1, 40);
            } else {
                if (upto(2) == 0)
                    activity.calendar = static_cast<Index>(upto(1));
                else if (upto(2) == 0)
                    activity.reachability = Reachability{figure(0, 1), static_cast<Index>(upto(1))};
                if (number > 0 && upto(3) == 0) {
                    activity.setback = Setback{.probability = figure(0.2, 0.9), .share = figure(0.1, 0.6)};
                    for (int again = upto(3); again > 0; --again)
                        activity.setback->repeats.push_back(static_cast<Index>(upto(number - 1)));
                    auto& repeats = activity.setback->repeats;
                    std::ranges::sort(repeats);
                    repeats.erase(std::unique(repeats.begin(), repeats.end()), repeats.end());
                }
            }
            outage_.activities.push_back(std::move(activity));
        }
    }

    void add_resources() {
        const int resources = 1 + upto(12);
        for (int number = 0; number < resources; ++number) {
            Resource resource{.id = "resource-" + std::to_string(number)};
            if (upto(5) > 0) resource.fails = upto(2) > 0 ? figure(1, 1) : figure(0, 1);
            if (upto(3) == 0) resource.fails_with = "together";
            for (int task = upto(2); task > 0 && !outage_.activities.empty(); --task)
                resource.restored_by.push_back(one_of(outage_.activities));
            outage_.resources.push_back(std::move(resource));
        }
        for (Activity& activity : outage_.activities)
            if (upto(4) == 0) activity.resource = one_of(outage_.resources);
    }

    void add_bodies() {
        const int bodies = 1 + upto(4);
        for (int number = 0; number < bodies; ++number) {
            Body body{.key = "body-" + std::to_string(number),
                      .inhabitants = static_cast<double>(100 + upto(50'000)),
                      .calendar = static_cast<Index>(upto(1))};
            if (!outage_.activities.empty() && upto(1) == 0) body.declaration = one_of(outage_.activities);
            outage_.bodies.push_back(std::move(body));
        }
    }

    Requirement requirement(int depth) {
        Requirement made;
        if (depth == 0 || upto(2) == 0) {
            made.kind = Requirement::Kind::resource;
            made.resource = one_of(outage_.resources);
            return made;
        }
        made.kind = *rc::gen::element(Requirement::Kind::all, Requirement::Kind::any, Requirement::Kind::at_least);
        const int parts = 1 + upto(3);
        for (int part = 0; part < parts; ++part) made.of.push_back(requirement(depth - 1));
        made.count = static_cast<std::size_t>(1 + upto(parts - 1));
        return made;
    }

    void add_services() {
        const int services = upto(5);
        for (int number = 0; number < services; ++number) {
            Service service{.id = "service-" + std::to_string(number),
                            .kind = *rc::gen::element(ServiceKind::queue, ServiceKind::queue, ServiceKind::due_date,
                                                      ServiceKind::standby),
                            .tolerable_days = static_cast<double>(upto(10))};
            if (upto(2) > 0) service.deadline = static_cast<double>(upto(40));
            if (upto(1) == 0) service.vanishing = figure(0, 1);
            for (double due = 19'900; service.kind == ServiceKind::due_date && due < 22'000; due += 1 + upto(40))
                service.due_instants.push_back(due + 0.5);
            outage_.services.push_back(std::move(service));
            for (Index body = 0; body < outage_.bodies.size(); ++body)
                if (upto(4) > 0) add_provision(static_cast<Index>(number), body);
        }
        if (!outage_.provisions.empty())
            outage_.questions.push_back(
                {.id = "question",
                 .kind = *rc::gen::element(Question::Kind::services_in_mode, Question::Kind::ability),
                 .provisions = {one_of(outage_.provisions)},
                 .mode = ModeKind::paper,
                 .threshold = 0.5});
    }

    void add_provision(Index service, Index body) {
        Provision provision{.id = outage_.bodies[body].key + "/" + outage_.services[service].id,
                            .body = body,
                            .service = service,
                            .weight = static_cast<double>(upto(8)),
                            .demand = upto(2) == 0 ? 0.1 : 1 + upto(100)};
        provision.modes.push_back({.kind = ModeKind::normal, .needs = requirement(2)});
        if (upto(4) == 0) provision.modes.front().delay = duration(5);
        for (const ModeKind kind : {ModeKind::basic_operation, ModeKind::neighbour, ModeKind::paper})
            if (upto(1) == 0) provision.modes.push_back(fallback(kind, body, service));
        outage_.provisions.push_back(std::move(provision));
    }

    Mode fallback(ModeKind kind, Index body, Index service) {
        Mode mode{.kind = kind};
        if (upto(1) == 0) mode.needs = requirement(2);
        if (upto(3) > 0) mode.delay = duration(20);
        if (upto(4) > 0) mode.capacity = figure(0, 1.4);
        if (upto(2) == 0) mode.lawful_share = figure(0.3, 1);
        if (upto(1) == 0) mode.endurance = figure(3, 60);
        if (upto(1) == 0) mode.sustained = figure(0, 0.8);
        if (upto(1) == 0) mode.reentry = figure(0, 0.6);
        if (kind == ModeKind::neighbour && upto(3) > 0) {
            mode.helpers.push_back({.body = "helper-" + std::to_string(upto(1)), .spare = 10.0});
            // Only those whose provision stands already can be named: what a helper needs is looked up there.
            for (Index other = 0; other < outage_.provisions.size(); ++other)
                if (outage_.provisions[other].service == service && outage_.provisions[other].body != body) {
                    mode.helpers.push_back(
                        {.body = outage_.bodies[outage_.provisions[other].body].key, .provision = other, .spare = 3});
                    break;
                }
            std::ranges::sort(mode.helpers, {}, &Helper::body);
        }
        return mode;
    }

    int most_tasks_;
    Case outage_;
};

}  // namespace resmon::outage
