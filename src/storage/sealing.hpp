// Encryption of single columns, with keys that do not lie in the database.
#pragma once

#include "secrets/secret.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::storage {

/// 32 random bytes, and a name that says nothing about them.
struct SealingKey {
    std::string id;
    Secret bytes;
};

[[nodiscard]] SealingKey new_sealing_key();

/// The last one seals, every one opens.
using SealingKeys = std::vector<SealingKey>;

class Sealing {
public:
    /// Without keys everything is locked.
    explicit Sealing(SealingKeys keys);

    /// `place` binds the text to where it lies, `credential.second_factor/PERSON-ID` (see `sealed_place`): moved to
    /// another row or column it does not open. Throws Unavailable without a key.
    [[nodiscard]] std::string seal(std::string_view plain, std::string_view place) const;

    /// Nothing if it is locked (no key here opens it) or was tampered with.
    [[nodiscard]] std::optional<std::string> open(const std::string& sealed, std::string_view place) const;

    [[nodiscard]] bool is_locked() const { return keys_.empty(); }

    /// Whether the key that seals today sealed this text.
    [[nodiscard]] bool is_current(std::string_view sealed) const;

private:
    SealingKeys keys_;
};

/// Of a row's key columns, in their order; told apart even if a key contains a slash.
[[nodiscard]] std::string sealed_place(std::string_view table, std::string_view column,
                                       const std::vector<std::string>& keys);

/// The id of the key that sealed the text; empty for a text that is not sealed, such as an empty one.
[[nodiscard]] std::string key_id_of(std::string_view sealed);

}  // namespace resmon::storage
