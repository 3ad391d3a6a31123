#include "engine/program.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace resmon::outage {

namespace {

/// Strongly connected groups in the order in which they can be computed: what is before comes first. Source: Tarjan
/// 1972, with a stack of its own instead of recursion.
std::vector<std::vector<Index>> ordered_groups(const std::vector<std::vector<Index>>& before) {
    constexpr Index unseen = std::numeric_limits<Index>::max();
    const std::size_t nodes = before.size();
    std::vector<Index> number(nodes, unseen), lowest(nodes, 0);
    std::vector<bool> is_open(nodes, false);
    std::vector<Index> open;
    std::vector<std::vector<Index>> groups;
    Index next = 0;
    struct Visit {
        Index node;
        std::size_t edge;
    };
    for (Index root = 0; root < nodes; ++root) {
        if (number[root] != unseen) continue;
        std::vector<Visit> path{{root, 0}};
        while (!path.empty()) {
            auto& [node, edge] = path.back();
            if (edge == 0) {
                number[node] = lowest[node] = next++;
                open.push_back(node);
                is_open[node] = true;
            }
            if (edge < before[node].size()) {
                const Index other = before[node][edge++];
                if (number[other] == unseen)
                    path.push_back({other, 0});
                else if (is_open[other])
                    lowest[node] = std::min(lowest[node], number[other]);
                continue;
            }
            const Index done = node;
            path.pop_back();
            if (!path.empty()) lowest[path.back().node] = std::min(lowest[path.back().node], lowest[done]);
            if (lowest[done] != number[done]) continue;
            std::vector<Index>& group = groups.emplace_back();
            Index member = unseen;
            while (member != done) {
                member = open.back();
                open.pop_back();
                is_open[member] = false;
                group.push_back(member);
            }
        }
    }
    return groups;
}

class Builder {
public:
    Builder(const Compiled& compiled, Program& program)
        : compiled_{compiled}, case_{*compiled.outage}, program_{program} {}

    void build() {
        program_.compiled = &compiled_;
        // What begins later than that never matters to a result but the backlog's peak.
        constexpr double least_far = 7300;
        program_.far = std::max(10 * case_.horizon, least_far);
        program_.activations_of.resize(case_.bodies.size());
        add_provisions();
        add_estimates();
        for (Index resource = 0; resource < case_.resources.size(); ++resource)
            if (case_.resources[resource].fails) program_.failing.push_back(resource);
        if (case_.scheduling == Scheduling::serial)
            add_serial_order();
        else
            add_groups();
        add_work_tables();
    }

private:
    void use(Index figure) { used_.insert(figure); }
    void use(const std::optional<Index>& figure) {
        if (figure) use(*figure);
    }
    void use(const Duration& duration) {
        use(duration.median);
        use(duration.sigma);
        for (const Index multiplier : duration.multipliers) use(multiplier);
    }

    void add_estimates() {
        for (const Index figure :
             {case_.severity_share, case_.owner_share, case_.overtime, case_.data_loss_days, case_.data_loss_effort})
            use(figure);
        for (const Backup& backup : case_.backups) use(backup.survives);
        for (const Pool& pool : case_.pools) use(pool.by_lot);
        for (const Resource& resource : case_.resources) use(resource.fails);
        for (const Activity& activity : case_.activities) {
            use(activity.restore);
            use(activity.rebuild_median);
            if (activity.setback) use(activity.setback->probability), use(activity.setback->share);
            if (activity.reachability) use(activity.reachability->probability);
        }
        std::set<Index> factors;
        for (const Index figure : used_)
            factors.insert(case_.estimates[figure].factors.begin(), case_.estimates[figure].factors.end());
        used_.merge(factors);
        for (const Index figure : used_) {
            const Estimate& estimate = case_.estimates[figure];
            if (estimate.low == estimate.high)
                program_.certain.push_back(figure);
            else
                (estimate.one_of.empty() ? program_.drawn : program_.mixed).push_back(figure);
            if (!estimate.factors.empty() || estimate.most < never) program_.multiplied.push_back(figure);
        }
    }

