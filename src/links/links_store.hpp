// SQL of links for a response and of the sessions of their holders. No rules.
#pragma once

#include "links/shared_transaction.hpp"

#include <optional>
#include <string>

namespace resmon::links {

struct LinkSessionRow {
    std::string digest;
    LinkId link;
    std::int64_t began_at = 0;  ///< seconds since 1970
    std::int64_t seen_at = 0;
};

/// `hash` of the secret; the label is sealed here.
void insert_link(soci::session& sql, const Link& link, const std::string& hash, const storage::Sealing& sealing);
/// By the hash of its secret, whether it holds or not; nothing if it was withdrawn.
[[nodiscard]] std::optional<Link> link_of_key(soci::session& sql, const std::string& hash,
                                              const storage::Sealing& sealing);
[[nodiscard]] std::optional<Link> find_link(soci::session& sql, const LinkId& id, const storage::Sealing& sealing);
void set_used(soci::session& sql, const LinkId& id, const std::string& at);

void insert_session(soci::session& sql, const LinkSessionRow& session);
[[nodiscard]] std::optional<LinkSessionRow> find_session(soci::session& sql, const std::string& hash);
void set_seen(soci::session& sql, const std::string& hash, std::int64_t at);
void delete_session(soci::session& sql, const std::string& hash);
void delete_sessions_before(soci::session& sql, std::int64_t began, std::int64_t seen);

}  // namespace resmon::links
