#include "forecast/run_worker.hpp"

#include "base/error.hpp"
#include "base/instant.hpp"
#include "forecast/result_parts_json.hpp"
#include "scenarios/scenario_text.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace resmon::forecast {

namespace {

using namespace std::chrono_literals;
using Standing = storage::Jobs::Standing;

/// Waits, but not longer than a stop.
void pause(std::chrono::milliseconds time, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock{mutex};
    never.wait_for(lock, stop, time, [] { return false; });
}

/// none = stopped.
std::optional<outage::Sampling> sampling_of(const Run& run, const outage::Case& outage, const outage::Work& work) {
    if (!run.wished_error) return run.sampling;
    return outage::enough(outage, run.sampling, {run.wished_error->relative, most_courses},
                          {.threads = work.threads, .stop = work.stop});
}

}  // namespace

/// The signs of life of one job while it is computed, in a thread of its own; stops the computation when it counts no
/// longer.
class RunWorker::Heart {
public:
    Heart(storage::Jobs& jobs, const RunId& run, const std::stop_token& outer)
        : jobs_{jobs}, id_{run.value}, on_stop_{outer, [this] { computation_.request_stop(); }},
          thread_{[this](const std::stop_token& stop) { beat(stop); }} {}

    [[nodiscard]] std::stop_token stop() const { return computation_.get_token(); }

    void tell(Doing doing, std::int64_t per_mille) {
        const std::lock_guard lock{mutex_};
        progress_.doing = to_string(doing);
        progress_.per_mille = per_mille;
    }

    /// As of the last sign of life.
    [[nodiscard]] Standing standing() {
        const std::lock_guard lock{mutex_};
        return standing_;
    }

private:
    void beat(const std::stop_token& stop) {
        std::int64_t told = -1;
        auto told_at = began_;
        while (!stop.stop_requested()) {
            try {
                const storage::JobProgress now = progress();
                const auto time = std::chrono::steady_clock::now();
                const bool is_due = time - told_at >= storage::Jobs::beats_every;
                if (is_due) jobs_.look();
                const bool is_new = std::exchange(told, now.per_mille) != now.per_mille;
                if (is_due || is_new) told_at = time;
                judge(is_due || is_new ? jobs_.beat(id_, now) : jobs_.standing(id_));
            } catch (const Unavailable& error) {
                // The computation goes on: whether it still counts is asked again before its result is kept.
                spdlog::warn("run {}: {}", id_, error.what());
            }
            pause(glance, stop);
        }
    }

    [[nodiscard]] storage::JobProgress progress() {
        const std::lock_guard lock{mutex_};
        const auto spent = std::chrono::steady_clock::now() - began_;
        progress_.spent_milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(spent).count();
        return progress_;
    }

    void judge(Standing standing) {
        const std::lock_guard lock{mutex_};
        standing_ = standing;
        if (standing != Standing::mine) computation_.request_stop();
    }

    static constexpr std::chrono::milliseconds glance = 400ms;

    storage::Jobs& jobs_;
    std::string id_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    std::stop_source computation_;
    std::mutex mutex_;  ///< guards the next two
    storage::JobProgress progress_{.doing = std::string{to_string(Doing::computing)}};
    Standing standing_ = Standing::mine;
    std::stop_callback<std::function<void()>> on_stop_;
    std::jthread thread_;  ///< last: ends before what it uses
};

Trade trade_of_cases(unsigned threads) {
    const auto compute = [](const catalogue::Catalogue& catalogue, const Run& run,
                            const outage::Work& work) -> std::optional<ComputedRun> {
        const auto started = std::chrono::steady_clock::now();
        const outage::Case outage = case_of(catalogue, run.request);
        const std::optional<outage::Sampling> sampling = sampling_of(run, outage, work);
        if (!sampling) return std::nullopt;
        outage::Work scaled = work;
        scaled.progress = [&](std::uint64_t done) {
            work.progress(static_cast<std::uint32_t>(done * run.sampling.replications / sampling->replications));
        };
        const auto forecast = outage::forecast(outage, *sampling, scaled);
        if (!forecast) return std::nullopt;
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        return ComputedRun{
            parts_of({catalogue, run.request}, *forecast, {run.id, run.created_at, {seconds, work.threads}}),
            *sampling};
    };
    return {.job_kind = job_kind, .threads = threads, .compute = compute};
}

RunWorker::RunWorker(storage::Database& database, accounts::AuditTrail& audit, const catalogue::Catalogue& catalogue,
                     Trade trade)
    : database_{database}, audit_{audit}, catalogue_{catalogue}, trade_{std::move(trade)},
      needs_{needs_of(std::string{outage::model_version}, catalogue.hash)}, jobs_{database, audit.server()},
      thread_{[this](const std::stop_token& stop) { work(stop); }} {}

