// SQL of own scenarios. No rules.
#pragma once

#include "accounts/filter.hpp"
#include "scenarios/own_scenario.hpp"
#include "storage/database.hpp"

#include <optional>
#include <vector>

namespace resmon::scenarios {

void insert_scenario(soci::session& sql, const OwnScenario& scenario);
/// False if its version is no longer the one before `scenario.version`.
[[nodiscard]] bool update_scenario(soci::session& sql, const OwnScenario& scenario);
void delete_scenario(soci::session& sql, const OwnScenarioId& id);

/// Latest change first, as far as the filter (on `own_scenario.organisation`) lets them through.
[[nodiscard]] std::vector<OwnScenario> select_scenarios(soci::session& sql, const accounts::Filter& filter);
[[nodiscard]] std::optional<OwnScenario> find_scenario(soci::session& sql, const OwnScenarioId& id,
                                                       const accounts::Filter& filter);
/// One whose text has that id.
[[nodiscard]] std::optional<OwnScenario> find_text(soci::session& sql, const ScenarioId& id,
                                                   const accounts::Filter& filter);
[[nodiscard]] int count_scenarios(soci::session& sql, const OrganisationId& organisation);

}  // namespace resmon::scenarios
