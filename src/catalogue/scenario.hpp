// What fails: which resources, behind which gates, and whether the backups are left.
#pragma once

#include "base/calendar.hpp"
#include "base/text.hpp"
#include "catalogue/figure.hpp"
#include "catalogue/resource.hpp"

#include <optional>
#include <string>
#include <vector>

namespace resmon::catalogue {

enum class Cause {
    attack,
    power,
    fire_or_water,
    hardware,
    software_fault,
    provider_insolvency,
    cut_line,
    operator_error
};

struct FailingResource {
    ResourceId resource;
    std::optional<Figure> probability;  ///< none = certain
    std::string together;               ///< resources of a place with the same word fail together; empty = by itself
};

struct Setback {
    Figure probability;                ///< of each of the first two attempts
    std::vector<std::string> repeats;  ///< resource ids or `resource/task`
    Figure share;                      ///< of the original duration
};

struct Gate {
    std::string id;
    Text name;
    OwnerKind decided_by = OwnerKind::provider;  ///< `body`: one gate per body
    std::vector<std::string> after;              ///< gates, resources or `resource/task`
    std::vector<std::string> holds;              ///< gates, resources (all their tasks) or `resource/task`
    Figure days;
    Figure sigma;
    bool office_hours = false;  ///< begins and runs on working days only
    bool on_call = false;       ///< outside office hours begins only if somebody is reached (ModelSettings)
    std::optional<Setback> setback;
};

/// Work that takes longer or shorter than the resources say: a restart is no reinstallation.
struct DurationChange {
    std::string id;
    std::vector<std::string> of;  ///< resources or `resource/task`; all their medians are multiplied
    Figure factor;
    bool by_itself = false;  ///< needs no crew, as what starts again with the power
};

/// How many crews of a kind are left, as a share of the usual number; the stated value holds, at least one is left.
struct CrewChange {
    CrewKind kind = CrewKind::platform;
    Figure factor;
};

/// The hour at which everything begins, local time.
struct FixedStart {
    Date date{};
    double hour = 0;
    std::string source;
};

/// Whose resources fail. `house`: those of the administration alone; what belongs to a provider fails only where the
/// administration is its own.
enum class Hit { provider, house };

struct Scenario {
    ScenarioId id;
    Text name;
    Text description;
    Cause cause = Cause::attack;
    Hit hits = Hit::provider;
    std::optional<FixedStart> start;  ///< none = uniform over the hours of the reference year
    std::vector<FailingResource> fails;
    std::vector<DurationChange> durations;
    std::vector<CrewChange> crews;
    std::vector<Gate> gates;  ///< one of them is `declaration`, decided by the body: fallbacks wait for it
    Figure backups_survive;   ///< probability
    Figure data_loss_days;    ///< age of the newest copy outside the failure
};

}  // namespace resmon::catalogue
