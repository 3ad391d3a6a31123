#include "storage/sealing.hpp"

#include "base/error.hpp"
#include "secrets/digest.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <cassert>
#include <utility>

namespace resmon::storage {

namespace {

// A sealed text: sealed:KEY-ID:BASE64 of nonce and ciphertext, XChaCha20-Poly1305 (docs/decisions/0014-sealing.md).
constexpr std::string_view mark = "sealed:";
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

SealingKey new_sealing_key() {
    constexpr std::size_t id_bytes = 8;
    std::string key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES, '\0');
    randombytes_buf(key.data(), key.size());
    return {.id = random_hex(id_bytes), .bytes = Secret{std::move(key)}};
}

Sealing::Sealing(SealingKeys keys) : keys_{std::move(keys)} {
    // A key of another length would be read past its end.
    assert(std::ranges::all_of(keys_, [](const SealingKey& key) {
        return key.bytes.revealed().size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
    }));
}

std::string Sealing::seal(std::string_view plain, std::string_view place) const {
    if (keys_.empty()) throw Unavailable{worded("fault.unavailable.no-key")};
    const SealingKey& key = keys_.back();
    std::string sealed(nonce_bytes + plain.size() + tag_bytes, '\0');
    randombytes_buf(sealed.data(), nonce_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(sealed) + nonce_bytes, nullptr, bytes(plain), plain.size(),
                                               bytes(place), place.size(), nullptr, bytes(sealed),
                                               bytes(key.bytes.revealed()));
    return fmt::format("{}{}:{}", mark, key.id, base64_of(sealed));
}

std::optional<std::string> Sealing::open(const std::string& sealed, std::string_view place) const {
    const std::string id = key_id_of(sealed);
    const auto key = std::ranges::find(keys_, id, &SealingKey::id);
    if (id.empty() || key == keys_.end()) return {};
    std::string content;
    try {
        content = bytes_of_base64(std::string_view{sealed}.substr(mark.size() + id.size() + 1));
    } catch (const InputError&) {
        return {};
    }
    if (content.size() < nonce_bytes + tag_bytes) return {};
    std::string plain(content.size() - nonce_bytes - tag_bytes, '\0');
    const int status = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytes(plain), nullptr, nullptr, bytes(content) + nonce_bytes, content.size() - nonce_bytes, bytes(place),
        place.size(), bytes(content), bytes(key->bytes.revealed()));
    if (status != 0) return {};
    return plain;
}

bool Sealing::is_current(std::string_view sealed) const {
    return !keys_.empty() && key_id_of(sealed) == keys_.back().id;
}

std::string sealed_place(std::string_view table, std::string_view column, const std::vector<std::string>& keys) {
    std::string place = fmt::format("{}.{}", table, column);
    for (const std::string& key : keys) {
        place += '/';
        for (const char letter : key)
            if (letter == '/' || letter == '%')
                place += letter == '/' ? "%2F" : "%25";
            else
                place += letter;
    }
    return place;
}

std::string key_id_of(std::string_view sealed) {
    if (!sealed.starts_with(mark)) return {};
    const std::size_t end = sealed.find(':', mark.size());
    return end == std::string_view::npos ? std::string{} : std::string{sealed.substr(mark.size(), end - mark.size())};
}

}  // namespace resmon::storage
