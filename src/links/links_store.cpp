#include "links/links_store.hpp"

#include <fmt/format.h>

namespace resmon::links {

namespace {

constexpr const char* columns =
    "survey_link.id, response, organisation, label, topics, made_by, made_at, used_at, withdrawn_at, may_finish, "
    "expires_at";
constexpr const char* locked_label = "🔒";

std::string place_of(const LinkId& id) { return storage::sealed_place("survey_link", "label", {id.value}); }

/// `condition` compares with :value.
std::vector<Link> links_where(soci::session& sql, const char* condition, const std::string& value,
                              const storage::Sealing* sealing) {
    Link row;
    std::string label;
    std::string topics;
    long long may_finish = 0;
    long long expires_at = 0;
    soci::statement query =
        (sql.prepare << fmt::format("SELECT {} FROM survey_link WHERE {} ORDER BY made_at DESC, survey_link.id",
                                    columns, condition),
         soci::into(row.id.value), soci::into(row.grant.response), soci::into(row.grant.organisation.value),
         soci::into(label), soci::into(topics), soci::into(row.made_by.value), soci::into(row.made_at),
         soci::into(row.used_at), soci::into(row.withdrawn_at), soci::into(may_finish), soci::into(expires_at),
         soci::use(value, "value"));
    query.execute();
    std::vector<Link> found;
    while (query.fetch()) {
        row.grant.topics = topics_from(topics);
        row.grant.may_finish = may_finish != 0;
        row.grant.expires_at = expires_at;
        // An erased label must not be that of the row before.
        row.label = sealing != nullptr && !label.empty() ? sealing->open(label, place_of(row.id)).value_or(locked_label)
                                                         : std::string{};
        found.push_back(row);
    }
    return found;
}

std::optional<Link> first(std::vector<Link> links) {
    return links.empty() ? std::nullopt : std::optional{std::move(links.front())};
}

}  // namespace

void insert_link(soci::session& sql, const Link& link, const std::string& hash, const storage::Sealing& sealing) {
    const std::string label = sealing.seal(link.label, place_of(link.id));
    const std::string topics = topics_text(link.grant.topics);
    const long long may_finish = link.grant.may_finish ? 1 : 0;
    const auto expires_at = static_cast<long long>(link.grant.expires_at);
    sql << "INSERT INTO survey_link (id, response, organisation, label, topics, may_finish, made_by, made_at, "
           "expires_at, used_at, withdrawn_at) VALUES (:id, :response, :organisation, :label, :topics, :finish, :by, "
           ":at, :expires, '', '')",
        soci::use(link.id.value, "id"), soci::use(link.grant.response, "response"),
        soci::use(link.grant.organisation.value, "organisation"), soci::use(label, "label"),
        soci::use(topics, "topics"), soci::use(may_finish, "finish"), soci::use(link.made_by.value, "by"),
        soci::use(link.made_at, "at"), soci::use(expires_at, "expires");
    sql << "INSERT INTO survey_link_key (digest, link) VALUES (:hash, :link)", soci::use(hash, "hash"),
        soci::use(link.id.value, "link");
}

std::optional<Link> link_of_key(soci::session& sql, const std::string& hash, const storage::Sealing& sealing) {
    return first(
        links_where(sql, "survey_link.id = (SELECT link FROM survey_link_key WHERE digest = :value)", hash, &sealing));
}

std::optional<Link> find_link(soci::session& sql, const LinkId& id, const storage::Sealing& sealing) {
    return first(links_where(sql, "survey_link.id = :value", id.value, &sealing));
}

std::vector<Link> links_of(soci::session& sql, const std::string& response, const storage::Sealing& sealing) {
    return links_where(sql, "response = :value", response, &sealing);
}

std::optional<Grant> grant_of(soci::session& sql, const LinkId& id, std::int64_t now) {
    const std::optional<Link> link = first(links_where(sql, "survey_link.id = :value", id.value, nullptr));
    if (!link || !link->withdrawn_at.empty() || link->grant.expires_at <= now) return std::nullopt;
    return link->grant;
}

std::map<LinkId, std::string> labels_of(soci::session& sql, const std::string& response,
                                        const storage::Sealing& sealing) {
    std::map<LinkId, std::string> labels;
    for (Link& link : links_of(sql, response, sealing)) labels[link.id] = std::move(link.label);
    return labels;
}

bool withdraw_link(soci::session& sql, const std::string& response, const LinkId& id, const std::string& at) {
    soci::statement update = (sql.prepare << "UPDATE survey_link SET withdrawn_at = :at WHERE id = :id AND response = "
                                             ":response AND withdrawn_at = ''",
                              soci::use(at, "at"), soci::use(id.value, "id"), soci::use(response, "response"));
    update.execute(true);
    if (update.get_affected_rows() != 1) return false;
    sql << "DELETE FROM survey_link_key WHERE link = :id", soci::use(id.value, "id");
    sql << "DELETE FROM survey_link_session WHERE link = :id", soci::use(id.value, "id");
    return true;
}

void set_used(soci::session& sql, const LinkId& id, const std::string& at) {
    sql << "UPDATE survey_link SET used_at = :at WHERE id = :id", soci::use(at, "at"), soci::use(id.value, "id");
}

void insert_session(soci::session& sql, const LinkSessionRow& session) {
    const auto began = static_cast<long long>(session.began_at);
    const auto seen = static_cast<long long>(session.seen_at);
    sql << "INSERT INTO survey_link_session (digest, link, began_at, seen_at) VALUES (:digest, :link, :began, :seen)",
        soci::use(session.digest, "digest"), soci::use(session.link.value, "link"), soci::use(began, "began"),
        soci::use(seen, "seen");
}

std::optional<LinkSessionRow> find_session(soci::session& sql, const std::string& hash) {
    LinkSessionRow row{.digest = hash};
    long long began = 0;
    long long seen = 0;
    sql << "SELECT link, began_at, seen_at FROM survey_link_session WHERE digest = :hash", soci::into(row.link.value),
        soci::into(began), soci::into(seen), soci::use(hash, "hash");
    if (!sql.got_data()) return std::nullopt;
    row.began_at = began;
    row.seen_at = seen;
    return row;
}

void set_seen(soci::session& sql, const std::string& hash, std::int64_t at) {
    const auto seen = static_cast<long long>(at);
    sql << "UPDATE survey_link_session SET seen_at = :at WHERE digest = :hash", soci::use(seen, "at"),
        soci::use(hash, "hash");
}

void delete_session(soci::session& sql, const std::string& hash) {
    sql << "DELETE FROM survey_link_session WHERE digest = :hash", soci::use(hash, "hash");
}

void delete_sessions_before(soci::session& sql, std::int64_t began, std::int64_t seen) {
    const auto first_began = static_cast<long long>(began);
    const auto first_seen = static_cast<long long>(seen);
    sql << "DELETE FROM survey_link_session WHERE began_at < :began OR seen_at < :seen",
        soci::use(first_began, "began"), soci::use(first_seen, "seen");
}

}  // namespace resmon::links
