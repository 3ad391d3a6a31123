#include "forecast/forecast_store.hpp"

#include "base/error.hpp"
#include "forecast/compression.hpp"
#include "forecast/overrides_json.hpp"
#include "secrets/digest.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace resmon::forecast {

namespace {

constexpr const char* run_columns =
    "outage_run.id, outage_run.organisation, created_at, ended_at, state, failure, COALESCE(idempotency_key, ''), "
    "incident, scenario, region, overrides, seed, replications, points, model_version, catalogue_version, "
    "catalogue_hash, "
    "COALESCE(job.worker, ''), COALESCE(job.beat, 0), COALESCE(job.doing, ''), COALESCE(job.progress, 0), "
    "COALESCE(job.spent_milliseconds, 0), COALESCE(scenario_copy.name_de, ''), COALESCE(scenario_copy.name_en, ''), "
    "wished_error";
constexpr const char* runs =
    "outage_run LEFT JOIN job ON job.id = outage_run.id LEFT JOIN scenario_copy ON scenario_copy.id = scenario";

void insert_catalogue(soci::session& sql, const std::string& hash, const std::map<std::string, std::string>& files) {
    long long known = 0;
    sql << "SELECT COUNT(*) FROM catalogue_copy WHERE hash = :hash", soci::into(known), soci::use(hash, "hash");
    if (known > 0) return;
    const std::string content = base64_of(packed(files));
    sql << "INSERT INTO catalogue_copy (hash, content) VALUES (:hash, :content) ON CONFLICT DO NOTHING",
        soci::use(hash, "hash"), soci::use(content, "content");
}

/// Rows of `runs` in the order of run_columns, bound once for a query.
class RunRows {
public:
    void bind(soci::statement& query) {
        for (std::string* field :
             {&run_.id.value, &run_.organisation.value, &run_.created_at, &run_.ended_at, &state_, &run_.failure,
              &run_.idempotency_key, &incident_, &run_.request.scenario.value, &place_, &overrides_})
            query.exchange(soci::into(*field));
        query.exchange(soci::into(seed_));
        query.exchange(soci::into(replications_));
        query.exchange(soci::into(points_));
        for (std::string* field : {&run_.model_version, &run_.catalogue_version, &run_.catalogue_hash, &worker_})
            query.exchange(soci::into(*field));
        query.exchange(soci::into(beat_));
        query.exchange(soci::into(doing_));
        query.exchange(soci::into(progress_));
        query.exchange(soci::into(spent_milliseconds_));
        query.exchange(soci::into(run_.scenario_name.de));
        query.exchange(soci::into(run_.scenario_name.en));
        query.exchange(soci::into(wished_error_));
    }

    [[nodiscard]] RunStatus status() const {
        RunStatus status{.run = run_};
        Run& run = status.run;
        run.state = run_state_from(state_);
        if (!incident_.empty()) run.request.incident = IncidentId{incident_};
        set_place(run.request, place_);
        run.request.overrides = overrides_from_text(overrides_);
        run.sampling = {static_cast<std::uint64_t>(seed_), static_cast<std::uint32_t>(replications_),
                        static_cast<std::uint32_t>(points_)};
        if (!wished_error_.empty()) run.wished_error = wished_error_from_text(wished_error_);
        if (run.state == RunState::queued)
            add_progress(status);
        else
            status.version = last_version;
        if (run.state == RunState::done) status.progress = 1;
        return status;
    }

private:
    void add_progress(RunStatus& status) const {
        status.version = static_cast<std::uint64_t>(beat_);
        status.doing = Doing::waiting;
        if (worker_.empty()) return;
        status.run.state = RunState::running;
        status.doing = doing_.empty() ? Doing::computing : doing_from(doing_);
        status.progress = static_cast<double>(progress_) / 1000;
        const double spent = static_cast<double>(spent_milliseconds_) / 1000;
        // How many courses a wished error takes is known when it is reached.
        if (progress_ > 0 && !status.run.wished_error) status.seconds_left = std::ceil(spent / status.progress - spent);
    }

