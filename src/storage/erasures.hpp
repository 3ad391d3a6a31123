// Whose personal data was erased, remembered outside the database too: an older backup that is restored forgets it.
#pragma once

#include "storage/database.hpp"

#include <functional>
#include <string>

namespace resmon::storage {

struct Erasure {
    std::string person;
    std::string at;  ///< UTC
};

/// Call it first in the transaction that erases: appends to DIR/erasures.jsonl (synced, never shortened) and to the
/// table `erasure`. If the transaction fails afterwards, the next start erases again.
void remember_erasure(soci::session& sql, const Location& location, const Erasure& erasure);

/// Erases one person in a transaction; must not mind if there is no such person.
using Erase = std::function<void(soci::session&, const Erasure&)>;

/// Erases again what the file names and the database does not know as erased, as after a restore. Returns how many.
/// Throws InputError with the lines that cannot be read: what to erase is then unknown.
std::size_t replay_erasures(Database& database, const Erase& erase);

}  // namespace resmon::storage
