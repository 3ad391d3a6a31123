#include "outage/check.hpp"

#include "base/random.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace resmon::outage {

namespace {

class Checker {
public:
    explicit Checker(const Case& outage) : case_{outage} {}

    std::vector<Fault> faults() {
        check_estimates();
        check_names();
        check_activities();
        for (const Resource& resource : case_.resources)
            for (const Index activity : resource.restored_by)
                refers(resource.id, activity, case_.activities.size(), "activity");
        check_bodies();
        check_provisions();
        // A cycle is only looked for where every reference leads somewhere, the order of a list where there is none.
        if (faults_.empty()) check_cycles();
        if (faults_.empty() && case_.scheduling == Scheduling::serial) check_list();
        return std::move(faults_);
    }

private:
    void fault(const std::string& where, Wording expectation) {
        faults_.push_back({{.path = where}, std::move(expectation)});
    }

    bool refers(const std::string& where, Index position, std::size_t size, const char* what) {
        if (position < size) return true;
        fault(where,
              worded("fault.case.refers",
                     {{"kind", what}, {"count", fmt::format("{}", size)}, {"found", fmt::format("{}", position)}}));
        return false;
    }

    void estimate(const std::string& where, Index position) {
        refers(where, position, case_.estimates.size(), "estimate");
    }
    void estimate(const std::string& where, const std::optional<Index>& position) {
        if (position) estimate(where, *position);
    }
    void duration(const std::string& where, const Duration& duration) {
        estimate(where, duration.median);
        estimate(where, duration.sigma);
        for (const Index multiplier : duration.multipliers) estimate(where, multiplier);
        if (duration.margin) margin(where, *duration.margin);
        if (!duration.loadings) return;
        const auto [severity, owner] = *duration.loadings;
        if (!(severity >= 0 && owner >= 0 && severity + owner <= 1))
            fault(where, worded("fault.case.loadings",
                                {{"severity", fmt::format("{}", severity)}, {"owner", fmt::format("{}", owner)}}));
    }

    void margin(const std::string& where, const Margin& margin) {
        const bool is_triangle = margin.values.empty();
        const bool is_whole = is_triangle
                                  ? 0 <= margin.least && margin.least <= margin.likely && margin.likely <= margin.most
                                  : margin.values.front() >= 0 && std::ranges::is_sorted(margin.values);
        if (!is_whole) fault(where, worded(is_triangle ? "fault.case.triangular" : "fault.case.empirical"));
    }

    void check_estimates() {
        for (const Estimate& figure : case_.estimates)
            if (!(figure.low <= figure.central && figure.central <= figure.high))
                fault(figure.id, worded("fault.case.central", {{"low", fmt::format("{}", figure.low)},
                                                               {"central", fmt::format("{}", figure.central)},
                                                               {"high", fmt::format("{}", figure.high)}}));
        for (const Estimate& figure : case_.estimates)
            for (const Index factor : figure.factors)
                if (refers(figure.id, factor, case_.estimates.size(), "estimate") &&
                    !case_.estimates[factor].factors.empty())
                    fault(figure.id, worded("fault.model.factors", {{"id", case_.estimates[factor].id}}));
        for (const Index share :
             {case_.severity_share, case_.owner_share, case_.overtime, case_.data_loss_days, case_.data_loss_effort})
            estimate("case", share);
        if (!faults_.empty()) return;
        const double age = case_.estimates[case_.data_loss_days].high;
        if (case_.start && *case_.start < age + 1)
            fault("start", worded("fault.case.start", {{"found", fmt::format("{}", *case_.start)}}));
        constexpr double most = 0.9;
        const double common = case_.estimates[case_.severity_share].high + case_.estimates[case_.owner_share].high;
        if (common > most)
            fault("severity_share", worded("fault.case.common",
                                           {{"most", fmt::format("{}", most)}, {"found", fmt::format("{}", common)}}));
    }

    template <class Things, class IdOf>
    void names(const Things& things, const char* kind, IdOf id_of) {
        std::map<std::uint64_t, std::string> seen;
        for (const auto& thing : things) {
            const std::string& id = id_of(thing);
            const auto [known, is_new] = seen.emplace(entity_hash(id), id);
            if (is_new) continue;
            fault(id, known->second == id ? worded("fault.case.only", {{"kind", kind}})
                                          : worded("fault.case.hash", {{"id", known->second}}));
        }
    }

