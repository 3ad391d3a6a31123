#include "archive/encrypted_file.hpp"

#include "base/error.hpp"

#include <sodium.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <string>

namespace resmon::archive {

namespace fs = std::filesystem;

namespace {

// The file: mark, salt of the passphrase, header of the stream, chunks. The cost of Argon2id belongs to the mark: a
// file from outside cannot ask for more memory.
constexpr std::string_view mark = "resmon encrypted archive 1\n";
constexpr std::size_t chunk_bytes = 1 << 16;
constexpr std::size_t added_bytes = crypto_secretstream_xchacha20poly1305_ABYTES;
using Salt = std::array<unsigned char, crypto_pwhash_SALTBYTES>;
using Header = std::array<unsigned char, crypto_secretstream_xchacha20poly1305_HEADERBYTES>;

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Secret key_from(const Secret& passphrase, const Salt& salt) {
    std::string key(crypto_secretstream_xchacha20poly1305_KEYBYTES, '\0');
    if (crypto_pwhash(bytes(key), key.size(), passphrase.revealed().data(), passphrase.revealed().size(), salt.data(),
                      crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw Unavailable{worded("fault.unavailable.passphrase-memory")};
    return Secret{std::move(key)};
}

std::ifstream opened(const fs::path& file) {
    std::ifstream stream{file, std::ios::binary};
    if (!stream) throw InputError{worded("fault.archive.unreadable", {{"file", file.string()}})};
    return stream;
}

std::ofstream writing(const fs::path& file) {
    std::ofstream stream{file, std::ios::binary | std::ios::trunc};
    if (!stream)
        throw Unavailable{
            worded("fault.unavailable.unwritten", {{"file", file.string()}, {"why", system_reason(errno)}})};
    return stream;
}

template <class Bytes>
void put(std::ofstream& stream, const Bytes& content) {
    stream.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
}

template <class Bytes>
std::size_t take(std::ifstream& stream, Bytes& place) {
    stream.read(reinterpret_cast<char*>(place.data()), static_cast<std::streamsize>(place.size()));
    return static_cast<std::size_t>(stream.gcount());
}

void finish(std::ofstream& stream, const fs::path& file) {
    stream.flush();
    if (!stream) throw Unavailable{worded("fault.unavailable.not-whole", {{"file", file.string()}})};
}

}  // namespace

bool is_encrypted(const fs::path& file) {
    std::ifstream stream = opened(file);
    std::string begin(mark.size(), '\0');
    return take(stream, begin) == mark.size() && begin == mark;
}

void encrypt_file(const fs::path& from, const fs::path& to, const Secret& passphrase) {
    std::ifstream plain = opened(from);
    std::ofstream sealed = writing(to);
    Salt salt{};
    randombytes_buf(salt.data(), salt.size());
    const Secret key = key_from(passphrase, salt);
    crypto_secretstream_xchacha20poly1305_state state;
    Header header{};
    crypto_secretstream_xchacha20poly1305_init_push(&state, header.data(), bytes(key.revealed()));
    put(sealed, mark);
    put(sealed, salt);
    put(sealed, header);
    std::string chunk(chunk_bytes, '\0');
    std::string output(chunk_bytes + added_bytes, '\0');
    for (bool is_last = false; !is_last;) {
        const std::size_t read = take(plain, chunk);
        is_last = read < chunk_bytes;
        // The last chunk is marked, so that a file that was cut off is noticed.
        const auto tag = static_cast<unsigned char>(is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
        crypto_secretstream_xchacha20poly1305_push(&state, bytes(output), nullptr, bytes(chunk), read, nullptr, 0, tag);
        put(sealed, std::string_view{output}.substr(0, read + added_bytes));
    }
    if (plain.bad()) throw Unavailable{worded("fault.archive.unreadable", {{"file", from.string()}})};
    finish(sealed, to);
}

void decrypt_file(const fs::path& from, const fs::path& to, const Secret& passphrase) {
    const auto refusal = [&from] { return InputError{worded("fault.archive.passphrase", {{"file", from.string()}})}; };
    std::ifstream sealed = opened(from);
    std::string begin(mark.size(), '\0');
    Salt salt{};
    Header header{};
    if (take(sealed, begin) != mark.size() || begin != mark || take(sealed, salt) != salt.size() ||
        take(sealed, header) != header.size())
        throw refusal();
    std::ofstream plain = writing(to);
    const Secret key = key_from(passphrase, salt);
    crypto_secretstream_xchacha20poly1305_state state;
    if (crypto_secretstream_xchacha20poly1305_init_pull(&state, header.data(), bytes(key.revealed())) != 0)
        throw refusal();
    std::string chunk(chunk_bytes + added_bytes, '\0');
    std::string output(chunk_bytes, '\0');
    for (unsigned char tag = 0; tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL;) {
        const std::size_t read = take(sealed, chunk);
        if (read < added_bytes || crypto_secretstream_xchacha20poly1305_pull(&state, bytes(output), nullptr, &tag,
                                                                             bytes(chunk), read, nullptr, 0) != 0)
            throw refusal();
        put(plain, std::string_view{output}.substr(0, read - added_bytes));
    }
    if (sealed.peek() != std::ifstream::traits_type::eof()) throw refusal();
    finish(plain, to);
}

}  // namespace resmon::archive
