#include "forecast/forecast.hpp"

#include "accounts/permission.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"
#include "forecast/result_parts_json.hpp"
#include "secrets/digest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace resmon::forecast {

namespace {

using accounts::Shareable;

RunId new_run_id() {
    constexpr std::size_t bytes = 8;
    return {random_hex(bytes)};
}

NotFound no_run(const RunId& id) { return NotFound{worded("fault.run.none", {{"run", id.value}})}; }

accounts::Filter readable_by(const Principal& who) {
    return accounts::filter_of(accounts::reach(who, Action::read_runs), "outage_run.organisation",
                               Shareable::forecasts);
}

OrganisationId owner_of(const Principal& who, Action action, const Wish& wish) {
    const OrganisationId owner = wish.organisation ? *wish.organisation : accounts::home_of(who, action);
    accounts::require(who, action, {.organisation = owner});
    return owner;
}

/// `catalogue` knows the scenario.
ScenarioCopy copy_of(const std::string& text, const catalogue::Catalogue& catalogue) {
    const ScenarioId id = scenarios::id_of(text);
    return {.id = id, .name = catalogue.scenario(id).name, .text = text};
}

/// What contradicts itself is told now, not when the queue reaches it.
void check_computable(const catalogue::Catalogue& catalogue, const Run& run) {
    if (!is_germany(run.request)) {
        (void)case_of(catalogue, run.request);
        return;
    }
    std::vector<Fault> faults;
    if (!run.request.overrides.crews.empty())
        faults.push_back({{.path = "/overrides/crews"}, worded("fault.run.germany-crews")});
    if (run.sampling.replications > most_courses_of_germany)
        faults.push_back({{.path = "/replications"},
                          worded("fault.run.germany-courses", {{"most", std::to_string(most_courses_of_germany)},
                                                               {"found", std::to_string(run.sampling.replications)}})});
    if (!faults.empty()) throw InputError{std::move(faults)};
}

/// One may be done already: then it has the courses that its wished error took.
bool is_same_sampling(const Run& one, const Run& other) {
    if (!one.wished_error) return one.sampling == other.sampling;
    const auto groups = [](const outage::Sampling& of) { return of.points > 0 ? of.randomisations() : 0; };
    return one.sampling.seed == other.sampling.seed && groups(one.sampling) == groups(other.sampling);
}

bool is_same_request(const Run& one, const Run& other) {
    return one.request == other.request && one.wished_error == other.wished_error && is_same_sampling(one, other);
}

}  // namespace

Runs::Runs(storage::Database& database, accounts::AuditTrail& audit, const catalogue::Catalogue& catalogue,
           const catalogue::CatalogueFiles& files)
    : database_{database}, audit_{audit}, catalogue_{catalogue}, files_{files},
      scenarios_{database, audit, catalogue, files} {}

Runs::~Runs() {
    const std::lock_guard lock{mutex_};
    for (auto& [client, stop] : what_ifs_) stop.request_stop();
}

void Runs::work(unsigned threads) { work(trade_of_cases(threads)); }

void Runs::work(Trade trade) { workers_.emplace_back(database_, audit_, catalogue_, std::move(trade)); }

Run Runs::new_run(const OrganisationId& organisation, const Wish& wish, const catalogue::Catalogue& catalogue) const {
    return {.id = new_run_id(),
            .organisation = organisation,
            .request = completed(catalogue, wish.request),
            .sampling = wish.sampling,
            .wished_error = wish.wished_error,
            .model_version = std::string{outage::model_version},
            .catalogue_version = catalogue_.version,
            .catalogue_hash = catalogue_.hash,
            .created_at = utc_text(std::chrono::system_clock::now()),
            .idempotency_key = wish.idempotency_key};
}

void Runs::append(soci::session& sql, const Principal& who, const std::string& action, const Run& run) {
    audit_.append(sql, who, {.action = action, .organisation = run.organisation.value, .object = run.id.value});
}

Runs::Kept Runs::keep(const CaseRequest& request, const outage::Forecast& forecast,
                      std::chrono::system_clock::time_point started, const Effort& effort,
                      const std::string& scenario_text) {
    std::string result;
    const RunId id = keep(
        request, forecast.sampling, started,
        [&](const Run& run) {
            ResultParts parts = parts_of({catalogue_, run.request}, forecast, {run.id, run.created_at, effort});
            result = parts.at("summary");
            return parts;
        },
        scenario_text);
    return {id, std::move(result)};
}

