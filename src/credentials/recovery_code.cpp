#include "credentials/recovery_code.hpp"

#include "credentials/secret_token.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace resmon::sign_on {

namespace {

constexpr std::string_view alphabet = "3479ACDEFGHJKMNPQRTUVWXY";
constexpr std::size_t letters = 16;
constexpr std::size_t group = 4;
constexpr std::size_t codes = 10;

Secret new_code() {
    std::string code;
    code.reserve(letters + letters / group);  // one place in memory, so that one place is cleared
    for (std::size_t letter = 0; letter < letters; ++letter) {
        if (letter > 0 && letter % group == 0) code += '-';
        code += alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
    }
    return Secret{std::move(code)};
}

/// The letters alone, large; nothing if there are other ones, or too few or too many.
std::optional<Secret> bare_code(std::string_view typed) {
    std::string bare;
    bare.reserve(letters);
    for (const char typed_letter : typed) {
        if (typed_letter == ' ' || typed_letter == '-') continue;
        const bool is_small = typed_letter >= 'a' && typed_letter <= 'z';
        const char letter = is_small ? static_cast<char>(typed_letter - 'a' + 'A') : typed_letter;
        if (alphabet.find(letter) == std::string_view::npos || bare.size() == letters) return std::nullopt;
        bare += letter;
    }
    if (bare.size() != letters) return std::nullopt;
    return Secret{std::move(bare)};
}

}  // namespace

std::vector<Secret> new_recovery_codes() {
    std::vector<Secret> fresh;
    while (fresh.size() < codes)
        if (Secret code = new_code(); std::ranges::find(fresh, code) == fresh.end()) fresh.push_back(std::move(code));
    return fresh;
}

std::optional<std::string> recovery_code_hash(std::string_view typed) {
    const auto code = bare_code(typed);
    if (!code) return std::nullopt;
    return stored_hash(*code);
}

std::optional<std::size_t> find_recovery_code(std::string_view typed, std::span<const std::string> hashes) {
    const auto hash = recovery_code_hash(typed);
    if (!hash) return std::nullopt;
    std::optional<std::size_t> found;
    for (std::size_t index = 0; index < hashes.size(); ++index)
        if (hashes[index].size() == hash->size() &&
            sodium_memcmp(hashes[index].data(), hash->data(), hash->size()) == 0)
            found = index;
    return found;
}

}  // namespace resmon::sign_on
