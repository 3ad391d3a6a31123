#include "region/levers.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace resmon::forecast {

using catalogue::Lever;
using outage::Activity;
using outage::Case;
using outage::Index;
using outage::ModeKind;

namespace {

bool is_done_by(const Case& outage, const Activity& activity, std::string_view crew) {
    return activity.pool && outage.pools[*activity.pool].label == crew;
}

/// Whether the lever moves the time of this task or gate.
bool moves(Lever lever, const Case& outage, const Activity& activity) {
    switch (lever) {
        case Lever::restoration:
            return is_done_by(outage, activity, "crew/platform") || is_done_by(outage, activity, "crew/application");
        case Lever::workplaces: return is_done_by(outage, activity, "crew/local");
        case Lever::forensics: return activity.label == "forensic-release";
        case Lever::declaration: return activity.label == "declaration";
        case Lever::containment: return activity.label == "containment";
        case Lever::decisions: return activity.label == "rebuild-decision" || activity.label == "restart-release";
        case Lever::reconnection:
            return activity.label == "acceptance" || activity.label.starts_with("connection-") ||
                   activity.label.starts_with("state-network/");
        case Lever::directory: return activity.label.starts_with("directory/");
        case Lever::backups_survive:
        case Lever::fallback_capacity:
        case Lever::fallback_delay:
        case Lever::neighbour_delay:
        case Lever::spread:
        case Lever::set_backs:
        case Lever::endurance:
        case Lever::paydays:
        case Lever::reachability:
        case Lever::restart_order: return false;
    }
    return false;
}

bool is_fallback(const outage::Mode& mode) {
    return mode.kind == ModeKind::paper || mode.kind == ModeKind::basic_operation;
}

class Levers {
public:
    Levers(Case outage, const Mover& mover) : case_{std::move(outage)}, mover_{mover} {}

    /// false = there is nothing in the case that it would reach.
    bool move(const LeverSetting& setting) {
        const Index drawn = add({.id = setting.id,
                                 .low = setting.low,
                                 .central = setting.central,
                                 .high = setting.high,
                                 .spread = catalogue::is_probability(setting.lever) ? catalogue::Spread::uniform
                                                                                    : catalogue::Spread::logarithmic,
                                 .one_of = setting.one_of});
        bool is_moved = false;
        if (setting.lever == Lever::backups_survive) is_moved = move_backups(drawn);
        if (setting.lever == Lever::restart_order) is_moved = move_order(drawn);
        if (setting.lever == Lever::spread) move_spread();
        for (Activity& activity : case_.activities) {
            if (!is_own(activity)) continue;
            if (moves(setting.lever, case_, activity)) {
                activity.restore.multipliers.push_back(drawn);
                is_moved = true;
            }
            if (setting.lever == Lever::set_backs && activity.setback)
                multiplied_.insert(activity.setback->probability);
            if (setting.lever == Lever::reachability && activity.reachability) {
                activity.reachability->probability = drawn;
                is_moved = true;
            }
        }
        for (outage::Provision& provision : case_.provisions)
            if (is_own(case_.bodies[provision.body].key))
                for (outage::Mode& mode : provision.modes)
                    is_moved |= move_mode(setting.lever, drawn, case_.services[provision.service], mode);
        is_moved |= !multiplied_.empty();
        for (const Index estimate : std::exchange(multiplied_, {})) {
            case_.estimates[estimate].factors.push_back(drawn);
            // Days have no end, shares do.
            if (setting.lever != Lever::endurance) case_.estimates[estimate].most = 1;
        }
        return is_moved;
    }

    [[nodiscard]] Case taken() { return std::move(case_); }

private:
    Index add(outage::Estimate estimate) {
        case_.estimates.push_back(std::move(estimate));
        return static_cast<Index>(case_.estimates.size() - 1);
    }

    /// Of a body, a state or a provider, by the id of its common factor.
    [[nodiscard]] bool is_own(std::string_view owner) const { return !mover_ || owner == mover_->text(); }
    [[nodiscard]] bool is_own(const Activity& activity) const { return is_own(case_.owners[activity.owner]); }

    bool move_backups(Index drawn) {
        bool is_moved = false;
        for (outage::Backup& backup : case_.backups)
            if (is_own(backup.id)) backup.survives = drawn, is_moved = true;
        return is_moved;
    }

    /// Of the crews that set up systems again, as far as they work for nobody else.
    bool move_order(Index drawn) {
        std::set<Index> own;
        std::set<Index> others;
        for (const Activity& activity : case_.activities)
            if (activity.pool) (is_own(activity) ? own : others).insert(*activity.pool);
        bool is_moved = false;
        for (const Index number : own) {
            outage::Pool& pool = case_.pools[number];
            if (others.contains(number) || pool.label == "crew/local") continue;
            pool.by_lot = drawn;
            is_moved = true;
        }
        return is_moved;
    }

    /// Whether the delay was moved; figures are multiplied once for all modes that have them.
    bool move_mode(Lever lever, Index drawn, const outage::Service& service, outage::Mode& mode) {
        const bool is_moved = mode.delay && ((lever == Lever::neighbour_delay && mode.kind == ModeKind::neighbour) ||
                                             (lever == Lever::fallback_delay && is_fallback(mode)));
        if (is_moved) mode.delay->multipliers.push_back(drawn);
        if (!is_fallback(mode)) return is_moved;
        const bool is_due = service.kind == outage::ServiceKind::due_date;
        if (mode.capacity && (lever == Lever::fallback_capacity || (lever == Lever::paydays && is_due)))
            multiplied_.insert(*mode.capacity);
        if (lever == Lever::endurance && mode.endurance) multiplied_.insert(*mode.endurance);
        return is_moved;
    }

    /// The probability that an application falls with the rest: it would surely, and whether it does is drawn for each.
    void move_spread() {
        for (outage::Resource& resource : case_.resources) {
            if (!resource.fails || case_.estimates[*resource.fails].low < 1 || !is_application(resource)) continue;
            if (!spread_) spread_ = add({.id = "preparedness/spread", .low = 1, .central = 1, .high = 1});
            resource.fails = spread_;
        }
        if (spread_) multiplied_.insert(*spread_);
    }

    [[nodiscard]] bool is_application(const outage::Resource& resource) const {
        return std::ranges::any_of(resource.restored_by, [&](Index activity) {
            return is_own(case_.activities[activity]) && case_.activities[activity].label.starts_with("application-");
        });
    }

    Case case_;
    const Mover& mover_;
    std::optional<Index> spread_;
    std::set<Index> multiplied_;  ///< by the setting at hand, each once
};

}  // namespace

Case with_levers(Case outage, const std::vector<LeverSetting>& settings, const Mover& mover) {
    Levers levers{std::move(outage), mover};
    for (const LeverSetting& setting : settings) (void)levers.move(setting);
    return levers.taken();
}

std::set<Lever> levers_in(const Case& outage, const Mover& mover) {
    std::set<Lever> found;
    Levers levers{outage, mover};
    for (std::size_t number = 0; number < catalogue::lever_names.size(); ++number) {
        const auto lever = static_cast<Lever>(number);
        if (levers.move({.id = std::string{catalogue::lever_names.at(number)}, .lever = lever})) found.insert(lever);
    }
    return found;
}

}  // namespace resmon::forecast
