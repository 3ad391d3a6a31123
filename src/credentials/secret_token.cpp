#include "credentials/secret_token.hpp"

#include <sodium.h>

#include <array>
#include <cassert>

namespace resmon::sign_on {

namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr int alphabet = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t token_length = sodium_base64_ENCODED_LEN(token_bytes, alphabet) - 1;  // without the terminator

using Bytes = std::array<unsigned char, token_bytes>;

std::string_view prefix_of(TokenKind kind) {
    switch (kind) {
        case TokenKind::session:
        case TokenKind::link: break;
        case TokenKind::api: return "rsm_";
    }
    return "";
}

std::string base64url(const Bytes& bytes) {
    std::string text(token_length + 1, '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), alphabet);
    text.pop_back();
    return text;
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

Secret new_token(TokenKind kind) {
    Bytes random{};
    randombytes_buf(random.data(), random.size());
    Secret token{std::string{prefix_of(kind)} + base64url(random)};
    sodium_memzero(random.data(), random.size());
    return token;
}

std::optional<Secret> token_from(TokenKind kind, std::string_view untrusted) {
    const std::string_view prefix = prefix_of(kind);
    if (untrusted.size() != prefix.size() + token_length || !untrusted.starts_with(prefix)) return std::nullopt;
    const std::string_view value = untrusted.substr(prefix.size());
    // libsodium takes some bytes above 127 for letters.
    if (value.find_first_not_of(letters) != std::string_view::npos) return std::nullopt;
    Bytes bytes{};
    std::size_t count = 0;
    // Refuses set bits after the last byte: each value has one spelling.
    const int status =
        sodium_base642bin(bytes.data(), bytes.size(), value.data(), value.size(), nullptr, &count, nullptr, alphabet);
    sodium_memzero(bytes.data(), bytes.size());
    if (status != 0 || count != token_bytes) return std::nullopt;
    return Secret{std::string{untrusted}};
}

std::string stored_hash(const Secret& token) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    const std::string_view text = token.revealed();
    crypto_hash_sha256(hash.data(), bytes_of(text), text.size());
    std::string hexadecimal(2 * hash.size() + 1, '\0');
    sodium_bin2hex(hexadecimal.data(), hexadecimal.size(), hash.data(), hash.size());
    hexadecimal.pop_back();
    return hexadecimal;
}

Secret csrf_token(const Secret& session) {
    constexpr std::string_view purpose = "resmon csrf token";
    const std::string_view key = session.revealed();
    assert(key.size() >= crypto_generichash_KEYBYTES_MIN && key.size() <= crypto_generichash_KEYBYTES_MAX &&
           "a session's value comes from new_token or token_from: anything else would give everybody the same token");
    Bytes hash{};
    crypto_generichash(hash.data(), hash.size(), bytes_of(purpose), purpose.size(), bytes_of(key), key.size());
    return Secret{base64url(hash)};
}

bool is_csrf_token(const Secret& session, std::string_view untrusted) {
    return csrf_token(session) == Secret{std::string{untrusted}};
}

}  // namespace resmon::sign_on
