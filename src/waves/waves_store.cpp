#include "waves/waves_store.hpp"

#include "waves/dispatch.hpp"
#include "waves/waves_json.hpp"

#include <fmt/format.h>

namespace resmon::waves {

namespace {

/// A row of `wave`, in the order of `wave_columns`.
struct WaveRow {
    Wave wave;
    std::string state;
    long long version = 0;
    long long is_draft = 0;
    long long is_synthetic = 0;

    [[nodiscard]] Wave read() const {
        Wave found = wave;
        found.state = wave_state_from(state);
        found.version = static_cast<int>(version);
        found.is_draft = is_draft != 0;
        found.is_synthetic = is_synthetic != 0;
        return found;
    }
};

constexpr const char* wave_columns =
    "id, owner, name_de, name_en, questionnaire, version, is_draft, is_synthetic, as_of, opens, closes, purpose_de, "
    "purpose_en, delete_on, previous, state, made_at, opened_at, closed_at, close_reason, purged_at";

std::vector<Wave> waves_where(soci::session& sql, const accounts::Filter& filter, const std::string& id) {
    WaveRow row;
    Wave& wave = row.wave;
    soci::statement query{sql};
    for (std::string* field :
         {&wave.id.value, &wave.owner.value, &wave.name.de, &wave.name.en, &wave.questionnaire.value})
        query.exchange(soci::into(*field));
    for (long long* field : {&row.version, &row.is_draft, &row.is_synthetic}) query.exchange(soci::into(*field));
    for (std::string* field : {&wave.as_of, &wave.opens, &wave.closes, &wave.purpose.de, &wave.purpose.en,
                               &wave.delete_on, &wave.previous.value, &row.state, &wave.made_at, &wave.opened_at,
                               &wave.closed_at, &wave.close_reason, &wave.purged_at})
        query.exchange(soci::into(*field));
    accounts::bind(query, filter);
    if (!id.empty()) query.exchange(soci::use(id, "id"));
    query.alloc();
    query.prepare(fmt::format("SELECT {} FROM wave WHERE {}{} ORDER BY made_at DESC, id", wave_columns,
                              filter.condition, id.empty() ? "" : " AND wave.id = :id"));
    query.define_and_bind();
    query.execute();
    std::vector<Wave> found;
    while (query.fetch()) found.push_back(row.read());
    return found;
}

std::string contact_place(const WaveId& wave, const BodyKey& body) {
    return storage::sealed_place("wave_body", "contact", {wave.value, body.text()});
}

std::string sealed_contact(const WaveId& wave, const FrameBody& body, const storage::Sealing& sealing) {
    return body.contact == Contact{} ? std::string{}
                                     : sealing.seal(contact_to_text(body.contact), contact_place(wave, body.body));
}

/// What the text of a standing is in the frozen column, or what follows from the rows that tell of it.
constexpr const char* status_query =
    "SELECT wave_body.body, wave_body.name, wave_body.state, wave_body.kind, wave_body.size_class, "
    "wave_body.inhabitants, wave_body.contact, wave_body.added_at, wave_body.added_why, wave_body.removed_at, "
    "wave_body.removed_why, wave_body.opened_at, CASE WHEN wave_body.outcome <> '' THEN wave_body.outcome "
    "WHEN survey_response.state = 'finished' THEN 'handed-in' WHEN survey_response.state = 'open' THEN 'begun' "
    "WHEN EXISTS (SELECT 1 FROM wave_withdrawal WHERE wave_withdrawal.wave = wave_body.wave AND wave_withdrawal.body = "
    "wave_body.body) THEN 'withdrawn' WHEN wave_body.opened_at <> '' THEN 'opened' "
    "WHEN EXISTS (SELECT 1 FROM wave_dispatch WHERE wave_dispatch.wave = wave_body.wave AND wave_dispatch.body = "
    "wave_body.body AND wave_dispatch.state <> 'refused') THEN 'invited' ELSE 'not-invited' END, "
    "(SELECT COALESCE(MAX(stage), -1) FROM wave_dispatch WHERE wave_dispatch.wave = wave_body.wave AND "
    "wave_dispatch.body = wave_body.body AND wave_dispatch.state <> 'refused'), "
    "(SELECT COUNT(*) FROM wave_dispatch WHERE wave_dispatch.wave = wave_body.wave AND wave_dispatch.body = "
    "wave_body.body AND wave_dispatch.state = 'sending' AND (wave_dispatch.reason <> '' OR wave_dispatch.at < "
    ":before)) "
    // Of another room, and of it only whether it is finished.
    "FROM wave_body LEFT JOIN wave_participation ON wave_participation.wave = wave_body.wave AND "
    "wave_participation.body = wave_body.body LEFT JOIN survey_response ON survey_response.id = "
    "wave_participation.response WHERE wave_body.wave = :wave ORDER BY wave_body.body";

struct StatusRow {
    FrameBody body;
    std::string key, state, kind, size, contact, standing;
    long long inhabitants = 0;
    long long last_stage = 0;
    long long unclear = 0;

