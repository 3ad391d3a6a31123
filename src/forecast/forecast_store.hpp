// SQL of runs. No rules.
#pragma once

#include "accounts/filter.hpp"
#include "forecast/run.hpp"
#include "storage/changes.hpp"
#include "storage/database.hpp"
#include "storage/jobs.hpp"

#include <map>
#include <string>
#include <vector>

namespace resmon::forecast {

/// As they lie in the database; made before the transaction, so that nobody waits for it.
[[nodiscard]] ResultParts stored_form(const ResultParts& parts);

/// Keeps the catalogue's files once per hash, then the run. False if the organisation used the run's key already.
[[nodiscard]] bool insert_run(soci::session& sql, const Run& run,
                              const std::map<std::string, std::string>& catalogue_files);
/// The text of an own scenario, kept as long as a run was asked with it.
struct ScenarioCopy {
    ScenarioId id;
    Text name;
    std::string text;
};

void insert_scenario_copy(soci::session& sql, const ScenarioCopy& copy);
/// If one of the runs that the filter lets through was asked with it.
[[nodiscard]] std::optional<std::string> find_scenario_copy(soci::session& sql, const ScenarioId& id,
                                                            const accounts::Filter& filter);
/// `stored` as `stored_form` made it.
void insert_parts(soci::session& sql, const RunId& id, const ResultParts& stored);
void update_ended(soci::session& sql, const Run& run);
void delete_run(soci::session& sql, const RunId& id);

[[nodiscard]] inline accounts::Filter every_run() { return {"1 = 1", {}}; }

/// Newest first, as far as the filter lets them through.
[[nodiscard]] std::vector<RunStatus> select_runs(soci::session& sql, const accounts::Filter& filter);
[[nodiscard]] std::optional<RunStatus> find_run(soci::session& sql, const RunId& id, const accounts::Filter& filter);
[[nodiscard]] std::optional<RunStatus> find_run_by_key(soci::session& sql, const OrganisationId& organisation,
                                                       const std::string& idempotency_key);
[[nodiscard]] std::optional<std::string> find_part(soci::session& sql, const RunId& id, const std::string& part);
/// Throws NotFound.
[[nodiscard]] std::map<std::string, std::string> catalogue_files(soci::session& sql, const std::string& hash);

/// What a worker must have to compute the run.
[[nodiscard]] std::string needs_of(const std::string& model_version, const std::string& catalogue_hash);

}  // namespace resmon::forecast
