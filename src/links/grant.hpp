// What a link opens to whoever holds it, and the link as colleagues see it.
#pragma once

#include "access/principal.hpp"
#include "base/quantity.hpp"

#include <cstdint>
#include <set>
#include <string>

namespace resmon::links {

using LinkId = Id<struct LinkTag>;

/// Default and longest life; expert estimates.
inline constexpr int usual_days = 14;
inline constexpr int most_days = 90;

struct Grant {
    std::string response;          ///< its id
    OrganisationId organisation;   ///< whose the response is; empty on a machine without accounts
    std::set<std::string> topics;  ///< empty = all
    bool may_finish = false;       ///< and then read the receipt and the profile; only with all topics
    std::int64_t expires_at = 0;   ///< seconds since 1970

    [[nodiscard]] bool is_whole() const { return topics.empty(); }
    bool operator==(const Grant&) const = default;
};

struct Link {
    LinkId id;
    Grant grant;
    std::string label;         ///< for whom, in free words: shown as the author of what came by it
    PersonId made_by;          ///< empty on a machine without accounts
    std::string made_at;       ///< UTC
    std::string used_at;       ///< UTC, of the last time it was opened; empty if never
    std::string withdrawn_at;  ///< UTC; empty while it was not
};

/// Topics as they lie in the database and in the audit trail: `A,C`.
[[nodiscard]] std::string topics_text(const std::set<std::string>& topics);
[[nodiscard]] std::set<std::string> topics_from(const std::string& text);

}  // namespace resmon::links
