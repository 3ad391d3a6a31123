// What was saved, never overwritten: entries that say which entries their author had seen.
#pragma once

#include "access/principal.hpp"
#include "survey/answer.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace resmon::survey {

struct Entry {
    std::int64_t number = 0;  ///< from 1 within the response, in the order of saving
    std::string id;           ///< made by the author's device: sent twice, it is kept once
    QuestionId question;
    Answer answer;
    PersonId person;  ///< empty on a machine without accounts
    std::string at;   ///< UTC
    std::vector<std::int64_t> supersedes;
    bool is_locked = false;  ///< no key here opens its words: the answer says less than was saved
};

/// Those that no other supersedes, oldest first. All are of one question. Which they are depends on what their authors
/// saw, not on the order in which they arrived.
[[nodiscard]] std::vector<Entry> unsuperseded(std::span<const Entry> entries);

/// Of these, the latest of those that say the same. More than one contradict each other: their authors did not see each
/// other.
[[nodiscard]] std::vector<Entry> current(std::span<const Entry> entries);

/// What a new entry supersedes: what its author says to have seen, in order. Throws InputError if that is none of
/// `entries`.
[[nodiscard]] std::vector<std::int64_t> superseded_by(const std::vector<std::int64_t>& seen,
                                                      std::span<const Entry> entries);

/// The one that counts until somebody decides: the latest of the current ones; open if there is none.
[[nodiscard]] Answer holding(std::span<const Entry> current_entries);

}  // namespace resmon::survey
