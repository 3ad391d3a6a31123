#include "links/links.hpp"

#include "base/error.hpp"
#include "credentials/secret_token.hpp"
#include "links/links_store.hpp"
#include "secrets/digest.hpp"

namespace resmon::links {

using sign_on::TokenKind;
using sign_on::Visitor;

namespace {

constexpr std::chrono::seconds seen_is_kept_every{60};

/// The same whether it never was, has expired or was withdrawn: who tries learns nothing.
[[noreturn]] void no_such_link() { throw NotFound{worded("fault.link.gone")}; }

Principal holding(const LinkId& link, const std::string& address) {
    return {.kind = Principal::Kind::link, .link = link.value, .address = address};
}

}  // namespace

NewLink add_link(soci::session& sql, const storage::Sealing& sealing, Link link) {
    constexpr std::size_t id_bytes = 9;
    NewLink made{.id = {random_name(id_bytes)},
                 .secret = sign_on::new_token(TokenKind::link),
                 .expires_at = link.grant.expires_at};
    link.id = made.id;
    insert_link(sql, link, sign_on::stored_hash(made.secret), sealing);
    return made;
}

Opened Links::open(const std::string& secret, const Visitor& visitor) {
    std::optional<Link> found;
    if (const auto token = sign_on::token_from(TokenKind::link, secret))
        database().read([&](soci::session& sql) { found = link_of_key(sql, sign_on::stored_hash(*token), sealing_); });
    if (!found || found->grant.expires_at <= now()) {
        sign_on_.slow_down(visitor);
        no_such_link();
    }
    Opened opened{.session = sign_on::new_token(TokenKind::session), .link = std::move(*found)};
    bool is_gone = false;
    database().write([&](soci::session& sql) {
        // Withdrawn, or its response deleted, since it was read.
        is_gone = !grant_of(sql, opened.link.id, now());
        if (is_gone) return;
        const auto& limits = sign_on_.limits();
        delete_sessions_before(sql, now() - limits.longest.count(), now() - limits.idle.count());
        insert_session(sql, {.digest = sign_on::stored_hash(opened.session),
                             .link = opened.link.id,
                             .began_at = now(),
                             .seen_at = now()});
        set_used(sql, opened.link.id, utc_text(sign_on_.accounts().now()));
        const Grant& grant = opened.link.grant;
        sign_on_.accounts().audit().append(sql, holding(opened.link.id, visitor.address),
                                           {.action = "link-opened",
                                            .organisation = grant.organisation.value,
                                            .object = grant.response,
                                            .detail = topics_text(grant.topics)});
    });
    if (is_gone) no_such_link();
    return opened;
}

std::optional<Principal> Links::holder(const Secret& session, const Visitor& visitor) {
    const std::string hash = sign_on::stored_hash(session);
    std::optional<LinkSessionRow> row;
    bool holds = false;
    database().read([&](soci::session& sql) {
        row = find_session(sql, hash);
        holds = row && grant_of(sql, row->link, now());
    });
    if (!row) return std::nullopt;
    const std::int64_t at = now();
    const auto& limits = sign_on_.limits();
    if (!holds || row->seen_at + limits.idle.count() <= at || row->began_at + limits.longest.count() <= at) {
        end(session);
        return std::nullopt;
    }
    if (at - row->seen_at >= seen_is_kept_every.count())
        database().write([&](soci::session& sql) { set_seen(sql, hash, at); });
    return holding(row->link, visitor.address);
}

Link Links::link(const Principal& who) {
    std::optional<Link> found;
    if (who.kind == Principal::Kind::link)
        database().read([&](soci::session& sql) { found = find_link(sql, {who.link}, sealing_); });
    if (!found) no_such_link();
    return std::move(*found);
}

void Links::end(const Secret& session) {
    database().write([&](soci::session& sql) { delete_session(sql, sign_on::stored_hash(session)); });
}

}  // namespace resmon::links
