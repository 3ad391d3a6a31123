// SQL of credentials, sessions, links, tokens and failed tries. No rules. Every function runs in the caller's
// transaction. Of secrets that were given out only hashes come here.
#pragma once

#include "access/principal.hpp"
#include "base/instant.hpp"

#include <soci/soci.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace resmon::sign_on {

struct Credential {
    PersonId person;
    std::string password;             ///< hash; empty while none was chosen
    std::string second_factor;        ///< sealed key; empty if there is none
    std::string second_factor_since;  ///< UTC; empty until a code was confirmed
    std::int64_t last_step = 0;       ///< of the second factor
};

[[nodiscard]] Credential select_credential(soci::session& sql, const PersonId& person);
void put_credential(soci::session& sql, const Credential& credential);

[[nodiscard]] std::vector<std::string> select_recovery_codes(soci::session& sql, const PersonId& person);
void put_recovery_codes(soci::session& sql, const PersonId& person, const std::vector<std::string>& hashes);
void delete_recovery_code(soci::session& sql, const PersonId& person, const std::string& hash);

struct SessionRow {
    std::string hash;
    std::string id;  ///< names it among the person's sessions
    PersonId person;
    std::int64_t began_at = 0;  ///< seconds since 1970
    std::int64_t seen_at = 0;
    std::string address;
    std::string agent;
};

void insert_session(soci::session& sql, const SessionRow& session);
[[nodiscard]] std::optional<SessionRow> find_session(soci::session& sql, const std::string& hash);
/// Newest first.
[[nodiscard]] std::vector<SessionRow> select_sessions(soci::session& sql, const PersonId& person);
void set_seen(soci::session& sql, const std::string& hash, std::int64_t at);
void delete_session(soci::session& sql, const std::string& hash);
/// False if the person has no session of that id.
[[nodiscard]] bool delete_session(soci::session& sql, const PersonId& person, const std::string& id);
/// All but the one with this hash.
void delete_other_sessions(soci::session& sql, const PersonId& person, const std::string& hash);
void delete_sessions_before(soci::session& sql, std::int64_t began, std::int64_t seen);

struct LinkRow {
    std::string hash;
    std::string id;
    std::string purpose;
    PersonId person;  ///< of a reset; empty for people who have no account yet
    std::string login;
    std::string name;
    Membership membership;
    std::int64_t expires_at = 0;
};

void insert_link(soci::session& sql, const LinkRow& link);
[[nodiscard]] std::optional<LinkRow> find_link(soci::session& sql, const std::string& hash);
[[nodiscard]] std::vector<LinkRow> select_links(soci::session& sql, const std::string& purpose);
/// False if somebody used it before.
[[nodiscard]] bool delete_link(soci::session& sql, const std::string& hash);
void delete_links(soci::session& sql, const std::string& purpose, const PersonId& person);

struct TokenRow {
    std::string hash;
    std::string id;
    PersonId person;
    std::string name;
    std::string scope;  ///< names of actions, separated by spaces
    std::int64_t created_at = 0;
    std::int64_t expires_at = 0;
    std::int64_t used_at = 0;  ///< 0 if never
};

void insert_token(soci::session& sql, const TokenRow& token);
[[nodiscard]] std::optional<TokenRow> find_token(soci::session& sql, const std::string& hash);
[[nodiscard]] std::vector<TokenRow> select_tokens(soci::session& sql, const PersonId& person);
void set_used(soci::session& sql, const std::string& hash, std::int64_t at);
/// False if the person has no token of that id.
[[nodiscard]] bool delete_token(soci::session& sql, const PersonId& person, const std::string& id);

/// `subject`: an account or an address.
void insert_failure(soci::session& sql, const std::string& subject, std::int64_t at);
[[nodiscard]] std::vector<std::int64_t> select_failures(soci::session& sql, const std::string& subject,
                                                        std::int64_t since);
void delete_failures(soci::session& sql, const std::string& subject);
void delete_failures_before(soci::session& sql, std::int64_t at);

/// Rows of a kind of retention.hpp that are older than that.
[[nodiscard]] long long count_due(soci::session& sql, const std::string& what, Instant before);
long long remove_due(soci::session& sql, const std::string& what, Instant before);

}  // namespace resmon::sign_on