    [[nodiscard]] BodyStatus read(const WaveId& wave, const storage::Sealing& sealing) const {
        BodyStatus found{.body = body,
                         .standing = standing_from(standing),
                         .last_stage = static_cast<int>(last_stage),
                         .is_unclear = unclear > 0};
        found.body.body = BodyKey{key};
        found.body.state = state_from(state);
        found.body.kind = catalogue::body_kind_from(kind);
        found.body.size = catalogue::size_class_from(size);
        found.body.inhabitants = static_cast<long>(inhabitants);
        if (const auto plain = contact.empty() ? contact : sealing.open(contact, contact_place(wave, found.body.body)))
            found.body.contact = contact_from_text(*plain);
        return found;
    }
};

}  // namespace

void insert_wave(soci::session& sql, const Wave& wave) {
    const auto version = static_cast<long long>(wave.version);
    const long long is_draft = wave.is_draft ? 1 : 0;
    const long long is_synthetic = wave.is_synthetic ? 1 : 0;
    const std::string state{to_string(wave.state)};
    sql << fmt::format(
        "INSERT INTO wave ({}) VALUES (:id, :owner, :name_de, :name_en, :questionnaire, :version, "
        ":is_draft, :is_synthetic, :as_of, :opens, :closes, :purpose_de, :purpose_en, :delete_on, "
        ":previous, :state, :made_at, '', '', '', '')",
        wave_columns),
        soci::use(wave.id.value, "id"), soci::use(wave.owner.value, "owner"), soci::use(wave.name.de, "name_de"),
        soci::use(wave.name.en, "name_en"), soci::use(wave.questionnaire.value, "questionnaire"),
        soci::use(version, "version"), soci::use(is_draft, "is_draft"), soci::use(is_synthetic, "is_synthetic"),
        soci::use(wave.as_of, "as_of"), soci::use(wave.opens, "opens"), soci::use(wave.closes, "closes"),
        soci::use(wave.purpose.de, "purpose_de"), soci::use(wave.purpose.en, "purpose_en"),
        soci::use(wave.delete_on, "delete_on"), soci::use(wave.previous.value, "previous"), soci::use(state, "state"),
        soci::use(wave.made_at, "made_at");
}

std::vector<Wave> select_waves(soci::session& sql, const accounts::Filter& filter) {
    return waves_where(sql, filter, {});
}

std::optional<Wave> find_wave(soci::session& sql, const WaveId& id, const accounts::Filter& filter) {
    const std::vector<Wave> found = waves_where(sql, filter, id.value);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

void update_plan(soci::session& sql, const Wave& wave) {
    sql << "UPDATE wave SET name_de = :name_de, name_en = :name_en, opens = :opens, closes = :closes, purpose_de = "
           ":purpose_de, purpose_en = :purpose_en, delete_on = :delete_on WHERE id = :id",
        soci::use(wave.name.de, "name_de"), soci::use(wave.name.en, "name_en"), soci::use(wave.opens, "opens"),
        soci::use(wave.closes, "closes"), soci::use(wave.purpose.de, "purpose_de"),
        soci::use(wave.purpose.en, "purpose_en"), soci::use(wave.delete_on, "delete_on"),
        soci::use(wave.id.value, "id");
}

void delete_wave(soci::session& sql, const WaveId& id) {
    sql << "DELETE FROM wave WHERE id = :id", soci::use(id.value, "id");
}

bool set_open(soci::session& sql, const WaveId& id, const std::string& at) {
    soci::statement update =
        (sql.prepare << "UPDATE wave SET state = 'open', opened_at = :at WHERE id = :id AND state = 'planned'",
         soci::use(at, "at"), soci::use(id.value, "id"));
    update.execute(true);
    return update.get_affected_rows() == 1;
}

bool set_closed(soci::session& sql, const WaveId& id, const std::string& at, const std::string& reason) {
    soci::statement update = (sql.prepare << "UPDATE wave SET state = 'closed', closed_at = :at, close_reason = "
                                             ":reason WHERE id = :id AND state = 'open'",
                              soci::use(at, "at"), soci::use(reason, "reason"), soci::use(id.value, "id"));
    update.execute(true);
    return update.get_affected_rows() == 1;
}

void set_outcome(soci::session& sql, const WaveId& id, const BodyKey& body, Standing standing) {
    const std::string outcome{to_string(standing)};
    sql << "UPDATE wave_body SET outcome = :outcome WHERE wave = :wave AND body = :body", soci::use(outcome, "outcome"),
        soci::use(id.value, "wave"), soci::use(body.text(), "body");
}

void replace_frame(soci::session& sql, const WaveId& id, std::span<const FrameBody> bodies,
                   const storage::Sealing& sealing) {
    sql << "DELETE FROM wave_body WHERE wave = :wave", soci::use(id.value, "wave");
    for (const FrameBody& body : bodies) (void)insert_body(sql, id, body, sealing);
}

bool insert_body(soci::session& sql, const WaveId& id, const FrameBody& body, const storage::Sealing& sealing) {
    const std::string state{to_string(body.state)};
    const std::string kind{to_string(body.kind)};
    const std::string size{to_string(body.size)};
    const auto inhabitants = static_cast<long long>(body.inhabitants);
    const std::string contact = sealed_contact(id, body, sealing);
    soci::statement insert =
        (sql.prepare
             << "INSERT INTO wave_body (wave, body, name, state, kind, size_class, inhabitants, contact, "
                "added_at, added_why, removed_at, removed_why, opened_at, outcome) VALUES (:wave, :body, :name, "
                ":state, :kind, :size, :inhabitants, :contact, :at, :why, '', '', '', '') ON CONFLICT (wave, "
                "body) DO UPDATE SET added_at = :at, added_why = :why, removed_at = '', removed_why = '' WHERE "
                "wave_body.removed_at <> ''",
         soci::use(id.value, "wave"), soci::use(body.body.text(), "body"), soci::use(body.name, "name"),
         soci::use(state, "state"), soci::use(kind, "kind"), soci::use(size, "size"),
         soci::use(inhabitants, "inhabitants"), soci::use(contact, "contact"), soci::use(body.added_at, "at"),
         soci::use(body.added_why, "why"));
    insert.execute(true);
    return insert.get_affected_rows() == 1;
}

void set_contact(soci::session& sql, const WaveId& id, const FrameBody& body, const storage::Sealing& sealing) {
    const std::string contact = sealed_contact(id, body, sealing);
    sql << "UPDATE wave_body SET contact = :contact WHERE wave = :wave AND body = :body", soci::use(contact, "contact"),
        soci::use(id.value, "wave"), soci::use(body.body.text(), "body");
}

bool remove_body(soci::session& sql, const WaveId& id, const BodyKey& body, const std::string& at,
                 const std::string& why) {
    soci::statement update =
        (sql.prepare << "UPDATE wave_body SET removed_at = :at, removed_why = :why WHERE wave = "
                        ":wave AND body = :body AND removed_at = ''",
         soci::use(at, "at"), soci::use(why, "why"), soci::use(id.value, "wave"), soci::use(body.text(), "body"));
    update.execute(true);
    return update.get_affected_rows() == 1;
}

long long count_bodies(soci::session& sql, const WaveId& id) {
    long long count = 0;
    sql << "SELECT COUNT(*) FROM wave_body WHERE wave = :wave AND removed_at = ''", soci::into(count),
        soci::use(id.value, "wave");
    return count;
}

bool is_in_frame(soci::session& sql, const WaveId& id, const BodyKey& body) {
    long long count = 0;
    sql << "SELECT COUNT(*) FROM wave_body WHERE wave = :wave AND body = :body AND removed_at = ''", soci::into(count),
        soci::use(id.value, "wave"), soci::use(body.text(), "body");
    return count == 1;
}

std::vector<BodyStatus> select_status(soci::session& sql, const WaveId& id, const storage::Sealing& sealing,
                                      std::int64_t now) {
    const auto before = static_cast<long long>(now - seconds_until_unknown);
    StatusRow row;
    soci::statement query =
        (sql.prepare << status_query, soci::into(row.key), soci::into(row.body.name), soci::into(row.state),
         soci::into(row.kind), soci::into(row.size), soci::into(row.inhabitants), soci::into(row.contact),
         soci::into(row.body.added_at), soci::into(row.body.added_why), soci::into(row.body.removed_at),
         soci::into(row.body.removed_why), soci::into(row.body.opened_at), soci::into(row.standing),
         soci::into(row.last_stage), soci::into(row.unclear), soci::use(before, "before"), soci::use(id.value, "wave"));
    query.execute();
    std::vector<BodyStatus> found;
    while (query.fetch()) found.push_back(row.read(id, sealing));
    return found;
}

void purge_wave(soci::session& sql, const WaveId& id, const std::string& at) {
    sql << "UPDATE wave SET purged_at = :at WHERE id = :id", soci::use(at, "at"), soci::use(id.value, "id");
    sql << "UPDATE wave_body SET contact = '' WHERE wave = :id", soci::use(id.value, "id");
    sql << "UPDATE wave_dispatch SET reason = '' WHERE wave = :id AND state <> 'sending'", soci::use(id.value, "id");
    sql << "DELETE FROM wave_invitation WHERE wave = :id", soci::use(id.value, "id");
    sql << "DELETE FROM wave_participation WHERE wave = :id", soci::use(id.value, "id");
}

}  // namespace resmon::waves