void RunWorker::work(const std::stop_token& stop) {
    bool are_strangers_told = false;
    while (!stop.stop_requested()) {
        storage::Changes::Watch watch{database_.changes(), storage::topic_of_queue};
        try {
            if (!are_strangers_told) interrupt_strangers();
            are_strangers_told = true;
            if (compute_next(stop)) continue;
        } catch (const std::exception& error) {
            spdlog::error("the queue of runs: {}", error.what());
        }
        (void)watch.wait(storage::Jobs::beats_every, stop);
    }
}

/// At the start: what waits for another model or catalogue would wait for a program that was replaced.
void RunWorker::interrupt_strangers() {
    const auto is_strange = [&](const storage::Job& job) { return job.kind == trade_.job_kind && job.needs != needs_; };
    while (const std::optional<storage::Job> job = jobs_.claim(is_strange))
        if (const std::optional<Run> run = run_of(*job)) end(*run, RunState::interrupted, "", {});
}

bool RunWorker::compute_next(const std::stop_token& stop) {
    // Later on, strangers that wait may have a server of their version; not those whose worker is gone.
    const std::optional<storage::Job> job = jobs_.claim(
        [&](const storage::Job& one) { return one.kind == trade_.job_kind && (one.needs == needs_ || one.is_left); });
    if (!job) return false;
    const std::optional<Run> run = run_of(*job);
    if (!run) return true;
    if (job->is_cancel_wished)
        end(*run, RunState::cancelled, "", {});
    else if (job->needs != needs_)
        end(*run, RunState::interrupted, "", {});
    else
        compute(*run, stop);
    return true;
}

std::optional<Run> RunWorker::run_of(const storage::Job& job) {
    std::optional<RunStatus> found;
    database_.read([&](soci::session& sql) { found = find_run(sql, {job.id}, every_run()); });
    if (!found) return std::nullopt;
    return std::move(found->run);
}

void RunWorker::compute(const Run& run, const std::stop_token& stop) {
    Heart heart{jobs_, run.id, stop};
    try {
        const std::optional<catalogue::Catalogue> own = with_own_scenario(run.request.scenario);
        auto computed =
            trade_.compute(own ? *own : catalogue_, run,
                           {.threads = trade_.threads, .stop = heart.stop(), .progress = [&](std::uint32_t done) {
                                heart.tell(Doing::computing, std::int64_t{1000} * done / run.sampling.replications);
                            }});
        if (computed) {
            heart.tell(Doing::storing, 1000);
            Run done = run;
            done.sampling = computed->sampling;
            store(done, computed->parts, stop);
        } else if (heart.standing() == Standing::cancel_wished) {
            end(run, RunState::cancelled, "", {});
        } else if (heart.standing() == Standing::mine) {
            jobs_.release(run.id.value);
        }
    } catch (const Unavailable&) {
        throw;  // of the database, not of the run: it stays claimed and is computed again
    } catch (const std::exception& error) {
        spdlog::error("run {}: {}", run.id.value, error.what());
        end(run, RunState::failed, error.what(), {});
    }
}

/// None for a scenario of the catalogue.
std::optional<catalogue::Catalogue> RunWorker::with_own_scenario(const ScenarioId& scenario) {
    if (!scenarios::is_own(scenario)) return std::nullopt;
    std::optional<std::string> text;
    database_.read([&](soci::session& sql) { text = find_scenario_copy(sql, scenario, every_run()); });
    if (!text) throw NotFound{worded("fault.scenario.none")};
    return scenarios::catalogue_with(catalogue_, *text);
}

void RunWorker::store(const Run& run, const ResultParts& parts, const std::stop_token& stop) {
    const ResultParts stored = stored_form(parts);
    // A database that is restarted is back within this time; computing again would take longer.
    constexpr int most_tries = 15;
    for (int tries = 1;; ++tries) {
        try {
            end(run, RunState::done, "", stored);
            return;
        } catch (const Unavailable& error) {
            if (tries == most_tries || stop.stop_requested()) throw;
            spdlog::warn("run {} is stored later: {}", run.id.value, error.what());
        }
        pause(2s, stop);
    }
}

/// Closes the job together with what came out. Nothing is kept if another worker has taken it over or ended it.
void RunWorker::end(Run run, RunState state, const std::string& failure, const ResultParts& stored) {
    run.state = state;
    run.failure = failure;
    run.ended_at = utc_text(std::chrono::system_clock::now());
    bool is_closed = false;
    database_.write([&](soci::session& sql) {
        is_closed = jobs_.close(sql, run.id.value);
        if (!is_closed) return;
        insert_parts(sql, run.id, stored);
        update_ended(sql, run);
        audit_.append(sql, {},
                      {.action = "finish-run",
                       .organisation = run.organisation.value,
                       .object = run.id.value,
                       .detail = std::string{to_string(state)}});
    });
    if (!is_closed) spdlog::info("run {} was ended by another worker", run.id.value);
}

}  // namespace resmon::forecast
