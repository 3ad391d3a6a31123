#include "forecast/forecast.hpp"

#include "secrets/digest.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"
#include "forecast/result_parts_json.hpp"
#include "forecast/words.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>

namespace resmon::forecast {

namespace {

RunId new_run_id() {
    constexpr std::size_t bytes = 8;
    return {random_hex(bytes)};
}

bool is_of_this_version(const Run& run, const catalogue::Catalogue& catalogue) {
    return run.model_version == outage::model_version && run.catalogue_hash == catalogue.hash;
}

}  // namespace

Runs::Runs(storage::Database& database, const catalogue::Catalogue& catalogue, const catalogue::CatalogueFiles& files)
    : catalogue_{catalogue}, files_{files}, store_{database} {}

Runs::~Runs() {
    worker_.request_stop();
    const std::lock_guard lock{mutex_};
    // A run that is computed now stays queued in the database: the next start takes it up.
    if (running_) running_->stop.request_stop();
    for (auto& [client, stop] : what_ifs_) stop.request_stop();
    changed_.notify_all();
}

Runs::Kept Runs::keep(const CaseRequest& request, const outage::Forecast& forecast,
                      std::chrono::system_clock::time_point started, double seconds, unsigned threads) {
    const Run run{.id = new_run_id(),
                  .state = RunState::done,
                  .request = request,
                  .sampling = forecast.sampling,
                  .model_version = std::string{outage::model_version},
                  .catalogue_version = catalogue_.version,
                  .catalogue_hash = catalogue_.hash,
                  .created_at = utc_text(started),
                  .ended_at = utc_text(std::chrono::system_clock::now())};
    ResultParts parts = parts_of({catalogue_, request}, forecast, {run.id, run.created_at, seconds, threads});
    store_.add_finished(run, files_, parts);
    return {run.id, std::move(parts.at("summary"))};
}

void Runs::work(unsigned threads) {
    recover();
    worker_ = std::jthread{[this, threads](const std::stop_token& stop) { compute_queued(stop, threads); }};
}

void Runs::recover() {
    for (const Run& run : store_.runs()) {
        if (has_ended(run.state)) continue;
        if (is_of_this_version(run, catalogue_))
            store_.set_state(run.id, RunState::queued, "", "");
        else
            store_.set_state(run.id, RunState::interrupted, utc_text(std::chrono::system_clock::now()), "");
    }
}

std::optional<Run> Runs::next_queued() {
    const std::vector<Run> runs = store_.runs();
    const auto oldest = std::ranges::find(runs.rbegin(), runs.rend(), RunState::queued, &Run::state);
    return oldest == runs.rend() ? std::nullopt : std::optional{*oldest};
}

void Runs::compute_queued(const std::stop_token& stop, unsigned threads) {
    while (!stop.stop_requested()) {
        try {
            if (const std::optional<Run> run = next_queued()) {
                compute(*run, threads);
                continue;
            }
        } catch (const std::exception& error) {
            spdlog::error("the queue of runs: {}", error.what());
        }
        std::unique_lock lock{mutex_};
        const std::uint64_t seen = version_;
        changed_.wait_for(lock, stop, std::chrono::seconds{5}, [&] { return version_ != seen; });
    }
}

void Runs::compute(const Run& run, unsigned threads) {
    std::stop_token stop;
    {
        const std::lock_guard lock{mutex_};
        running_ = Running{.id = run.id, .doing = Doing::computing, .since = std::chrono::steady_clock::now()};
        stop = running_->stop.get_token();
    }
    store_.set_state(run.id, RunState::running, "", "");
    tell(0, Doing::computing);
    try {
        const auto started = std::chrono::steady_clock::now();
        const auto forecast =
            outage::forecast(case_of(catalogue_, run.request), run.sampling,
                             {.threads = threads, .stop = stop, .progress = [&](std::uint32_t done) {
                                  tell(static_cast<double>(done) / run.sampling.replications, Doing::computing);
                              }});
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        if (forecast) {
            tell(1, Doing::storing);
            store(run, *forecast, seconds, threads);
        } else if (!worker_.get_stop_token().stop_requested()) {
            store_.set_state(run.id, RunState::cancelled, utc_text(std::chrono::system_clock::now()), "");
        }
    } catch (const std::exception& error) {
        spdlog::error("run {}: {}", run.id.value, error.what());
        store_.set_state(run.id, RunState::failed, utc_text(std::chrono::system_clock::now()), error.what());
    }
    const std::lock_guard lock{mutex_};
    running_.reset();
    ++version_;
    changed_.notify_all();
}

void Runs::store(const Run& run, const outage::Forecast& forecast, double seconds, unsigned threads) {
    store_.finish(run.id, utc_text(std::chrono::system_clock::now()),
                  parts_of({catalogue_, run.request}, forecast, {run.id, run.created_at, seconds, threads}));
}

void Runs::tell(double progress, Doing doing) {
    const std::lock_guard lock{mutex_};
    if (!running_) return;
    running_->progress = progress;
    running_->doing = doing;
    ++version_;
    changed_.notify_all();
}

RunStatus Runs::start(const CaseRequest& wished, const outage::Sampling& sampling, const std::string& idempotency_key) {
    const CaseRequest request = completed(catalogue_, wished);
    if (!idempotency_key.empty())
        if (const std::optional<Run> known = store_.find_by_key(idempotency_key)) {
            const bool is_same = known->request == request && known->sampling.seed == sampling.seed &&
                                 known->sampling.replications == sampling.replications;
            if (!is_same) throw Conflict{"the Idempotency-Key was used for another request"};
            return with_progress(*known);
        }
    const Run run{.id = new_run_id(),
                  .request = request,
                  .sampling = sampling,
                  .model_version = std::string{outage::model_version},
                  .catalogue_version = catalogue_.version,
                  .catalogue_hash = catalogue_.hash,
                  .created_at = utc_text(std::chrono::system_clock::now()),
                  .idempotency_key = idempotency_key};
    // What contradicts itself is told now, not when the queue reaches it.
    (void)case_of(catalogue_, request);
    store_.add(run, files_);
    {
        const std::lock_guard lock{mutex_};
        ++version_;
        changed_.notify_all();
    }
    return with_progress(run);
}

void Runs::end(const RunId& id) {
    const RunStatus found = status(id);
    if (has_ended(found.run.state)) {
        store_.remove(id);
        return;
    }
    const std::lock_guard lock{mutex_};
    if (running_ && running_->id == id)
        running_->stop.request_stop();
    else
        store_.set_state(id, RunState::cancelled, utc_text(std::chrono::system_clock::now()), "");
    ++version_;
    changed_.notify_all();
}

RunStatus Runs::with_progress(Run run) {
    RunStatus status{.run = std::move(run)};
    status.is_current = is_of_this_version(status.run, catalogue_);
    if (status.run.state == RunState::queued) status.doing = Doing::waiting;
    if (status.run.state == RunState::done) status.progress = 1;
    const std::lock_guard lock{mutex_};
    status.version = version_;
    if (!running_ || running_->id != status.run.id || has_ended(status.run.state)) return status;
    status.progress = running_->progress;
    status.doing = running_->doing;
    const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - running_->since).count();
    if (status.progress > 0) status.seconds_left = std::ceil(elapsed / status.progress - elapsed);
    return status;
}