RunId Runs::keep(const CaseRequest& request, const outage::Sampling& sampling,
                 std::chrono::system_clock::time_point started,
                 const std::function<ResultParts(const Run&)>& parts_of_run, const std::string& scenario_text) {
    Run run = new_run({}, {.request = request, .sampling = sampling}, catalogue_);
    run.state = RunState::done;
    run.created_at = utc_text(started);
    run.ended_at = utc_text(std::chrono::system_clock::now());
    const ResultParts stored = stored_form(parts_of_run(run));
    database_.write([&](soci::session& sql) {
        if (!scenario_text.empty()) insert_scenario_copy(sql, copy_of(scenario_text, catalogue_));
        (void)insert_run(sql, run, files_);
        insert_parts(sql, run.id, stored);
        append(sql, {.kind = Principal::Kind::local}, "keep-run", run);
    });
    return run.id;
}

std::optional<std::string> Runs::scenario_text(const Principal& who, const ScenarioId& scenario) {
    if (!scenarios::is_own(scenario)) return std::nullopt;
    std::optional<std::string> text = scenarios_.text_of(who, scenario);
    if (!text) database_.read([&](soci::session& sql) { text = find_scenario_copy(sql, scenario, readable_by(who)); });
    if (!text) throw NotFound{worded("fault.scenario.none")};
    return text;
}

void Runs::with_scenario(const Principal& who, const ScenarioId& scenario,
                         const std::function<void(const catalogue::Catalogue&)>& use) {
    with_text(scenario_text(who, scenario), use);
}

void Runs::with_text(const std::optional<std::string>& text,
                     const std::function<void(const catalogue::Catalogue&)>& use) const {
    if (!text) return use(catalogue_);
    use(scenarios::catalogue_with(catalogue_, *text));
}

RunStatus Runs::start(const Principal& who, const Wish& wish) {
    const OrganisationId owner = owner_of(who, Action::start_run, wish);
    const std::optional<std::string> text = scenario_text(who, wish.request.scenario);
    Run run;
    std::optional<ScenarioCopy> copy;
    with_text(text, [&](const catalogue::Catalogue& catalogue) {
        run = new_run(owner, wish, catalogue);
        check_computable(catalogue, run);
        if (text) copy = copy_of(*text, catalogue);
    });
    RunStatus kept;
    database_.write([&](soci::session& sql) {
        if (copy) insert_scenario_copy(sql, *copy);
        const bool is_new = insert_run(sql, run, files_);
        if (is_new) {
            storage::add_job(sql, {.id = run.id.value,
                                   .kind = is_germany(run.request) ? germany_job_kind : job_kind,
                                   .needs = needs_of(run.model_version, run.catalogue_hash)});
            append(sql, who, "start-run", run);
        }
        kept = is_new ? find_run(sql, run.id, every_run()).value()
                      : find_run_by_key(sql, run.organisation, run.idempotency_key).value();
    });
    if (!is_same_request(kept.run, run)) throw Conflict{worded("fault.run.idempotency")};
    return judged(std::move(kept));
}

void Runs::end(const Principal& who, const RunId& id) {
    accounts::require(who, Action::end_run);
    database_.write([&](soci::session& sql) {
        const std::optional<RunStatus> found = find_run(sql, id, every_run());
        // The same answer whether there is none or it is none of theirs.
        if (!found || !accounts::may(who, Action::end_run, {.organisation = found->run.organisation})) throw no_run(id);
        Run run = found->run;
        switch (storage::cancel_job(sql, id.value)) {
            case storage::Cancellation::at_once:
                run.state = RunState::cancelled;
                run.ended_at = utc_text(std::chrono::system_clock::now());
                update_ended(sql, run);
                append(sql, who, "cancel-run", run);
                break;
            case storage::Cancellation::wished: append(sql, who, "cancel-run", run); break;
            case storage::Cancellation::ended:
                delete_run(sql, id);
                append(sql, who, "delete-run", run);
                break;
        }
    });
}

RunStatus Runs::judged(RunStatus status) const {
    status.is_current =
        status.run.model_version == outage::model_version && status.run.catalogue_hash == catalogue_.hash;
    return status;
}

std::vector<RunStatus> Runs::list(const Principal& who) {
    std::vector<RunStatus> found;
    database_.read([&](soci::session& sql) { found = select_runs(sql, readable_by(who)); });
    for (RunStatus& status : found) status = judged(std::move(status));
    return found;
}

RunStatus Runs::status(const Principal& who, const RunId& id) {
    std::optional<RunStatus> found;
    database_.read([&](soci::session& sql) { found = find_run(sql, id, readable_by(who)); });
    if (!found) throw no_run(id);
    return judged(std::move(*found));
}

RunStatus Runs::next_status(const Principal& who, const RunId& id, std::uint64_t seen,
                            std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    storage::Changes::Watch watch{database_.changes(), storage::topic_of_job(id.value)};
    while (true) {
        RunStatus found = status(who, id);
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (has_ended(found.run.state) || found.version > seen || left.count() <= 0) return found;
        (void)watch.wait(left);
    }
}

