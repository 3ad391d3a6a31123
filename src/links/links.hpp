// The desk of links without account: a secret is exchanged for a short session of the link's holder.
#pragma once

#include "base/instant.hpp"
#include "links/shared_transaction.hpp"
#include "sign_on/sign_on.hpp"

#include <optional>

namespace resmon::links {

/// A session of a link's holder.
struct Opened {
    Secret session;
    Link link;
};

class Links {
public:
    /// All of them must outlive the desk. The sessions of links last no longer than those of people.
    Links(sign_on::SignOn& sign_on, const storage::Sealing& sealing) : sign_on_{sign_on}, sealing_{sealing} {}

    /// May be used as often as the link holds. Throws Forbidden (too_many_tries) after too many wrong secrets from the
    /// address, NotFound in the same words for a link that never was, has expired, or was withdrawn.
    [[nodiscard]] Opened open(const std::string& secret, const sign_on::Visitor& visitor);
    /// Who has the session; nobody if it is none, has ended, or its link no longer holds.
    [[nodiscard]] std::optional<Principal> holder(const Secret& session, const sign_on::Visitor& visitor);
    /// The link by which the principal came. Throws NotFound as `open`.
    [[nodiscard]] Link link(const Principal& who);
    void end(const Secret& session);

private:
    [[nodiscard]] std::int64_t now() const { return seconds_of(sign_on_.accounts().now()); }
    [[nodiscard]] storage::Database& database() { return sign_on_.accounts().database(); }

    sign_on::SignOn& sign_on_;
    const storage::Sealing& sealing_;
};

}  // namespace resmon::links
