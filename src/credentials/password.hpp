// Passwords: kept as Argon2id, chosen by length and not by composition.
#pragma once

#include "secrets/secret.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace resmon::sign_on {

/// What a guess costs. Measured choice: docs/decisions/0011-passwords.md.
struct PasswordCost {
    unsigned long long passes = 5;
    std::size_t memory = std::size_t{64} << 20;  ///< bytes, while one password is hashed or checked
};

/// Argon2id with a salt of its own, `$argon2id$v=19$m=…`: the costs stand in it. The password is one that find_obstacle
/// lets pass. Throws Unavailable if the memory cannot be had. Takes the time that PasswordCost says.
[[nodiscard]] std::string password_hash(const Secret& password, const PasswordCost& cost = {});

/// Whether it is the password. Without a hash (an unknown login, an account without password) the answer is no, after
/// as much work as `cost` makes: the time does not tell which logins exist. Throws Unavailable if the memory cannot be
/// had, so that a right password is not counted as a wrong one.
[[nodiscard]] bool is_password(const std::optional<std::string>& hash, const Secret& password,
                               const PasswordCost& cost = {});

/// Whether the hash was made with other costs: after a right sign-in it is made anew.
[[nodiscard]] bool needs_rehash(const std::string& hash, const PasswordCost& cost = {});

/// Why a password may not be chosen; only the first that applies, in this order.
enum class PasswordObstacle {
    not_text,   ///< not UTF-8, or with control characters
    too_short,  ///< fewer than 12 characters (code points)
    too_long,   ///< more than 256 bytes
    frequent,   ///< among the most frequent ones, or one of them with little around it, or a short piece repeated
    named,      ///< the name of the person, the login, the organisation or this program, with little around it
};

/// `names`: login, name and organisation, as people write them. Capitals, umlauts and what is around do not matter:
/// `Lüdenscheid-2026` is the name `Stadt Luedenscheid`'s second word with six characters around it.
/// No rule about kinds of characters: they lead to `Passwort1!` (NIST SP 800-63B §5.1.1.2).
[[nodiscard]] std::optional<PasswordObstacle> find_obstacle(const Secret& password, std::span<const std::string> names);

/// The key of the sentence for people in texts/program.*.json: `password.too-short`
[[nodiscard]] std::string_view text_key(PasswordObstacle obstacle);

}  // namespace resmon::sign_on