    void check_names() {
        const auto id = [](const auto& thing) -> const std::string& { return thing.id; };
        names(case_.estimates, "estimate", id);
        names(case_.owners, "owner", std::identity{});
        names(case_.pools, "pool", id);
        names(case_.backups, "backup", id);
        names(case_.activities, "activity", id);
        names(case_.resources, "resource", id);
        names(case_.services, "service", id);
        names(case_.provisions, "provision", id);
        names(case_.bodies, "body", [](const Body& body) -> const std::string& { return body.key; });
    }

    void check_activities() {
        for (const Backup& backup : case_.backups) estimate(backup.id, backup.survives);
        for (const Activity& activity : case_.activities) {
            refers(activity.id, activity.owner, case_.owners.size(), "owner");
            duration(activity.id, activity.restore);
            estimate(activity.id, activity.rebuild_median);
            if (activity.backup) refers(activity.id, *activity.backup, case_.backups.size(), "backup");
            if (activity.calendar) refers(activity.id, *activity.calendar, case_.calendars.size(), "calendar");
            if (activity.resource) refers(activity.id, *activity.resource, case_.resources.size(), "resource");
            for (const Index before : activity.after) refers(activity.id, before, case_.activities.size(), "activity");
            if (activity.pool && refers(activity.id, *activity.pool, case_.pools.size(), "pool")) {
                const std::size_t slots = case_.pools[*activity.pool].slots.size();
                if (activity.crews < 1 || static_cast<std::size_t>(activity.crews) > slots)
                    fault(activity.id, worded("fault.case.crews", {{"most", fmt::format("{}", slots)},
                                                                   {"found", fmt::format("{}", activity.crews)}}));
            }
            if (activity.reachability) check_reachability(activity);
            if (activity.restore.margin && activity.rebuild_median)
                fault(activity.id, worded("fault.case.margin-rebuild"));
            if (!activity.setback) continue;
            if (activity.pool) fault(activity.id, worded("fault.case.setback"));
            estimate(activity.id, activity.setback->probability);
            estimate(activity.id, activity.setback->share);
            for (const Index again : activity.setback->repeats)
                refers(activity.id, again, case_.activities.size(), "activity");
        }
    }

    void check_reachability(const Activity& gate) {
        if (gate.pool || gate.calendar) fault(gate.id, worded("fault.case.reachability"));
        estimate(gate.id, gate.reachability->probability);
        refers(gate.id, gate.reachability->calendar, case_.calendars.size(), "calendar");
        const auto& [from, to] = case_.office_hours;
        if (!(0 <= from && from < to && to <= 1)) fault("office_hours", worded("fault.case.office-hours"));
    }

    void check_pool(const Pool& pool) {
        if (pool.calendar) refers(pool.id, *pool.calendar, case_.calendars.size(), "calendar");
        if (!pool.by_lot) return;
        estimate(pool.id, *pool.by_lot);
        const bool has_order = case_.priority == Priority::by_weight || case_.priority == Priority::list;
        if (!has_order || case_.scheduling == Scheduling::serial) fault(pool.id, worded("fault.case.by-lot"));
    }

    void check_bodies() {
        for (const Pool& pool : case_.pools) check_pool(pool);
        for (const Body& body : case_.bodies) {
            refers(body.key, body.calendar, case_.calendars.size(), "calendar");
            if (body.declaration) refers(body.key, *body.declaration, case_.activities.size(), "activity");
        }
    }

    void requirement(const std::string& where, const Requirement& needs) {
        if (needs.kind == Requirement::Kind::resource)
            refers(where, needs.resource, case_.resources.size(), "resource");
        if (needs.kind == Requirement::Kind::at_least && (needs.count < 1 || needs.count > needs.of.size()))
            fault(where, worded("fault.case.parts", {{"most", fmt::format("{}", needs.of.size())},
                                                     {"found", fmt::format("{}", needs.count)}}));
        if (needs.kind == Requirement::Kind::any && needs.of.empty()) fault(where, worded("fault.case.any-of-nothing"));
        for (const Requirement& part : needs.of) requirement(where, part);
    }

