// Ten codes on paper for the day on which the telephone is gone. Each works once.
#pragma once

#include "secrets/secret.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::sign_on {

/// Ten different codes of four groups, `K7MQ-X3PH-9TFA-CW4D`: 24 letters and digits that nobody confuses (no 0 O, 1 I
/// L, 2 Z, 5 S, 6 8 B), 16 of them, 73 random bits. Shown once.
[[nodiscard]] std::vector<Secret> new_recovery_codes();

/// SHA-256, hexadecimal: of 73 random bits a fast hash is enough. Nothing if what was typed cannot be a code.
/// Small letters are large ones; spaces and hyphens do not count.
[[nodiscard]] std::optional<std::string> recovery_code_hash(std::string_view typed);

/// Which of the stored hashes it is, so that the store can remove it in the same transaction. In constant time.
[[nodiscard]] std::optional<std::size_t> find_recovery_code(std::string_view typed,
                                                            std::span<const std::string> hashes);

}  // namespace resmon::sign_on
