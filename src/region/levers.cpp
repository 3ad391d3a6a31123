#include "region/levers.hpp"

#include <algorithm>
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
        case Lever::backups_survive:
        case Lever::fallback_capacity:
        case Lever::fallback_delay:
        case Lever::neighbour_delay: return false;
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
        const Index drawn = add(
            {setting.id, setting.low, setting.central, setting.high,
             setting.lever == Lever::backups_survive ? catalogue::Spread::uniform : catalogue::Spread::logarithmic});
        if (setting.lever == Lever::backups_survive)
            for (outage::Backup& backup : case_.backups) backup.survives = drawn;
        for (Activity& activity : case_.activities)
            if (moves(setting.lever, case_, activity)) activity.restore.multipliers.push_back(drawn);
        std::set<Index> capacities;
        for (outage::Provision& provision : case_.provisions)
            for (outage::Mode& mode : provision.modes) {
                const bool is_delayed = (setting.lever == Lever::fallback_delay && is_fallback(mode)) ||
                                        (setting.lever == Lever::neighbour_delay && mode.kind == ModeKind::neighbour);
                if (is_delayed && mode.delay) mode.delay->multipliers.push_back(drawn);
                if (setting.lever == Lever::fallback_capacity && is_fallback(mode) && mode.capacity)
                    capacities.insert(*mode.capacity);
            }
        for (const Index capacity : capacities) scale(case_.estimates[capacity], setting);
    }

    [[nodiscard]] Case taken() { return std::move(case_); }

private:
    Index add(outage::Estimate estimate) {
        case_.estimates.push_back(std::move(estimate));
        return static_cast<Index>(case_.estimates.size() - 1);
    }

    /// The engine draws a capacity from one range, so the factor goes into it; nobody serves more than all. The figure
    /// is that of one service's mode, and keeps its draw.
    static void scale(outage::Estimate& estimate, const LeverSetting& setting) {
        estimate.low = std::min(1.0, estimate.low * setting.low);
        estimate.central = std::min(1.0, estimate.central * setting.central);
        estimate.high = std::min(1.0, estimate.high * setting.high);
    }

    Case case_;
};

}  // namespace

Case with_levers(Case outage, const std::vector<LeverSetting>& settings) {
    Levers levers{std::move(outage)};
    for (const LeverSetting& setting : settings) levers.move(setting);
    return levers.taken();
}

}  // namespace resmon::forecast