    void add_groups() {
        const auto pools = static_cast<Index>(case_.pools.size());
        const auto steps = static_cast<Index>(compiled_.steps.size());
        std::vector<Index> node_of(steps);
        std::vector<std::vector<Index>> members(pools + steps);
        for (Index step = 0; step < steps; ++step) {
            const auto& pool = case_.activities[compiled_.steps[step].activity].pool;
            node_of[step] = pool ? *pool : pools + step;
            members[node_of[step]].push_back(step);
        }
        std::vector<std::vector<Index>> before(pools + steps);
        for (Index step = 0; step < steps; ++step)
            for (const Index earlier : compiled_.steps[step].before)
                if (node_of[earlier] != node_of[step]) before[node_of[step]].push_back(node_of[earlier]);
        std::vector<std::uint32_t> place_of(steps);
        for (const std::vector<Index>& nodes : ordered_groups(before)) {
            Group group;
            std::vector<Index> inside;
            for (const Index node : nodes) {
                inside.insert(inside.end(), members[node].begin(), members[node].end());
                if (node < pools && !members[node].empty()) group.pools.push_back(node);
            }
            if (inside.empty()) continue;
            std::ranges::sort(inside);
            std::ranges::sort(group.pools);
            for (const Index step : inside) {
                place_of[step] = static_cast<std::uint32_t>(group.members.size());
                group.members.push_back(member(step, group.pools));
            }
            for (Group::Member& later : group.members)
                for (const Index earlier : compiled_.steps[later.step].before) {
                    if (!std::ranges::binary_search(inside, earlier)) {
                        later.outer_before.push_back(earlier);
                        continue;
                    }
                    later.inner_before.push_back(place_of[earlier]);
                    group.members[place_of[earlier]].inner_after.push_back(place_of[later.step]);
                }
            if (is_for_eight(group)) arrange(group);
            program_.groups.push_back(std::move(group));
        }
    }

    [[nodiscard]] bool is_for_eight(const Group& group) const {
        // Above that, one course after the other is as fast.
        constexpr std::size_t most_members = 24;
        if (group.pools.size() != 1 || group.members.size() > most_members) return false;
        if (case_.priority != Priority::by_weight && case_.priority != Priority::list) return false;
        return std::ranges::all_of(case_.pools[group.pools.front()].slots,
                                   [](const Slot& slot) { return slot.from <= 0 && slot.to == never; }) &&
               std::ranges::all_of(group.members, [](const Group::Member& member) { return member.crews == 1; });
    }

    void arrange(Group& group) const {
        std::vector<std::size_t> missing;
        for (const Group::Member& member : group.members) missing.push_back(member.inner_before.size());
        for (std::uint32_t number = 0; number < group.members.size(); ++number) {
            if (group.members[number].pool != Group::no_pool) group.by_priority.push_back(number);
            if (missing[number] == 0) group.in_order.push_back(number);
        }
        for (std::size_t place = 0; place < group.in_order.size(); ++place)
            for (const std::uint32_t next : group.members[group.in_order[place]].inner_after)
                if (--missing[next] == 0) group.in_order.push_back(next);
        std::ranges::stable_sort(group.by_priority, {}, [&](std::uint32_t number) {
            return compiled_.priority[group.members[number].activity];
        });
    }

    /// Strictly in list order, gates as soon as they can: the same in every course.
    void add_serial_order() {
        using Place = std::pair<double, Index>;
        std::set<Place> open;
        std::vector<std::size_t> missing(compiled_.steps.size());
        const auto add = [&](Index step) {
            const Index activity = compiled_.steps[step].activity;
            open.emplace(case_.activities[activity].pool ? compiled_.priority[activity] : -never, step);
        };
        for (Index step = 0; step < compiled_.steps.size(); ++step)
            if (missing[step] = compiled_.steps[step].before.size(); missing[step] == 0) add(step);
        while (!open.empty()) {
            const Index step = open.extract(open.begin()).value().second;
            program_.serial_order.push_back(step);
            for (const Index next : compiled_.steps[step].after)
                if (--missing[next] == 0) add(next);
        }
    }

    [[nodiscard]] Group::Member member(Index step, const std::vector<Index>& pools) const {
        const Activity& activity = case_.activities[compiled_.steps[step].activity];
        Group::Member made{.step = step,
                           .activity = compiled_.steps[step].activity,
                           .crews = static_cast<std::uint32_t>(activity.crews),
                           .has_hours = activity.calendar || activity.reachability};
        if (activity.pool)
            made.pool = static_cast<std::uint32_t>(std::ranges::lower_bound(pools, *activity.pool) - pools.begin());
        return made;
    }

