// The desk of forecasts: runs are started, watched, kept, opened again and deleted here.
#pragma once

#include "forecast/forecast_store.hpp"
#include "forecast/run.hpp"
#include "reading/catalogue_reader.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace resmon::forecast {

enum class Doing { waiting, computing, storing, nothing };

/// A run and how far it is.
struct RunStatus {
    Run run;
    double progress = 0;  ///< 0 to 1
    Doing doing = Doing::nothing;
    std::optional<double> seconds_left;  ///< if it can be told
    bool is_current = true;              ///< made by this version of model and catalogue
    std::uint64_t version = 0;           ///< grows with every change of any run: the id of its event
};

class Runs {
public:
    /// The database, the catalogue and its files must outlive the desk.
    Runs(storage::Database& database, const catalogue::Catalogue& catalogue, const catalogue::CatalogueFiles& files);
    ~Runs();
    Runs(const Runs&) = delete;
    Runs& operator=(const Runs&) = delete;

    /// Keeps a forecast that the caller computed and returns its `Result` (api/outage.yaml).
    struct Kept {
        RunId run;
        std::string result;
    };
    Kept keep(const CaseRequest& request, const outage::Forecast& forecast,
              std::chrono::system_clock::time_point started, double seconds, unsigned threads);

    /// Takes up what a killed process left: a run of this model and catalogue is computed again, others are marked
    /// interrupted. Then computes queued runs, one at a time, until the desk ends.
    void work(unsigned threads);

    /// The same key with the same request gives the same run. Throws Conflict for the same key with another request.
    [[nodiscard]] RunStatus start(const CaseRequest& request, const outage::Sampling& sampling,
                                  const std::string& idempotency_key);
    /// Cancels a run that is queued or running, deletes one that has ended. Throws NotFound.
    void end(const RunId& id);

    [[nodiscard]] std::vector<RunStatus> list();
    [[nodiscard]] RunStatus status(const RunId& id);
    /// Waits until the run has a version above `seen`, at most that long.
    [[nodiscard]] RunStatus next_status(const RunId& id, std::uint64_t seen, std::chrono::milliseconds patience);

    /// JSON of a part of the result: `summary`, `body/…`, `map/…`. Throws NotFound, or Conflict if the run has no
    /// result.
    [[nodiscard]] std::string part(const RunId& id, const std::string& part);
    /// `Course`, recomputed with the catalogue that the run was made from.
    [[nodiscard]] std::string course(const RunId& id, std::uint32_t number);
    /// `Result` of a what-if, not kept. A newer one of the same client ends an older, which throws Conflict.
    [[nodiscard]] std::string what_if(const CaseRequest& request, const outage::Sampling& sampling,
                                      const std::string& client);

    [[nodiscard]] const catalogue::Catalogue& catalogue() const noexcept { return catalogue_; }

private:
    struct Running {
        RunId id;
        std::stop_source stop;
        double progress = 0;
        Doing doing = Doing::waiting;
        std::chrono::steady_clock::time_point since;
    };

    void recover();
    void compute_queued(const std::stop_token& stop, unsigned threads);
    void compute(const Run& run, unsigned threads);
    void store(const Run& run, const outage::Forecast& forecast, double seconds, unsigned threads);
    void tell(double progress, Doing doing);
    [[nodiscard]] std::optional<Run> next_queued();
    [[nodiscard]] RunStatus with_progress(Run run);

    const catalogue::Catalogue& catalogue_;
    const catalogue::CatalogueFiles& files_;
    ForecastStore store_;
    std::mutex mutex_;  ///< guards what follows
    std::condition_variable_any changed_;
    std::optional<Running> running_;
    std::uint64_t version_ = 1;
    std::map<std::string, std::stop_source> what_ifs_;
    std::jthread worker_;  ///< last: ends before what it uses
};

}  // namespace resmon::forecast