    Run run_;
    std::string state_, incident_, place_, overrides_, worker_, doing_, wished_error_;
    long long seed_ = 0;
    long long replications_ = 0;
    long long points_ = 0;
    long long beat_ = 0;
    long long progress_ = 0;
    long long spent_milliseconds_ = 0;
};

/// `others` are values of the condition beside those of the filter.
std::vector<RunStatus> runs_where(soci::session& sql, const accounts::Filter& filter, const std::string& condition,
                                  const std::vector<std::pair<const char*, const std::string*>>& others) {
    soci::statement query{sql};
    RunRows rows;
    rows.bind(query);
    accounts::bind(query, filter);
    for (const auto& [name, value] : others) query.exchange(soci::use(*value, name));
    query.alloc();
    query.prepare(fmt::format("SELECT {} FROM {} WHERE {} AND {} ORDER BY created_at DESC, outage_run.id", run_columns,
                              runs, filter.condition, condition));
    query.define_and_bind();
    query.execute();
    std::vector<RunStatus> found;
    while (query.fetch()) found.push_back(rows.status());
    return found;
}

std::optional<RunStatus> first_of(const std::vector<RunStatus>& found) {
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

}  // namespace

ResultParts stored_form(const ResultParts& parts) {
    ResultParts stored;
    for (const auto& [part, text] : parts) stored[part] = base64_of(compressed(text));
    return stored;
}

bool insert_run(soci::session& sql, const Run& run, const std::map<std::string, std::string>& files) {
    insert_catalogue(sql, run.catalogue_hash, files);
    const std::string incident = run.request.incident ? run.request.incident->value : "";
    const std::string state{to_string(run.state)};
    const std::string place = place_of(run.request);
    const std::string overrides = overrides_to_text(run.request.overrides);
    const auto seed = static_cast<long long>(run.sampling.seed);
    const auto replications = static_cast<long long>(run.sampling.replications);
    const auto points = static_cast<long long>(run.sampling.points);
    const std::string wished_error = run.wished_error ? wished_error_to_text(*run.wished_error) : "";
    soci::indicator has_key = run.idempotency_key.empty() ? soci::i_null : soci::i_ok;
    soci::statement insert =
        (sql.prepare
             << "INSERT INTO outage_run (id, organisation, created_at, ended_at, state, failure, "
                "idempotency_key, incident, scenario, region, overrides, seed, replications, points, model_version, "
                "catalogue_version, catalogue_hash, wished_error) VALUES (:id, :organisation, :created, :ended, "
                ":state, "
                ":failure, :key, :incident, :scenario, :region, :overrides, :seed, :replications, :points, :model, "
                ":catalogue, :hash, :wished) ON CONFLICT DO NOTHING",
         soci::use(run.id.value, "id"), soci::use(run.organisation.value, "organisation"),
         soci::use(run.created_at, "created"), soci::use(run.ended_at, "ended"), soci::use(state, "state"),
         soci::use(run.failure, "failure"), soci::use(run.idempotency_key, has_key, "key"),
         soci::use(incident, "incident"), soci::use(run.request.scenario.value, "scenario"), soci::use(place, "region"),
         soci::use(overrides, "overrides"), soci::use(seed, "seed"), soci::use(replications, "replications"),
         soci::use(points, "points"), soci::use(run.model_version, "model"),
         soci::use(run.catalogue_version, "catalogue"), soci::use(run.catalogue_hash, "hash"),
         soci::use(wished_error, "wished"));
    insert.execute(true);
    return insert.get_affected_rows() == 1;
}

void insert_scenario_copy(soci::session& sql, const ScenarioCopy& copy) {
    sql << "INSERT INTO scenario_copy (id, name_de, name_en, content) VALUES (:id, :german, :english, :content) ON "
           "CONFLICT DO NOTHING",
        soci::use(copy.id.value, "id"), soci::use(copy.name.de, "german"), soci::use(copy.name.en, "english"),
        soci::use(copy.text, "content");
}

std::optional<std::string> find_scenario_copy(soci::session& sql, const ScenarioId& id,
                                              const accounts::Filter& filter) {
    std::string text;
    soci::statement query{sql};
    query.exchange(soci::into(text));
    accounts::bind(query, filter);
    query.exchange(soci::use(id.value, "id"));
    query.alloc();
    query.prepare(
        fmt::format("SELECT content FROM scenario_copy WHERE id = :id AND EXISTS (SELECT 1 FROM outage_run "
                    "WHERE scenario = scenario_copy.id AND {})",
                    filter.condition));
    query.define_and_bind();
    return query.execute(true) ? std::optional{text} : std::nullopt;
}

void insert_parts(soci::session& sql, const RunId& id, const ResultParts& stored) {
    std::string part;
    std::string content;
    soci::statement insert =
        (sql.prepare << "INSERT INTO outage_result (run_id, part, content) VALUES (:run, :part, :content)",
         soci::use(id.value, "run"), soci::use(part, "part"), soci::use(content, "content"));
    for (const auto& [name, text] : stored) {
        part = name;
        content = text;
        insert.execute(true);
    }
}

void update_ended(soci::session& sql, const Run& run) {
    const std::string state{to_string(run.state)};
    const auto replications = static_cast<long long>(run.sampling.replications);
    const auto points = static_cast<long long>(run.sampling.points);
    sql << "UPDATE outage_run SET state = :state, ended_at = :ended, failure = :failure, replications = :replications, "
           "points = :points WHERE id = :id",
        soci::use(state, "state"), soci::use(run.ended_at, "ended"), soci::use(run.failure, "failure"),
        soci::use(replications, "replications"), soci::use(points, "points"), soci::use(run.id.value, "id");
}

void delete_run(soci::session& sql, const RunId& id) {
    sql << "DELETE FROM outage_run WHERE id = :id", soci::use(id.value, "id");
    sql << "DELETE FROM catalogue_copy WHERE hash NOT IN (SELECT catalogue_hash FROM outage_run)";
    sql << "DELETE FROM scenario_copy WHERE id NOT IN (SELECT scenario FROM outage_run)";
}

std::vector<RunStatus> select_runs(soci::session& sql, const accounts::Filter& filter) {
    return runs_where(sql, filter, "1 = 1", {});
}

std::optional<RunStatus> find_run(soci::session& sql, const RunId& id, const accounts::Filter& filter) {
    return first_of(runs_where(sql, filter, "outage_run.id = :id", {{"id", &id.value}}));
}

std::optional<RunStatus> find_run_by_key(soci::session& sql, const OrganisationId& organisation,
                                         const std::string& idempotency_key) {
    return first_of(runs_where(sql, every_run(), "outage_run.organisation = :organisation AND idempotency_key = :key",
                               {{"organisation", &organisation.value}, {"key", &idempotency_key}}));
}

std::optional<std::string> find_part(soci::session& sql, const RunId& id, const std::string& part) {
    std::string content;
    sql << "SELECT content FROM outage_result WHERE run_id = :run AND part = :part", soci::into(content),
        soci::use(id.value, "run"), soci::use(part, "part");
    return sql.got_data() ? std::optional{decompressed(bytes_of_base64(content))} : std::nullopt;
}

std::map<std::string, std::string> catalogue_files(soci::session& sql, const std::string& hash) {
    std::string content;
    sql << "SELECT content FROM catalogue_copy WHERE hash = :hash", soci::into(content), soci::use(hash, "hash");
    if (content.empty()) throw NotFound{worded("fault.run.no-catalogue", {{"hash", hash}})};
    return unpacked(bytes_of_base64(content));
}

std::string needs_of(const std::string& model_version, const std::string& catalogue_hash) {
    return model_version + " " + catalogue_hash;
}

}  // namespace resmon::forecast