    void check_provisions() {
        for (const Service& service : case_.services) estimate(service.id, service.vanishing);
        for (const Provision& provision : case_.provisions) {
            refers(provision.id, provision.body, case_.bodies.size(), "body");
            refers(provision.id, provision.service, case_.services.size(), "service");
            if (provision.modes.empty() || provision.modes.front().kind != ModeKind::normal)
                fault(provision.id, worded("fault.case.normal-first"));
            if (provision.modes.size() > most_modes)
                fault(provision.id, worded("fault.case.modes", {{"most", fmt::format("{}", most_modes)},
                                                                {"found", fmt::format("{}", provision.modes.size())}}));
            for (const Mode& mode : provision.modes) {
                requirement(provision.id, mode.needs);
                if (mode.delay) duration(provision.id, *mode.delay);
                if (mode.delay && mode.delay->margin) fault(provision.id, worded("fault.case.margin-delay"));
                for (const auto& figure :
                     {mode.capacity, mode.lawful_share, mode.endurance, mode.sustained, mode.reentry})
                    estimate(provision.id, figure);
            }
        }
        for (const Question& question : case_.questions)
            for (const Index provision : question.provisions)
                refers(question.id, provision, case_.provisions.size(), "provision");
    }

    /// Depth first without recursion: chains may have as many links as there are activities.
    void check_cycles() {
        enum class Visit : std::uint8_t { open, on_path, done };
        std::vector<Visit> visits(case_.activities.size(), Visit::open);
        std::vector<std::size_t> looked_at(case_.activities.size(), 0);
        for (Index first = 0; first < visits.size(); ++first) {
            if (visits[first] != Visit::open) continue;
            std::vector<Index> path{first};
            visits[first] = Visit::on_path;
            while (!path.empty()) {
                const Index activity = path.back();
                const std::vector<Index>& after = case_.activities[activity].after;
                if (looked_at[activity] == after.size()) {
                    visits[activity] = Visit::done;
                    by_precedence_.push_back(activity);
                    path.pop_back();
                    continue;
                }
                const Index before = after[looked_at[activity]++];
                if (visits[before] == Visit::on_path) tell_cycle(path, before);
                if (visits[before] != Visit::open) continue;
                visits[before] = Visit::on_path;
                path.push_back(before);
            }
        }
    }

    void tell_cycle(const std::vector<Index>& path, Index first) {
        std::string members = case_.activities[first].id;
        for (auto member = path.rbegin(); member != path.rend() && *member != first; ++member)
            members += " → " + case_.activities[*member].id;
        members += " → " + case_.activities[first].id;
        fault(case_.activities[first].id, worded("fault.case.cycle", {{"path", members}}));
    }

    /// Serial: a crew that waits for a task further down the list would wait for ever where it is the only one.
    void check_list() {
        if (case_.priority != Priority::list) fault("case", worded("fault.case.serial-priority"));
        for (const Pool& pool : case_.pools) {
            if (pool.calendar) fault(pool.id, worded("fault.case.serial-calendar"));
            if (std::ranges::any_of(pool.slots, [](const Slot& slot) { return slot.to < never; }))
                fault(pool.id, worded("fault.case.serial-crews"));
        }
        const auto place = [this](Index task) {
            return std::pair{case_.activities[task].rank, std::string_view{case_.activities[task].id}};
        };
        std::vector<std::optional<Index>> last(case_.activities.size());  // in the list, of itself and all before it
        for (const Index number : by_precedence_) {
            const Activity& activity = case_.activities[number];
            for (const Index before : activity.after)
                if (last[before] && (!last[number] || place(*last[number]) < place(*last[before])))
                    last[number] = last[before];
            if (activity.setback)
                for (const Index again : activity.setback->repeats)
                    if (case_.activities[again].pool)
                        fault(activity.id, worded("fault.case.serial-repeats", {{"id", case_.activities[again].id}}));
            if (!activity.pool) continue;
            if (activity.crews != 1) fault(activity.id, worded("fault.case.serial-one"));
            if (last[number] && !(place(*last[number]) < place(number)))
                fault(activity.id, worded("fault.case.serial-later", {{"id", case_.activities[*last[number]].id}}));
            else
                last[number] = number;
        }
    }

    const Case& case_;
    std::vector<Fault> faults_;
    std::vector<Index> by_precedence_;  ///< activities, each after all for which it waits
};

}  // namespace

std::vector<Fault> contradictions_in(const Case& outage) { return Checker{outage}.faults(); }

}  // namespace resmon::outage
