#include "forecast/forecast_store.hpp"

#include "secrets/digest.hpp"
#include "base/error.hpp"
#include "forecast/compression.hpp"
#include "forecast/overrides_json.hpp"

#include <fmt/format.h>

namespace resmon::forecast {

namespace {

constexpr const char* run_columns =
    "id, created_at, ended_at, state, failure, COALESCE(idempotency_key, ''), incident, scenario, region, overrides, "
    "seed, replications, "
    "model_version, catalogue_version, catalogue_hash";

void insert_run(soci::session& sql, const Run& run, const std::map<std::string, std::string>& catalogue_files) {
    const std::string content = base64_of(packed(catalogue_files));
    sql << "INSERT INTO catalogue_copy (hash, content) VALUES (:hash, :content) ON CONFLICT DO NOTHING",
        soci::use(run.catalogue_hash, "hash"), soci::use(content, "content");
    const std::string incident = run.request.incident ? run.request.incident->value : "";
    const std::string state{to_string(run.state)};
    const std::string overrides = overrides_to_text(run.request.overrides);
    const auto seed = static_cast<long long>(run.sampling.seed);
    const auto replications = static_cast<long long>(run.sampling.replications);
    soci::indicator has_key = run.idempotency_key.empty() ? soci::i_null : soci::i_ok;
    sql << "INSERT INTO outage_run (id, created_at, ended_at, state, failure, idempotency_key, incident, scenario, "
           "region, overrides, seed, "
           "replications, model_version, catalogue_version, catalogue_hash) VALUES (:id, :created, :ended, :state, "
           ":failure, :key, :incident, "
           ":scenario, :region, :overrides, :seed, :replications, :model, :catalogue, :hash)",
        soci::use(run.id.value, "id"), soci::use(run.created_at, "created"), soci::use(run.ended_at, "ended"),
        soci::use(state, "state"), soci::use(run.failure, "failure"), soci::use(run.idempotency_key, has_key, "key"),
        soci::use(incident, "incident"), soci::use(run.request.scenario.value, "scenario"),
        soci::use(run.request.region.value, "region"), soci::use(overrides, "overrides"), soci::use(seed, "seed"),
        soci::use(replications, "replications"), soci::use(run.model_version, "model"),
        soci::use(run.catalogue_version, "catalogue"), soci::use(run.catalogue_hash, "hash");
}

void insert_parts(soci::session& sql, const RunId& id, const ResultParts& parts) {
    for (const auto& [part, text] : parts) {
        const std::string content = base64_of(compressed(text));
        sql << "INSERT INTO outage_result (run_id, part, content) VALUES (:run, :part, :content)",
            soci::use(id.value, "run"), soci::use(part, "part"), soci::use(content, "content");
    }
}

/// Rows of outage_run in the order of run_columns, bound once for a query.
class RunRows {
public:
    void bind(soci::statement& query) {
        query.exchange(soci::into(run_.id.value));
        query.exchange(soci::into(run_.created_at));
        query.exchange(soci::into(run_.ended_at));
        query.exchange(soci::into(state_));
        query.exchange(soci::into(run_.failure));
        query.exchange(soci::into(run_.idempotency_key));
        query.exchange(soci::into(incident_));
        query.exchange(soci::into(run_.request.scenario.value));
        query.exchange(soci::into(run_.request.region.value));
        query.exchange(soci::into(overrides_));
        query.exchange(soci::into(seed_));
        query.exchange(soci::into(replications_));
        query.exchange(soci::into(run_.model_version));
        query.exchange(soci::into(run_.catalogue_version));
        query.exchange(soci::into(run_.catalogue_hash));
    }

