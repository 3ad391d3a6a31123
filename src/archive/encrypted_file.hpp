// Files encrypted by a passphrase: Argon2id and libsodium's secretstream, in chunks, so that their size does not
// matter.
#pragma once

#include "secrets/secret.hpp"

#include <filesystem>

namespace resmon::archive {

/// Whether the file begins as `encrypt_file` begins one. Throws InputError if it cannot be read.
[[nodiscard]] bool is_encrypted(const std::filesystem::path& file);

/// Throw Unavailable if `to` cannot be written. Who calls syncs it and puts it in place.
void encrypt_file(const std::filesystem::path& from, const std::filesystem::path& to, const Secret& passphrase);

/// Throws InputError if the passphrase is another, or the file was changed or cut off anywhere: then nothing of `to`
/// may be used.
void decrypt_file(const std::filesystem::path& from, const std::filesystem::path& to, const Secret& passphrase);

}  // namespace resmon::archive