void Runs::note_reading(const Principal& who, const Run& run, const std::string& what) {
    if (who.kind == Principal::Kind::local) return;
    audit_.note(who,
                {.action = "read-run", .organisation = run.organisation.value, .object = run.id.value, .detail = what});
}

Run Runs::opened(const Principal& who, const RunId& id, const std::string& what) {
    Run run = status(who, id).run;
    note_reading(who, run, what);
    return run;
}

std::string Runs::part(const Principal& who, const RunId& id, const std::string& part) {
    std::optional<RunStatus> found;
    std::optional<std::string> kept;
    database_.read([&](soci::session& sql) {
        found = find_run(sql, id, readable_by(who));
        if (found && found->run.state == RunState::done) kept = find_part(sql, id, part);
    });
    if (!found) throw no_run(id);
    const Run& run = found->run;
    if (run.state != RunState::done)
        throw Conflict{worded("fault.run.no-result", {{"run", id.value}, {"state", to_string(run.state)}})};
    if (!kept) throw NotFound{worded("fault.run.no-part", {{"run", id.value}, {"part", part}})};
    note_reading(who, run, part);
    return std::move(*kept);
}

std::string Runs::course(const Principal& who, const RunId& id, std::uint32_t number) {
    const Run run = status(who, id).run;
    if (number >= run.sampling.replications)
        throw NotFound{
            worded("fault.run.courses", {{"run", id.value}, {"last", std::to_string(run.sampling.replications - 1)}})};
    std::string text;
    with_inputs(who, id, fmt::format("course/{}", number), [&](const Run& of, const catalogue::Catalogue& catalogue) {
        text = course_text(case_of(catalogue, of.request), of.sampling, number);
    });
    return text;
}

void Runs::with_inputs(const Principal& who, const RunId& id, const std::string& what,
                       const std::function<void(const Run&, const catalogue::Catalogue&)>& use) {
    const Run run = opened(who, id, what);
    const bool is_of_today = run.catalogue_hash == catalogue_.hash;
    const bool is_own = scenarios::is_own(run.request.scenario);
    if (is_of_today && !is_own) return use(run, catalogue_);
    catalogue::CatalogueFiles kept;
    std::optional<std::string> text;
    database_.read([&](soci::session& sql) {
        if (!is_of_today) kept = catalogue_files(sql, run.catalogue_hash);
        if (is_own) text = find_scenario_copy(sql, run.request.scenario, every_run());
    });
    const catalogue::Catalogue then = is_of_today ? catalogue_ : catalogue::catalogue_from(kept);
    use(run, text ? scenarios::catalogue_with(then, *text) : then);
}

std::string Runs::what_if(const Principal& who, const Wish& wish, const std::string& client) {
    const auto started = std::chrono::system_clock::now();
    const auto clock = std::chrono::steady_clock::now();
    return while_newest(
        who, wish, client, [&](const ResultContext& asked, const std::stop_token& stop) -> std::optional<std::string> {
            const auto forecast =
                outage::forecast(case_of(asked.catalogue, asked.request), wish.sampling, {.stop = stop});
            if (!forecast) return std::nullopt;
            const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - clock;
            return result_text(asked, *forecast, {{}, utc_text(started), {.seconds = seconds.count()}});
        });
}

std::string Runs::curve(const Principal& who, const Wish& wish, const std::string& client) {
    return while_newest(who, wish, client,
                        [&](const ResultContext& asked, const std::stop_token& stop) -> std::optional<std::string> {
                            const outage::Case outage = case_of(asked.catalogue, asked.request);
                            const auto curve = outage::curve(outage, wish.sampling, {.stop = stop});
                            if (!curve) return std::nullopt;
                            return curve_text(*curve, wish.sampling, outage.horizon);
                        });
}

std::string Runs::while_newest(const Principal& who, const Wish& wish, const std::string& client,
                               const Answering& compute) {
    (void)owner_of(who, Action::compute_forecast, wish);
    std::optional<std::string> answer;
    with_scenario(who, wish.request.scenario, [&](const catalogue::Catalogue& catalogue) {
        const CaseRequest request = completed(catalogue, wish.request);
        // Nobody ends the what-if of another person by naming the same client.
        const std::string asker = who.person.value + " " + client;
        const std::stop_source mine;
        {
            const std::lock_guard lock{mutex_};
            const auto before = what_ifs_.find(asker);
            if (before != what_ifs_.end()) before->second.request_stop();
            what_ifs_.insert_or_assign(asker, mine);
        }
        answer = compute({catalogue, request}, mine.get_token());
        const std::lock_guard lock{mutex_};
        const auto latest = what_ifs_.find(asker);
        if (latest != what_ifs_.end() && latest->second == mine) what_ifs_.erase(latest);
    });
    if (!answer) throw Conflict{worded("fault.run.newer")};
    return std::move(*answer);
}

}  // namespace resmon::forecast
