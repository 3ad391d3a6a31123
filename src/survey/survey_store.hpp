// SQL of responses and entries. No rules.
#pragma once

#include "accounts/filter.hpp"
#include "storage/database.hpp"
#include "storage/sealing.hpp"
#include "survey/response.hpp"
#include "survey/sheet.hpp"

#include <optional>
#include <string>
#include <vector>

namespace resmon::survey {

/// Keeps the questionnaire once per hash. `content` as files_to_text made it.
void insert_questionnaire(soci::session& sql, const Response& response, const std::string& content);
/// Empty if it is not kept here.
[[nodiscard]] std::string questionnaire_content(soci::session& sql, const std::string& hash);

/// False if the organisation has an unfinished response for the body.
[[nodiscard]] bool insert_response(soci::session& sql, const Response& response);
/// Newest first, as far as the filter lets them through.
[[nodiscard]] std::vector<Response> select_responses(soci::session& sql, const accounts::Filter& filter);
[[nodiscard]] std::optional<Response> find_response(soci::session& sql, const ResponseId& id,
                                                    const accounts::Filter& filter);
void delete_response(soci::session& sql, const ResponseId& id);

/// Others who would change it wait until this transaction ends.
void hold_response(soci::session& sql, const ResponseId& id);
/// The number of the next entry. Nothing if the response is finished.
[[nodiscard]] std::optional<std::int64_t> next_number(soci::session& sql, const ResponseId& id, const std::string& at);
/// Words are sealed; the value only if it is free text: others must be countable.
void insert_entry(soci::session& sql, const ResponseId& id, const Entry& entry, bool is_free_text,
                  const storage::Sealing& sealing);
/// In the order of saving. Words that no key here opens are told as locked (see `locked_words`).
[[nodiscard]] std::vector<Entry> select_entries(soci::session& sql, const ResponseId& id,
                                                const storage::Sealing& sealing);

/// What stands where the key is missing.
inline constexpr const char* locked_words = "🔒";

/// Closes or opens the response; false if it was so already, or if another of the body is open.
[[nodiscard]] bool set_finished(soci::session& sql, const ResponseId& id, bool is_finished, const std::string& at);
void insert_receipt(soci::session& sql, const Receipt& receipt, const std::string& content);
[[nodiscard]] int count_receipts(soci::session& sql, const ResponseId& id);
/// The last one; empty if there is none.
[[nodiscard]] std::string last_receipt(soci::session& sql, const ResponseId& id);
void note_reopening(soci::session& sql, const ResponseId& id, const std::string& at, const std::string& reason);

}  // namespace resmon::survey
