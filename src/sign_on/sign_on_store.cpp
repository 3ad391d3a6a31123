#include "sign_on/sign_on_store.hpp"

#include "secrets/digest.hpp"

#include <fmt/format.h>

namespace resmon::sign_on {

namespace {

bool has_changed(soci::statement& statement) {
    statement.execute(true);
    return statement.get_affected_rows() > 0;
}

template <class Row>
std::optional<Row> first(std::vector<Row> rows) {
    return rows.empty() ? std::nullopt : std::optional{std::move(rows.front())};
}

std::vector<SessionRow> sessions_where(soci::session& sql, const char* condition, const std::string& value) {
    SessionRow row;
    long long began = 0;
    long long seen = 0;
    soci::statement query =
        (sql.prepare << fmt::format("SELECT digest, id, person, began_at, seen_at, address, agent FROM sign_in_session "
                                    "WHERE {} = :value ORDER BY seen_at DESC, id",
                                    condition),
         soci::into(row.hash), soci::into(row.id), soci::into(row.person.value), soci::into(began), soci::into(seen),
         soci::into(row.address), soci::into(row.agent), soci::use(value, "value"));
    query.execute();
    std::vector<SessionRow> rows;
    while (query.fetch()) {
        row.began_at = began;
        row.seen_at = seen;
        rows.push_back(row);
    }
    return rows;
}

std::vector<LinkRow> links_where(soci::session& sql, const char* condition, const std::string& value) {
    LinkRow row;
    std::string role;
    long long expires = 0;
    soci::statement query =
        (sql.prepare << fmt::format("SELECT digest, id, purpose, person, login, name, organisation, role, expires_at "
                                    "FROM link WHERE {} = :value ORDER BY expires_at, id",
                                    condition),
         soci::into(row.hash), soci::into(row.id), soci::into(row.purpose), soci::into(row.person.value),
         soci::into(row.login), soci::into(row.name), soci::into(row.membership.organisation.value), soci::into(role),
         soci::into(expires), soci::use(value, "value"));
    query.execute();
    std::vector<LinkRow> rows;
    while (query.fetch()) {
        row.membership.role = role_from(role);
        row.expires_at = expires;
        rows.push_back(row);
    }
    return rows;
}

std::vector<TokenRow> tokens_where(soci::session& sql, const char* condition, const std::string& value) {
    TokenRow row;
    long long created = 0;
    long long expires = 0;
    long long used = 0;
    soci::statement query =
        (sql.prepare << fmt::format("SELECT digest, id, person, name, scope, created_at, expires_at, used_at FROM "
                                    "access_token WHERE {} = :value ORDER BY created_at, id",
                                    condition),
         soci::into(row.hash), soci::into(row.id), soci::into(row.person.value), soci::into(row.name),
         soci::into(row.scope), soci::into(created), soci::into(expires), soci::into(used), soci::use(value, "value"));
    query.execute();
    std::vector<TokenRow> rows;
    while (query.fetch()) {
        row.created_at = created;
        row.expires_at = expires;
        row.used_at = used;
        rows.push_back(row);
    }
    return rows;
}

}  // namespace

Credential select_credential(soci::session& sql, const PersonId& person) {
    Credential credential{.person = person};
    long long step = 0;
    sql << "SELECT password, second_factor, second_factor_since, last_step FROM credential WHERE person = :person",
        soci::into(credential.password), soci::into(credential.second_factor),
        soci::into(credential.second_factor_since), soci::into(step), soci::use(person.value, "person");
    credential.last_step = step;
    return credential;
}

void put_credential(soci::session& sql, const Credential& credential) {
    const auto step = static_cast<long long>(credential.last_step);
    sql << "INSERT INTO credential (person, password, second_factor, second_factor_since, last_step) VALUES (:person, "
           ":password, :factor, :since, :step) ON CONFLICT (person) DO UPDATE SET password = excluded.password, "
           "second_factor = excluded.second_factor, second_factor_since = excluded.second_factor_since, last_step = "
           "excluded.last_step",
        soci::use(credential.person.value, "person"), soci::use(credential.password, "password"),
        soci::use(credential.second_factor, "factor"), soci::use(credential.second_factor_since, "since"),
        soci::use(step, "step");
}

std::vector<std::string> select_recovery_codes(soci::session& sql, const PersonId& person) {
    std::vector<std::string> hashes;
    std::string hash;
    soci::statement query = (sql.prepare << "SELECT digest FROM recovery_code WHERE person = :person", soci::into(hash),
                             soci::use(person.value, "person"));
    query.execute();
    while (query.fetch()) hashes.push_back(hash);
    return hashes;
}

void put_recovery_codes(soci::session& sql, const PersonId& person, const std::vector<std::string>& hashes) {
    sql << "DELETE FROM recovery_code WHERE person = :person", soci::use(person.value, "person");
    for (const std::string& hash : hashes)
        sql << "INSERT INTO recovery_code (person, digest) VALUES (:person, :hash)", soci::use(person.value, "person"),
            soci::use(hash, "hash");
}

void delete_recovery_code(soci::session& sql, const PersonId& person, const std::string& hash) {
    sql << "DELETE FROM recovery_code WHERE person = :person AND digest = :hash", soci::use(person.value, "person"),
        soci::use(hash, "hash");
}

void insert_session(soci::session& sql, const SessionRow& session) {
    const auto began = static_cast<long long>(session.began_at);
    const auto seen = static_cast<long long>(session.seen_at);
    sql << "INSERT INTO sign_in_session (digest, id, person, began_at, seen_at, address, agent) VALUES (:hash, :id, "
           ":person, :began, :seen, :address, :agent)",
        soci::use(session.hash, "hash"), soci::use(session.id, "id"), soci::use(session.person.value, "person"),
        soci::use(began, "began"), soci::use(seen, "seen"), soci::use(session.address, "address"),
        soci::use(session.agent, "agent");
}

std::optional<SessionRow> find_session(soci::session& sql, const std::string& hash) {
    return first(sessions_where(sql, "digest", hash));
}

std::vector<SessionRow> select_sessions(soci::session& sql, const PersonId& person) {
    return sessions_where(sql, "person", person.value);
}

void set_seen(soci::session& sql, const std::string& hash, std::int64_t at) {
    const auto seen = static_cast<long long>(at);
    sql << "UPDATE sign_in_session SET seen_at = :at WHERE digest = :hash", soci::use(seen, "at"),
        soci::use(hash, "hash");
}

void delete_session(soci::session& sql, const std::string& hash) {
    sql << "DELETE FROM sign_in_session WHERE digest = :hash", soci::use(hash, "hash");
}

bool delete_session(soci::session& sql, const PersonId& person, const std::string& id) {
    soci::statement gone = (sql.prepare << "DELETE FROM sign_in_session WHERE person = :person AND id = :id",
                            soci::use(person.value, "person"), soci::use(id, "id"));
    return has_changed(gone);
}

void delete_other_sessions(soci::session& sql, const PersonId& person, const std::string& hash) {
    sql << "DELETE FROM sign_in_session WHERE person = :person AND digest <> :hash", soci::use(person.value, "person"),
        soci::use(hash, "hash");
}

void delete_sessions_before(soci::session& sql, std::int64_t began, std::int64_t seen) {
    const auto first_began = static_cast<long long>(began);
    const auto first_seen = static_cast<long long>(seen);
    sql << "DELETE FROM sign_in_session WHERE began_at < :began OR seen_at < :seen", soci::use(first_began, "began"),
        soci::use(first_seen, "seen");
}

void insert_link(soci::session& sql, const LinkRow& link) {
    const std::string role{to_string(link.membership.role)};
    const auto expires = static_cast<long long>(link.expires_at);
    sql << "INSERT INTO link (digest, id, purpose, person, login, name, organisation, role, expires_at) VALUES (:hash, "
           ":id, :purpose, :person, :login, :name, :organisation, :role, :expires)",
        soci::use(link.hash, "hash"), soci::use(link.id, "id"), soci::use(link.purpose, "purpose"),
        soci::use(link.person.value, "person"), soci::use(link.login, "login"), soci::use(link.name, "name"),
        soci::use(link.membership.organisation.value, "organisation"), soci::use(role, "role"),
        soci::use(expires, "expires");
}

std::optional<LinkRow> find_link(soci::session& sql, const std::string& hash) {
    return first(links_where(sql, "digest", hash));
}

std::vector<LinkRow> select_links(soci::session& sql, const std::string& purpose) {
    return links_where(sql, "purpose", purpose);
}

bool delete_link(soci::session& sql, const std::string& hash) {
    soci::statement gone = (sql.prepare << "DELETE FROM link WHERE digest = :hash", soci::use(hash, "hash"));
    return has_changed(gone);
}

void delete_links(soci::session& sql, const std::string& purpose, const PersonId& person) {
    sql << "DELETE FROM link WHERE purpose = :purpose AND person = :person", soci::use(purpose, "purpose"),
        soci::use(person.value, "person");
}

void insert_token(soci::session& sql, const TokenRow& token) {
    const auto created = static_cast<long long>(token.created_at);
    const auto expires = static_cast<long long>(token.expires_at);
    sql << "INSERT INTO access_token (digest, id, person, name, scope, created_at, expires_at, used_at) VALUES (:hash, "
           ":id, :person, :name, :scope, :created, :expires, 0)",
        soci::use(token.hash, "hash"), soci::use(token.id, "id"), soci::use(token.person.value, "person"),
        soci::use(token.name, "name"), soci::use(token.scope, "scope"), soci::use(created, "created"),
        soci::use(expires, "expires");
}

std::optional<TokenRow> find_token(soci::session& sql, const std::string& hash) {
    return first(tokens_where(sql, "digest", hash));
}

std::vector<TokenRow> select_tokens(soci::session& sql, const PersonId& person) {
    return tokens_where(sql, "person", person.value);
}

void set_used(soci::session& sql, const std::string& hash, std::int64_t at) {
    const auto used = static_cast<long long>(at);
    sql << "UPDATE access_token SET used_at = :at WHERE digest = :hash", soci::use(used, "at"), soci::use(hash, "hash");
}

bool delete_token(soci::session& sql, const PersonId& person, const std::string& id) {
    soci::statement gone = (sql.prepare << "DELETE FROM access_token WHERE person = :person AND id = :id",
                            soci::use(person.value, "person"), soci::use(id, "id"));
    return has_changed(gone);
}

void insert_failure(soci::session& sql, const std::string& subject, std::int64_t at) {
    constexpr std::size_t serial_bytes = 8;
    const auto when = static_cast<long long>(at);
    const std::string serial = random_hex(serial_bytes);
    sql << "INSERT INTO sign_in_failure (subject, at, serial) VALUES (:subject, :at, :serial)",
        soci::use(subject, "subject"), soci::use(when, "at"), soci::use(serial, "serial");
}

std::vector<std::int64_t> select_failures(soci::session& sql, const std::string& subject, std::int64_t since) {
    const auto first_second = static_cast<long long>(since);
    std::vector<std::int64_t> times;
    long long at = 0;
    soci::statement query = (sql.prepare << "SELECT at FROM sign_in_failure WHERE subject = :subject AND at >= :since",
                             soci::into(at), soci::use(subject, "subject"), soci::use(first_second, "since"));
    query.execute();
    while (query.fetch()) times.push_back(at);
    return times;
}

void delete_failures(soci::session& sql, const std::string& subject) {
    sql << "DELETE FROM sign_in_failure WHERE subject = :subject", soci::use(subject, "subject");
}

void delete_failures_before(soci::session& sql, std::int64_t at) {
    const auto first_second = static_cast<long long>(at);
    sql << "DELETE FROM sign_in_failure WHERE at < :at", soci::use(first_second, "at");
}

namespace {

/// What is due, and what happens to it. Times are compared as texts in the audit trail, else as seconds.
struct DueRows {
    const char* table;
    const char* condition;
    const char* removal;
};

std::vector<DueRows> due_rows_of(const std::string& what) {
    if (what == "sessions") return {{"sign_in_session", "seen_at < :seconds", "DELETE FROM sign_in_session"}};
    if (what == "sign-in-tries") return {{"sign_in_failure", "at < :seconds", "DELETE FROM sign_in_failure"}};
    if (what == "links")
        return {{"link", "expires_at < :seconds", "DELETE FROM link"},
                // Of another room. Who a link that nobody used was meant for is told by nothing but its label; one that
                // was used is the author of answers, and keeps it as long as they are kept.
                {"survey_link", "expires_at < :seconds AND used_at = '' AND label <> ''",
                 "UPDATE survey_link SET label = ''"}};
    return {{"audit_entry", "at < :text AND salt <> ''",
             "UPDATE audit_entry SET person = '', object = '', detail = '', address = '', salt = ''"}};
}

}  // namespace

long long count_due(soci::session& sql, const std::string& what, Instant before) {
    const auto seconds = static_cast<long long>(seconds_of(before));
    const std::string text = utc_text(before);
    long long sum = 0;
    for (const DueRows& due : due_rows_of(what)) {
        long long rows = 0;
        const std::string query = fmt::format("SELECT COUNT(*) FROM {} WHERE {}", due.table, due.condition);
        if (what == "audit")
            sql << query, soci::into(rows), soci::use(text, "text");
        else
            sql << query, soci::into(rows), soci::use(seconds, "seconds");
        sum += rows;
    }
    return sum;
}

long long remove_due(soci::session& sql, const std::string& what, Instant before) {
    const long long rows = count_due(sql, what, before);
    const auto seconds = static_cast<long long>(seconds_of(before));
    const std::string text = utc_text(before);
    for (const DueRows& due : due_rows_of(what)) {
        const std::string removal = fmt::format("{} WHERE {}", due.removal, due.condition);
        if (what == "audit")
            sql << removal, soci::use(text, "text");
        else
            sql << removal, soci::use(seconds, "seconds");
    }
    return rows;
}

}  // namespace resmon::sign_on
