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
        case Lever::paydays: return false;
    }
    return false;
}

bool is_fallback(const outage::Mode& mode) {
    return mode.kind == ModeKind::paper || mode.kind == ModeKind::basic_operation;
}

class Levers {
public:
    explicit Levers(Case outage) : case_{std::move(outage)} {}

    void move(const LeverSetting& setting) {
        const Index drawn = add({.id = setting.id,
                                 .low = setting.low,
                                 .central = setting.central,
                                 .high = setting.high,
                                 .spread = setting.lever == Lever::backups_survive ? catalogue::Spread::uniform
                                                                                   : catalogue::Spread::logarithmic,
                                 .one_of = setting.one_of});
        if (setting.lever == Lever::backups_survive)
            for (outage::Backup& backup : case_.backups) backup.survives = drawn;
        if (setting.lever == Lever::spread) multiplied_.insert(spread());
        for (Activity& activity : case_.activities) {
            if (moves(setting.lever, case_, activity)) activity.restore.multipliers.push_back(drawn);
            if (setting.lever == Lever::set_backs && activity.setback)
                multiplied_.insert(activity.setback->probability);
        }
        for (outage::Provision& provision : case_.provisions)
            for (outage::Mode& mode : provision.modes)
                move_mode(setting.lever, drawn, case_.services[provision.service], mode);
        for (const Index estimate : std::exchange(multiplied_, {})) {
            case_.estimates[estimate].factors.push_back(drawn);
            // Days have no end, shares do.
            if (setting.lever != Lever::endurance) case_.estimates[estimate].most = 1;
        }
    }

    [[nodiscard]] Case taken() { return std::move(case_); }

private:
    Index add(outage::Estimate estimate) {
        case_.estimates.push_back(std::move(estimate));
        return static_cast<Index>(case_.estimates.size() - 1);
    }

    void move_mode(Lever lever, Index drawn, const outage::Service& service, outage::Mode& mode) {
        if (lever == Lever::neighbour_delay && mode.kind == ModeKind::neighbour && mode.delay)
            mode.delay->multipliers.push_back(drawn);
        if (!is_fallback(mode)) return;
        if (lever == Lever::fallback_delay && mode.delay) mode.delay->multipliers.push_back(drawn);
        const bool is_due = service.kind == outage::ServiceKind::due_date;
        if (mode.capacity && (lever == Lever::fallback_capacity || (lever == Lever::paydays && is_due)))
            multiplied_.insert(*mode.capacity);
        if (lever == Lever::endurance && mode.endurance) multiplied_.insert(*mode.endurance);
    }

    /// The probability that an application falls with the rest: it would surely, and whether it does is drawn for each.
    Index spread() {
        if (!spread_) {
            spread_ = add({.id = "preparedness/spread", .low = 1, .central = 1, .high = 1});
            for (outage::Resource& resource : case_.resources)
                if (resource.fails && case_.estimates[*resource.fails].low >= 1 && is_application(resource))
                    resource.fails = spread_;
        }
        return *spread_;
    }

    [[nodiscard]] bool is_application(const outage::Resource& resource) const {
        return std::ranges::any_of(resource.restored_by, [&](Index activity) {
            return case_.activities[activity].label.starts_with("application-");
        });
    }

    Case case_;
    std::optional<Index> spread_;
    std::set<Index> multiplied_;  ///< by the setting at hand, each once
};

}  // namespace

Case with_levers(Case outage, const std::vector<LeverSetting>& settings) {
    Levers levers{std::move(outage)};
    for (const LeverSetting& setting : settings) levers.move(setting);
    return levers.taken();
}

}  // namespace resmon::forecast