    void add_work_tables() {
        using namespace std::chrono;
        long first = 0;
        long last = 0;
        if (case_.start) {
            first = last = static_cast<long>(std::floor(*case_.start));
        } else {
            first = sys_days{year{case_.reference_year} / January / 1}.time_since_epoch().count();
            last = sys_days{year{case_.reference_year + 1} / January / 1}.time_since_epoch().count();
        }
        // Before the start lies the age of the data.
        const double age = case_.estimates[case_.data_loss_days].high;
        constexpr double oldest = 36'500;
        first -= static_cast<long>(std::ceil(std::min(std::max(age, 0.0), oldest))) + 1;
        const auto days = static_cast<std::size_t>(last - first) + static_cast<std::size_t>(program_.far) + 2;
        for (const WorkingCalendar& calendar : case_.calendars) program_.work.emplace_back(calendar, first, days);
    }

    [[nodiscard]] Expression expression(const Requirement& needs) {
        const auto first = static_cast<std::uint32_t>(program_.operations.size());
        std::size_t depth = 0;
        append(needs, depth);
        Expression expression{.first = first, .count = static_cast<std::uint32_t>(program_.operations.size()) - first};
        if (needs.kind == Requirement::Kind::all && std::ranges::all_of(needs.of, [](const Requirement& part) {
                return part.kind == Requirement::Kind::resource;
            })) {
            expression.is_latest = true;
            --expression.count;
        }
        return expression;
    }

    /// `depth`: how much stands on the stack before, and one more afterwards.
    void append(const Requirement& needs, std::size_t& depth) {
        const auto push = [&](Operation operation) {
            program_.operations.push_back(operation);
            program_.deepest = std::max(program_.deepest, ++depth);
        };
        if (needs.kind == Requirement::Kind::resource) {
            push({.kind = Operation::Kind::resource, .value = needs.resource});
            return;
        }
        const std::size_t before = depth;
        for (const Requirement& part : needs.of) append(part, depth);
        depth = before;
        Operation operation{.kind = Operation::Kind::all, .value = static_cast<Index>(needs.of.size())};
        if (needs.kind == Requirement::Kind::any) operation.kind = Operation::Kind::any;
        if (needs.kind == Requirement::Kind::at_least) {
            operation.kind = Operation::Kind::at_least;
            operation.rank = static_cast<std::uint16_t>(needs.count);
        }
        push(operation);
    }

    [[nodiscard]] Index shape(const Mode& mode) {
        ModeShape shape{.capacity = mode.capacity,
                        .lawful_share = mode.lawful_share,
                        .endurance = mode.endurance,
                        .sustained = mode.sustained,
                        .reentry = mode.reentry};
        if (mode.delay) {
            shape.delay_median = mode.delay->median;
            shape.delay_multipliers = mode.delay->multipliers;
        }
        const auto [place, is_new] = shapes_.emplace(shape, static_cast<Index>(program_.shapes.size()));
        if (is_new) program_.shapes.push_back(std::move(shape));
        return place->second;
    }

    [[nodiscard]] std::optional<Index> activation(Index body, const Mode& mode) {
        if (!mode.delay) return std::nullopt;
        use(*mode.delay);
        const auto& given = mode.delay->loadings;
        const Loadings loadings = given.value_or(Loadings{-1, -1});
        const std::tuple key{body, mode.kind, mode.delay->sigma, loadings.severity, loadings.owner};
        const auto [place, is_new] = activations_.emplace(key, static_cast<Index>(program_.activations.size()));
        if (is_new) {
            program_.activations_of[body].push_back(place->second);
            program_.activations.push_back(
                {.hash = compiled_.activation_hash[body * mode_count + static_cast<std::size_t>(mode.kind)],
                 .body = body,
                 .sigma = mode.delay->sigma,
                 .loadings = given});
        }
        return place->second;
    }

    [[nodiscard]] ModePlan plan(Index provision, std::size_t position) {
        const Mode& mode = case_.provisions[provision].modes[position];
        for (const auto& figure : {mode.capacity, mode.lawful_share, mode.endurance, mode.sustained, mode.reentry})
            use(figure);
        ModePlan plan{.kind = mode.kind,
                      .needs = expression(mode.needs),
                      .shape = shape(mode),
                      .activation = activation(case_.provisions[provision].body, mode),
                      .has_end = mode.endurance.has_value()};
        if (mode.kind == ModeKind::neighbour && !mode.helpers.empty())
            plan.helpers = compiled_.helpers_of[provision][position];
        return plan;
    }

