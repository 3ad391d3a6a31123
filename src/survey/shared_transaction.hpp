// What desks of other rooms do with responses within their own transaction. They check the right and write the audit
// line.
#pragma once

#include "storage/database.hpp"
#include "storage/sealing.hpp"
#include "survey/response.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace resmon::survey {

/// Whoever's it is. Without a word of what it says.
[[nodiscard]] std::optional<Response> response_of_anybody(soci::session& sql, const ResponseId& id);

/// The unfinished one of the organisation for the body.
[[nodiscard]] std::optional<Response> unfinished_response(soci::session& sql, const OrganisationId& organisation,
                                                          const BodyKey& body);

/// Whether anything was answered in it.
[[nodiscard]] bool has_entries(soci::session& sql, const ResponseId& id);

/// What was deleted, as text that a proof is made of: one line per entry.
struct Erased {
    std::size_t entries = 0;
    std::string content;
};

/// Deletes the response with every entry and receipt.
[[nodiscard]] Erased erase_response(soci::session& sql, const ResponseId& id, const storage::Sealing& sealing);

}  // namespace resmon::survey
