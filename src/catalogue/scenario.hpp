// What fails: which resources, behind which gates, and whether the backups are left.
#pragma once

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
    std::optional<Setback> setback;
};

struct Scenario {
    ScenarioId id;
    Text name;
    Text description;
    Cause cause = Cause::attack;
    std::vector<FailingResource> fails;
    std::vector<Gate> gates;  ///< one of them is `declaration`, decided by the body: fallbacks wait for it
    Figure backups_survive;   ///< probability
    Figure data_loss_days;    ///< age of the newest copy outside the failure
};

}  // namespace resmon::catalogue
