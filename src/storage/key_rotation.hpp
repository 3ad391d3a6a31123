// A new key for encrypted columns, without a moment in which something could not be opened.
#pragma once

#include "storage/database.hpp"
#include "storage/sealing_keys.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace resmon::archive {
struct Table;
}

namespace resmon::storage {

struct Resealed {
    std::size_t changed = 0;
    std::vector<std::string> locked = {};  ///< places that no key here opens, left as they are
};

/// Opens what older keys sealed in one table and seals it with the newest, in one transaction.
Resealed reseal(Database& database, const archive::Table& table, const Sealing& sealing);

/// Ids of the keys that sealed something in any table.
[[nodiscard]] std::vector<std::string> keys_in_use(soci::session& sql);

/// Those of them that are not among these: what they sealed stays closed.
[[nodiscard]] std::vector<std::string> missing_keys(soci::session& sql, const SealingKeys& here);

struct Rotation {
    std::string new_key;
    std::size_t changed = 0;
    std::vector<std::string> locked = {};
    std::size_t removed_keys = 0;  ///< older keys that nothing uses any more
};

/// A new key is added to the file, everything is sealed with it, and only then older keys that nothing uses are
/// removed. Ended at any moment, everything still opens; another call finishes it. No server may run meanwhile: it
/// would go on to use the key that it read when it started. Throws Unavailable if the key file cannot be written.
Rotation rotate_keys(Database& database, const KeyPlace& place);

}  // namespace resmon::storage