    [[nodiscard]] Run run() const {
        Run run = run_;
        run.state = run_state_from(state_);
        if (!incident_.empty()) run.request.incident = IncidentId{incident_};
        run.request.overrides = overrides_from_text(overrides_);
        run.sampling = {static_cast<std::uint64_t>(seed_), static_cast<std::uint32_t>(replications_)};
        return run;
    }

private:
    Run run_;
    std::string state_, incident_, overrides_;
    long long seed_ = 0;
    long long replications_ = 0;
};

std::vector<Run> select_runs(soci::session& sql, const std::string& condition, const std::string& value) {
    soci::statement query{sql};
    RunRows rows;
    rows.bind(query);
    if (!value.empty()) query.exchange(soci::use(value, "value"));
    query.alloc();
    query.prepare(fmt::format("SELECT {} FROM outage_run {} ORDER BY created_at DESC, id", run_columns, condition));
    query.define_and_bind();
    query.execute();
    std::vector<Run> runs;
    while (query.fetch()) runs.push_back(rows.run());
    return runs;
}

}  // namespace

void ForecastStore::add(const Run& run, const std::map<std::string, std::string>& files) {
    database_.write([&](soci::session& sql) { insert_run(sql, run, files); });
}

void ForecastStore::add_finished(const Run& run, const std::map<std::string, std::string>& files,
                                 const ResultParts& parts) {
    database_.write([&](soci::session& sql) {
        insert_run(sql, run, files);
        insert_parts(sql, run.id, parts);
    });
}

void ForecastStore::set_state(const RunId& id, RunState state, const std::string& ended_at,
                              const std::string& failure) {
    const std::string word{to_string(state)};
    database_.write([&](soci::session& sql) {
        sql << "UPDATE outage_run SET state = :state, ended_at = :ended, failure = :failure WHERE id = :id",
            soci::use(word, "state"), soci::use(ended_at, "ended"), soci::use(failure, "failure"),
            soci::use(id.value, "id");
    });
}

void ForecastStore::finish(const RunId& id, const std::string& ended_at, const ResultParts& parts) {
    database_.write([&](soci::session& sql) {
        insert_parts(sql, id, parts);
        sql << "UPDATE outage_run SET state = 'done', ended_at = :ended WHERE id = :id", soci::use(ended_at, "ended"),
            soci::use(id.value, "id");
    });
}

void ForecastStore::remove(const RunId& id) {
    database_.write([&](soci::session& sql) {
        sql << "DELETE FROM outage_run WHERE id = :id", soci::use(id.value, "id");
        sql << "DELETE FROM catalogue_copy WHERE hash NOT IN (SELECT catalogue_hash FROM outage_run)";
    });
}

std::vector<Run> ForecastStore::runs() {
    std::vector<Run> found;
    database_.read([&](soci::session& sql) { found = select_runs(sql, "", ""); });
    return found;
}

std::optional<Run> ForecastStore::find(const RunId& id) {
    std::vector<Run> found;
    database_.read([&](soci::session& sql) { found = select_runs(sql, "WHERE id = :value", id.value); });
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<Run> ForecastStore::find_by_key(const std::string& idempotency_key) {
    std::vector<Run> found;
    database_.read(
        [&](soci::session& sql) { found = select_runs(sql, "WHERE idempotency_key = :value", idempotency_key); });
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<std::string> ForecastStore::find_part(const RunId& id, const std::string& part) {
    std::optional<std::string> text;
    database_.read([&](soci::session& sql) {
        std::string content;
        sql << "SELECT content FROM outage_result WHERE run_id = :run AND part = :part", soci::into(content),
            soci::use(id.value, "run"), soci::use(part, "part");
        if (sql.got_data()) text = decompressed(bytes_of_base64(content));
    });
    return text;
}

std::map<std::string, std::string> ForecastStore::catalogue_files(const std::string& hash) {
    std::string content;
    database_.read([&](soci::session& sql) {
        sql << "SELECT content FROM catalogue_copy WHERE hash = :hash", soci::into(content), soci::use(hash, "hash");
    });
    if (content.empty()) throw NotFound{fmt::format("the catalogue {} is not kept here", hash)};
    return unpacked(bytes_of_base64(content));
}

}  // namespace resmon::forecast
