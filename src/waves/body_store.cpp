#include "waves/body_store.hpp"

#include <fmt/format.h>

namespace resmon::waves {

namespace {

bool changed_one(soci::statement& statement) {
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

std::vector<Participation> participations_where(soci::session& sql, const WaveId& id, const std::string& body) {
    Participation row;
    std::string key;
    long long may_compare = 0;
    soci::statement query =
        (sql.prepare << "SELECT body, response, organisation, may_compare, began_at, compare_since FROM "
                        "wave_participation WHERE wave = :wave AND (:any = '' OR body = :body) ORDER BY body",
         soci::into(key), soci::into(row.response.value), soci::into(row.organisation.value), soci::into(may_compare),
         soci::into(row.began_at), soci::into(row.compare_since), soci::use(id.value, "wave"), soci::use(body, "any"),
         soci::use(body, "body"));
    query.execute();
    std::vector<Participation> found;
    while (query.fetch()) {
        row.wave = id;
        row.body = BodyKey{key};
        row.may_compare = may_compare != 0;
        found.push_back(row);
    }
    return found;
}

}  // namespace

bool claim_dispatch(soci::session& sql, const WaveId& id, const Dispatch& dispatch) {
    const auto stage = static_cast<long long>(dispatch.stage);
    const auto at = static_cast<long long>(dispatch.at);
    const std::string channel{to_string(dispatch.channel)};
    const std::string state{to_string(dispatch.state)};
    // Of two who try, the primary key lets one through; the other sees that it is not refused.
    soci::statement insert =
        (sql.prepare
             << "INSERT INTO wave_dispatch (wave, body, stage, channel, state, attempt, at, reason) VALUES "
                "(:wave, :body, :stage, :channel, :state, :attempt, :at, '') ON CONFLICT (wave, body, stage) DO "
                "UPDATE SET channel = :channel, state = :state, attempt = :attempt, at = :at, reason = '' WHERE "
                "wave_dispatch.state = 'refused'",
         soci::use(id.value, "wave"), soci::use(dispatch.body.text(), "body"), soci::use(stage, "stage"),
         soci::use(channel, "channel"), soci::use(state, "state"), soci::use(dispatch.attempt, "attempt"),
         soci::use(at, "at"));
    return changed_one(insert);
}

bool settle_dispatch(soci::session& sql, const WaveId& id, const Dispatch& dispatch) {
    const auto stage = static_cast<long long>(dispatch.stage);
    const auto at = static_cast<long long>(dispatch.at);
    const std::string state{to_string(dispatch.state)};
    soci::statement update =
        (sql.prepare << "UPDATE wave_dispatch SET state = :state, reason = :reason, at = :at WHERE wave = :wave AND "
                        "body = :body AND stage = :stage AND attempt = :attempt AND state = 'sending'",
         soci::use(state, "state"), soci::use(dispatch.reason, "reason"), soci::use(at, "at"),
         soci::use(id.value, "wave"), soci::use(dispatch.body.text(), "body"), soci::use(stage, "stage"),
         soci::use(dispatch.attempt, "attempt"));
    return changed_one(update);
}

std::vector<Dispatch> select_dispatches(soci::session& sql, const WaveId& id) {
    Dispatch row;
    std::string body;
    std::string channel;
    std::string state;
    long long stage = 0;
    long long at = 0;
    soci::statement query =
        (sql.prepare << "SELECT body, stage, channel, state, attempt, at, reason FROM wave_dispatch "
                        "WHERE wave = :wave ORDER BY stage, body",
         soci::into(body), soci::into(stage), soci::into(channel), soci::into(state), soci::into(row.attempt),
         soci::into(at), soci::into(row.reason), soci::use(id.value, "wave"));
    query.execute();
    std::vector<Dispatch> found;
    while (query.fetch()) {
        row.body = BodyKey{body};
        row.stage = static_cast<int>(stage);
        row.channel = channel_from(channel);
        row.state = dispatch_state_from(state);
        row.at = at;
        found.push_back(row);
    }
    return found;
}

void insert_invitation(soci::session& sql, const WaveId& id, const Letter& letter, const std::string& hash,
                       const std::string& at) {
    const auto stage = static_cast<long long>(letter.stage);
    sql << "INSERT INTO wave_invitation (digest, wave, body, stage, made_at, used_at) VALUES (:digest, :wave, :body, "
           ":stage, :at, '')",
        soci::use(hash, "digest"), soci::use(id.value, "wave"), soci::use(letter.body.body.text(), "body"),
        soci::use(stage, "stage"), soci::use(at, "at");
}

std::optional<Invited> find_invitation(soci::session& sql, const std::string& hash) {
    Invited found;
    std::string body;
    sql << "SELECT wave, body, used_at FROM wave_invitation WHERE digest = :digest", soci::into(found.wave.value),
        soci::into(body), soci::into(found.used_at), soci::use(hash, "digest");
    if (!sql.got_data()) return std::nullopt;
    found.body = BodyKey{body};
    return found;
}

void note_opening(soci::session& sql, const Invited& invited, const std::string& at) {
    sql << "UPDATE wave_body SET opened_at = :at WHERE wave = :wave AND body = :body AND opened_at = ''",
        soci::use(at, "at"), soci::use(invited.wave.value, "wave"), soci::use(invited.body.text(), "body");
}

bool use_invitation(soci::session& sql, const Invited& invited, const std::string& hash, const std::string& at) {
    soci::statement update =
        (sql.prepare << "UPDATE wave_invitation SET used_at = :at WHERE digest = :digest AND used_at = ''",
         soci::use(at, "at"), soci::use(hash, "digest"));
    if (!changed_one(update)) return false;
    sql << "UPDATE wave_invitation SET used_at = :at WHERE wave = :wave AND body = :body AND used_at = '' AND made_at "
           "<= "
           ":at",
        soci::use(at, "at"), soci::use(invited.wave.value, "wave"), soci::use(invited.body.text(), "body");
    note_opening(sql, invited, at);
    return true;
}

bool insert_participation(soci::session& sql, const Participation& participation) {
    const long long may_compare = participation.may_compare ? 1 : 0;
    soci::statement insert =
        (sql.prepare << "INSERT INTO wave_participation (wave, body, response, organisation, may_compare, began_at, "
                        "compare_since) VALUES (:wave, :body, :response, :organisation, :may_compare, :began, :since) "
                        "ON CONFLICT DO NOTHING",
         soci::use(participation.wave.value, "wave"), soci::use(participation.body.text(), "body"),
         soci::use(participation.response.value, "response"),
         soci::use(participation.organisation.value, "organisation"), soci::use(may_compare, "may_compare"),
         soci::use(participation.began_at, "began"), soci::use(participation.compare_since, "since"));
    return changed_one(insert);
}

std::optional<Participation> find_participation(soci::session& sql, const WaveId& id, const BodyKey& body) {
    const std::vector<Participation> found = participations_where(sql, id, body.text());
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::vector<Participation> select_participations(soci::session& sql, const WaveId& id) {
    return participations_where(sql, id, {});
}

void set_comparing(soci::session& sql, const Participation& participation) {
    const long long may_compare = participation.may_compare ? 1 : 0;
    sql << "UPDATE wave_participation SET may_compare = :may_compare, compare_since = :since WHERE wave = :wave AND "
           "body "
           "= :body",
        soci::use(may_compare, "may_compare"), soci::use(participation.compare_since, "since"),
        soci::use(participation.wave.value, "wave"), soci::use(participation.body.text(), "body");
}

void delete_participation(soci::session& sql, const WaveId& id, const BodyKey& body) {
    sql << "DELETE FROM wave_participation WHERE wave = :wave AND body = :body", soci::use(id.value, "wave"),
        soci::use(body.text(), "body");
}

void insert_withdrawal(soci::session& sql, const Withdrawal& withdrawal, const std::string& hash) {
    const std::string what{to_string(withdrawal.what)};
    const auto entries = static_cast<long long>(withdrawal.entries);
    sql << "INSERT INTO wave_withdrawal (id, wave, body, organisation, at, what, entries, digest, hash) VALUES (:id, "
           ":wave, :body, :organisation, :at, :what, :entries, :digest, :hash)",
        soci::use(withdrawal.id, "id"), soci::use(withdrawal.wave.value, "wave"),
        soci::use(withdrawal.body.text(), "body"), soci::use(withdrawal.organisation.value, "organisation"),
        soci::use(withdrawal.at, "at"), soci::use(what, "what"), soci::use(entries, "entries"),
        soci::use(withdrawal.digest, "digest"), soci::use(hash, "hash");
}

std::optional<Withdrawal> find_withdrawal(soci::session& sql, const WaveId& id, const BodyKey& body) {
    Withdrawal found{.wave = id, .body = body};
    std::string what;
    long long entries = 0;
    sql << "SELECT id, organisation, at, what, entries, digest FROM wave_withdrawal WHERE wave = :wave AND body = "
           ":body "
           "ORDER BY at DESC, id LIMIT 1",
        soci::into(found.id), soci::into(found.organisation.value), soci::into(found.at), soci::into(what),
        soci::into(entries), soci::into(found.digest), soci::use(id.value, "wave"), soci::use(body.text(), "body");
    if (!sql.got_data()) return std::nullopt;
    found.what = withdrawn_from(what);
    found.entries = entries;
    return found;
}

std::string withdrawal_hash(soci::session& sql, const std::string& id) {
    std::string hash;
    sql << "SELECT hash FROM wave_withdrawal WHERE id = :id", soci::into(hash), soci::use(id, "id");
    return hash;
}

std::vector<Asked> select_asked(soci::session& sql, const accounts::Filter& filter) {
    Asked row;
    std::string body;
    long long is_finished = 0;
    soci::statement query{sql};
    for (std::string* field : {&row.wave.value, &body, &row.body_name}) query.exchange(soci::into(*field));
    query.exchange(soci::into(is_finished));
    accounts::bind(query, filter);
    query.alloc();
    query.prepare(
        "SELECT wave.id, wave_body.body, wave_body.name, CASE WHEN survey_response.state = 'finished' THEN 1 ELSE 0 "
        "END "
        "FROM wave JOIN wave_body ON wave_body.wave = wave.id LEFT JOIN wave_participation ON wave_participation.wave "
        "= "
        "wave.id AND wave_participation.body = wave_body.body LEFT JOIN survey_response ON survey_response.id = "
        "wave_participation.response WHERE wave_body.removed_at = '' AND (wave.state = 'open' OR "
        "wave_participation.response IS NOT NULL) AND " +
        filter.condition + " ORDER BY wave.made_at DESC, wave.id, wave_body.body");
    query.define_and_bind();
    query.execute();
    std::vector<Asked> found;
    while (query.fetch()) {
        row.body = BodyKey{body};
        row.is_finished = is_finished != 0;
        found.push_back(row);
    }
    return found;
}

}  // namespace resmon::waves