    void add_provisions() {
        std::vector<Index> order = compiled_.by_id;
        std::vector<Index> rank_of(case_.bodies.size());
        for (Index rank = 0; rank < compiled_.bodies_by_key.size(); ++rank)
            rank_of[compiled_.bodies_by_key[rank]] = rank;
        std::ranges::stable_sort(order, {}, [&](Index provision) { return rank_of[case_.provisions[provision].body]; });

        constexpr double once_a_week = 52;
        program_.plan_of.resize(order.size());
        for (const Index number : order) {
            const Provision& provision = case_.provisions[number];
            const Service& service = case_.services[provision.service];
            use(service.vanishing);
            const WorkingCalendar& days = case_.calendars[case_.bodies[provision.body].calendar];
            ProvisionPlan plan{.provision = number,
                               .service = provision.service,
                               .body = provision.body,
                               .kind = service.kind,
                               .is_rare = provision.demand * 365.25 * days.working_share() < once_a_week,
                               .normal = this->plan(number, 0)};
            for (std::size_t mode = 1; mode < provision.modes.size(); ++mode)
                plan.fallbacks.push_back(this->plan(number, mode));
            std::ranges::stable_sort(plan.fallbacks, {}, &ModePlan::kind);
            program_.plan_of[number] = static_cast<std::uint32_t>(program_.provisions.size());
            program_.provisions.push_back(std::move(plan));
        }

        std::set<Index> shared;
        for (const HelperPool& pool : compiled_.helper_pools) {
            shared.insert(pool.named_by.begin(), pool.named_by.end());
            if (pool.provision) shared.insert(*pool.provision);
        }
        program_.shared_first.assign(shared.begin(), shared.end());
    }

    const Compiled& compiled_;
    const Case& case_;
    Program& program_;
    std::set<Index> used_;
    std::map<ModeShape, Index> shapes_;
    std::map<std::tuple<Index, ModeKind, Index, double, double>, Index> activations_;
};

}  // namespace

WorkTable::WorkTable(const WorkingCalendar& calendar, long first_day, std::size_t days)
    : calendar_{&calendar}, first_day_{first_day} {
    if (calendar.is_continuous()) return;
    origin_ = calendar.working_time(static_cast<double>(first_day));
    before_.reserve(days + 1);
    before_.push_back(0);
    for (std::size_t day = 0; day < days; ++day) {
        const bool is_working = calendar.is_working(static_cast<double>(first_day + static_cast<long>(day)));
        if (is_working) day_of_.push_back(static_cast<std::int32_t>(day));
        before_.push_back(before_.back() + (is_working ? 1 : 0));
    }
}

double WorkTable::working_time(double instant) const {
    if (is_continuous() || !std::isfinite(instant)) return instant;
    const double midnight = std::floor(instant);
    const double row = midnight - static_cast<double>(first_day_);
    if (row < 0 || row + 1 >= static_cast<double>(before_.size())) return calendar_->working_time(instant) - origin_;
    const auto day = static_cast<std::size_t>(row);
    const std::int32_t before = before_[day];
    return before_[day + 1] > before ? before + (instant - midnight) : before;
}

double WorkTable::instant_of(double working_time) const {
    if (is_continuous() || !std::isfinite(working_time)) return working_time;
    // The earliest instant: a whole number of working days is reached at the end of the last of them.
    const double whole = std::ceil(working_time) - 1;
    if (whole < 0 || whole >= static_cast<double>(day_of_.size())) return calendar_->instant_of(working_time + origin_);
    return static_cast<double>(first_day_ + day_of_[static_cast<std::size_t>(whole)]) + (working_time - whole);
}

double WorkTable::next_working(double instant) const {
    if (is_continuous() || !std::isfinite(instant)) return instant;
    const double row = std::floor(instant) - static_cast<double>(first_day_);
    if (row < 0 || row + 1 >= static_cast<double>(before_.size())) return calendar_->next_working(instant);
    const auto day = static_cast<std::size_t>(row);
    if (before_[day + 1] > before_[day]) return instant;
    const auto next = static_cast<std::size_t>(before_[day]);
    if (next >= day_of_.size()) return calendar_->next_working(instant);
    return static_cast<double>(first_day_ + day_of_[next]);
}

Program program_of(const Compiled& compiled) {
    Program program;
    Builder{compiled, program}.build();
    return program;
}

}  // namespace resmon::outage
