// The desk of forecasts: runs are started, watched, kept, opened again and deleted here. Each belongs to an
// organisation; what a person may not see does not exist for them.
#pragma once

#include "accounts/audit_trail.hpp"
#include "forecast/forecast_store.hpp"
#include "forecast/run.hpp"
#include "forecast/run_worker.hpp"
#include "reading/catalogue_reader.hpp"
#include "scenarios/scenarios.hpp"

#include <chrono>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace resmon::forecast {

struct ResultContext;

class Runs {
public:
    /// What is named here must outlive the desk.
    Runs(storage::Database& database, accounts::AuditTrail& audit, const catalogue::Catalogue& catalogue,
         const catalogue::CatalogueFiles& files);
    ~Runs();
    Runs(const Runs&) = delete;
    Runs& operator=(const Runs&) = delete;

    /// Keeps a forecast that the command line computed and returns its `Result` (api/outage.yaml). `scenario_text`: of
    /// an own scenario, which the desk's catalogue then knows.
    struct Kept {
        RunId run;
        std::string result;
    };
    Kept keep(const CaseRequest& request, const outage::Forecast& forecast,
              std::chrono::system_clock::time_point started, const Effort& effort,
              const std::string& scenario_text = {});
    /// Keeps what the command line computed in any other way.
    RunId keep(const CaseRequest& request, const outage::Sampling& sampling,
               std::chrono::system_clock::time_point started, const std::function<ResultParts(const Run&)>& parts_of,
               const std::string& scenario_text = {});

    /// Computes queued runs of single cases until the desk ends, those too that were left by a worker that is gone.
    /// Runs of another model or catalogue are marked interrupted.
    void work(unsigned threads);
    /// The same for runs of another kind, beside the others.
    void work(Trade trade);

    /// The same key with the same request gives the same run of an organisation. Throws Conflict for the same key with
    /// another request, Forbidden.
    [[nodiscard]] RunStatus start(const Principal& who, const Wish& wish);
    /// Cancels a run that is queued or running, wherever it is computed; deletes one that has ended.
    /// Throws NotFound, Forbidden.
    void end(const Principal& who, const RunId& id);

    [[nodiscard]] std::vector<RunStatus> list(const Principal& who);
    /// Throws NotFound.
    [[nodiscard]] RunStatus status(const Principal& who, const RunId& id);
    /// Waits until the run has ended or has a version above `seen`, at most that long.
    [[nodiscard]] RunStatus next_status(const Principal& who, const RunId& id, std::uint64_t seen,
                                        std::chrono::milliseconds patience);

    /// The next three are noted in the audit trail before they return; `what` says what is read.
    [[nodiscard]] Run opened(const Principal& who, const RunId& id, const std::string& what);
    /// JSON of a part of the result: `summary`, `body/…`, `map/…`. Throws NotFound, or Conflict if the run has no
    /// result.
    [[nodiscard]] std::string part(const Principal& who, const RunId& id, const std::string& part);
    /// `Course`, recomputed with the catalogue that the run was made from.
    [[nodiscard]] std::string course(const Principal& who, const RunId& id, std::uint32_t number);

    /// Calls `use` with the run and the catalogue that it was made from, once the reading of `what` is noted. Throws
    /// NotFound, and what `use` throws.
    void with_inputs(const Principal& who, const RunId& id, const std::string& what,
                     const std::function<void(const Run&, const catalogue::Catalogue&)>& use);

    /// Calls `use` with the catalogue of today, and in it the own scenario that is asked for, if one is: of those that
    /// the person may read, or of a run that they may read. Throws NotFound, InputError with the faults of its text.
    void with_scenario(const Principal& who, const ScenarioId& scenario,
                       const std::function<void(const catalogue::Catalogue&)>& use);

    /// `Result` of a what-if, not kept. A newer one of the same person's client ends an older, which throws Conflict.
    [[nodiscard]] std::string what_if(const Principal& who, const Wish& wish, const std::string& client);
    /// `Curve` of a what-if: what moves with a slider, for a fraction of the work.
    [[nodiscard]] std::string curve(const Principal& who, const Wish& wish, const std::string& client);

    [[nodiscard]] const catalogue::Catalogue& catalogue() const noexcept { return catalogue_; }
    [[nodiscard]] scenarios::Scenarios& own_scenarios() noexcept { return scenarios_; }

private:
    [[nodiscard]] Run new_run(const OrganisationId& organisation, const Wish& wish,
                              const catalogue::Catalogue& catalogue) const;
    /// None if it is a scenario of the catalogue.
    [[nodiscard]] std::optional<std::string> scenario_text(const Principal& who, const ScenarioId& scenario);
    /// As `with_scenario`, of the scenario with that text; none: of the catalogue.
    void with_text(const std::optional<std::string>& text,
                   const std::function<void(const catalogue::Catalogue&)>& use) const;
    [[nodiscard]] RunStatus judged(RunStatus status) const;
    /// none = stopped.
    using Answering =
        std::function<std::optional<std::string>(const ResultContext& asked, const std::stop_token& stop)>;
    [[nodiscard]] std::string while_newest(const Principal& who, const Wish& wish, const std::string& client,
                                           const Answering& compute);
    void append(soci::session& sql, const Principal& who, const std::string& action, const Run& run);
    void note_reading(const Principal& who, const Run& run, const std::string& what);

    storage::Database& database_;
    accounts::AuditTrail& audit_;
    const catalogue::Catalogue& catalogue_;
    const catalogue::CatalogueFiles& files_;
    scenarios::Scenarios scenarios_;
    std::mutex mutex_;  ///< guards the next
    std::map<std::string, std::stop_source> what_ifs_;
    std::list<RunWorker> workers_;  ///< last: end before what they use
};

}  // namespace resmon::forecast