std::vector<RunStatus> Runs::list() {
    std::vector<RunStatus> statuses;
    for (Run& run : store_.runs()) statuses.push_back(with_progress(std::move(run)));
    return statuses;
}

RunStatus Runs::status(const RunId& id) {
    std::optional<Run> run = store_.find(id);
    if (!run) throw NotFound{fmt::format("there is no run {}", id.value)};
    return with_progress(std::move(*run));
}

RunStatus Runs::next_status(const RunId& id, std::uint64_t seen, std::chrono::milliseconds patience) {
    {
        std::unique_lock lock{mutex_};
        changed_.wait_for(lock, patience, [&] { return version_ > seen; });
    }
    return status(id);
}

std::string Runs::part(const RunId& id, const std::string& part) {
    const RunStatus found = status(id);
    if (found.run.state != RunState::done)
        throw Conflict{fmt::format("run {} has no result, it is {}", id.value, to_string(found.run.state))};
    if (std::optional<std::string> text = store_.find_part(id, part)) return std::move(*text);
    throw NotFound{fmt::format("run {} has no result for {}", id.value, part)};
}

std::string Runs::course(const RunId& id, std::uint32_t number) {
    const Run run = status(id).run;
    if (number >= run.sampling.replications)
        throw NotFound{fmt::format("run {} has courses 0 to {}", id.value, run.sampling.replications - 1)};
    const catalogue::Catalogue kept = run.catalogue_hash == catalogue_.hash
                                          ? catalogue_
                                          : catalogue::catalogue_from(store_.catalogue_files(run.catalogue_hash));
    return course_text(case_of(kept, run.request), run.sampling, number);
}

std::string Runs::what_if(const CaseRequest& wished, const outage::Sampling& sampling, const std::string& client) {
    const CaseRequest request = completed(catalogue_, wished);
    std::stop_token stop;
    {
        const std::lock_guard lock{mutex_};
        what_ifs_[client].request_stop();
        what_ifs_[client] = std::stop_source{};
        stop = what_ifs_[client].get_token();
    }
    const auto started = std::chrono::system_clock::now();
    const auto clock = std::chrono::steady_clock::now();
    const auto forecast = outage::forecast(case_of(catalogue_, request), sampling, {.stop = stop});
    if (!forecast) throw Conflict{"a newer what-if took its place"};
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - clock).count();
    return result_text({catalogue_, request}, *forecast, {{}, utc_text(started), seconds, 0});
}

}  // namespace resmon::forecast
