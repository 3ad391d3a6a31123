// Hashes, random names, and bytes as text: what is kept of a secret is its hash, what is given out cannot be guessed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace resmon {

/// SHA-256, hexadecimal.
[[nodiscard]] std::string digest_of(std::string_view text);

/// Random bytes in base64url without padding.
[[nodiscard]] std::string random_name(std::size_t bytes);

/// Random bytes in hexadecimal: short enough to read aloud.
[[nodiscard]] std::string random_hex(std::size_t bytes);

[[nodiscard]] std::string base64_of(std::string_view bytes);
/// Throws InputError for anything that `base64_of` does not write.
[[nodiscard]] std::string bytes_of_base64(std::string_view text);

}  // namespace resmon
