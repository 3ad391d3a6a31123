// What desks of other rooms do with links within their own transaction. They check the right and write the audit line.
#pragma once

#include "links/grant.hpp"
#include "secrets/secret.hpp"
#include "storage/database.hpp"
#include "storage/sealing.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace resmon::links {

/// The secret is given out once; the database keeps its hash.
struct NewLink {
    LinkId id;
    Secret secret;
    std::int64_t expires_at = 0;  ///< seconds since 1970
};

/// Makes a link; its id, times of use and withdrawal are of no account.
[[nodiscard]] NewLink add_link(soci::session& sql, const storage::Sealing& sealing, Link link);

/// Newest first, also those that no longer hold. A label that no key here opens is told as `🔒`.
[[nodiscard]] std::vector<Link> links_of(soci::session& sql, const std::string& response,
                                         const storage::Sealing& sealing);

/// Closes it and ends its sessions. False if the response has no such link, or if it was withdrawn already.
[[nodiscard]] bool withdraw_link(soci::session& sql, const std::string& response, const LinkId& id,
                                 const std::string& at);

/// What the holder of the link may do at this moment (seconds since 1970); nothing if it no longer holds.
[[nodiscard]] std::optional<Grant> grant_of(soci::session& sql, const LinkId& id, std::int64_t now);

/// By link, for all links of a response, whether they hold or not.
[[nodiscard]] std::map<LinkId, std::string> labels_of(soci::session& sql, const std::string& response,
                                                      const storage::Sealing& sealing);

}  // namespace resmon::links
