// Computes queued runs, one at a time, together with the workers of the other servers of the same database.
#pragma once

#include "accounts/audit_trail.hpp"
#include "catalogue/catalogue.hpp"
#include "forecast/forecast_store.hpp"
#include "forecast/run.hpp"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

namespace resmon::forecast {

struct ComputedRun {
    ResultParts parts;
    outage::Sampling sampling;  ///< that of the run, or what its wished error took
};

/// Which runs a worker takes, and how one becomes what is kept of it.
struct Trade {
    std::string job_kind;
    unsigned threads = 0;  ///< 0 = all
    /// none = stopped. Called by one thread, with the catalogue that knows the run's scenario. Progress is told as if
    /// the run had the courses that it has now.
    std::function<std::optional<ComputedRun>(const catalogue::Catalogue&, const Run&, const outage::Work&)> compute;
};

/// Runs of one case: a region, or a body alone.
[[nodiscard]] Trade trade_of_cases(unsigned threads);

class RunWorker {
public:
    /// Begins to work. What is named here must outlive the worker.
    RunWorker(storage::Database& database, accounts::AuditTrail& audit, const catalogue::Catalogue& catalogue,
              Trade trade);

private:
    class Heart;

    void work(const std::stop_token& stop);
    void interrupt_strangers();
    [[nodiscard]] bool compute_next(const std::stop_token& stop);
    void compute(const Run& run, const std::stop_token& stop);
    [[nodiscard]] std::optional<catalogue::Catalogue> with_own_scenario(const ScenarioId& scenario);
    void store(const Run& run, const ResultParts& parts, const std::stop_token& stop);
    void end(Run run, RunState state, const std::string& failure, const ResultParts& parts);
    [[nodiscard]] std::optional<Run> run_of(const storage::Job& job);

    storage::Database& database_;
    accounts::AuditTrail& audit_;
    const catalogue::Catalogue& catalogue_;
    Trade trade_;
    std::string needs_;
    storage::Jobs jobs_;
    std::jthread thread_;  ///< last: ends before what it uses
};

}  // namespace resmon::forecast
