#include "credentials/password.hpp"

#include "base/error.hpp"
#include "base/shipped.hpp"
#include "base/text.hpp"

#include <sodium.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <utility>
#include <vector>

namespace resmon::sign_on {

namespace {

constexpr std::size_t fewest_characters = 12;
constexpr std::size_t most_bytes = 256;
/// Digits and signs around a frequent word that do not make it a good password: a date has eight.
constexpr std::size_t little = 8;
constexpr std::size_t fewest_in_a_piece = 4;

[[noreturn]] void refuse_for_want_of_memory() { throw Unavailable{worded("fault.unavailable.password-memory")}; }

/// Picks the implementation for this processor; without it Argon2 runs a slower one. Thread-safe, cheap when done.
void prepare_sodium() {
    [[maybe_unused]] const int status = sodium_init();
    assert(status >= 0 && "fails only without a source of randomness");
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

/// RFC 8265 §4.2.2 (OpaqueString): other spaces become the plain one, then NFC, so that one password is the same bytes
/// from every keyboard. What is no text stays as it is: it fits no hash.
Secret prepared(const Secret& password) {
    const std::string_view bytes = password.revealed();
    if (is_ascii(bytes) || !is_utf8(bytes)) return password;
    auto text = icu::UnicodeString::fromUTF8({bytes.data(), static_cast<std::int32_t>(bytes.size())});
    for (std::int32_t place = 0; place < text.length(); ++place)
        if (u_charType(text.charAt(place)) == U_SPACE_SEPARATOR) text.setCharAt(place, u' ');
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    assert(U_SUCCESS(status) && "NFC is built into ICU");
    std::string normal;
    nfc->normalize(text, status).toUTF8String(normal);
    return Secret{std::move(normal)};
}

/// Control characters of Unicode (Cc): C0, DEL, and C1, which UTF-8 writes as C2 80 to C2 9F.
bool has_control_character(std::string_view text) {
    for (std::size_t place = 0; place < text.size(); ++place) {
        const auto byte = static_cast<unsigned char>(text[place]);
        if (byte < 0x20 || byte == 0x7f) return true;
        if (byte == 0xc2 && place + 1 < text.size() && static_cast<unsigned char>(text[place + 1]) < 0xa0) return true;
    }
    return false;
}

std::size_t characters_in(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }));
}

/// Of folded text: a letter of any script.
bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || static_cast<unsigned char>(byte) >= 0x80; }
bool is_letter_or_digit(char byte) { return is_letter(byte) || (byte >= '0' && byte <= '9'); }

std::string without_signs(std::string_view folded_text) {
    std::string plain{folded_text};
    std::erase_if(plain, [](char byte) { return !is_letter_or_digit(byte); });
    return plain;
}

/// `passwort` of `2026passwort!`; all of it if more than a little is around, or if it has no letter.
std::string_view root_of(std::string_view folded_text) {
    const auto* const first = std::ranges::find_if(folded_text, is_letter);
    const auto begin = static_cast<std::size_t>(first - folded_text.begin());
    std::size_t end = folded_text.size();
    while (end > begin && !is_letter(folded_text[end - 1])) --end;
    const bool has_much_around = folded_text.size() - (end - begin) > little;
    return end == begin || has_much_around ? folded_text : folded_text.substr(begin, end - begin);
}

/// `rathaus` of `rathausrathausrat`; all of it if nothing is repeated.
std::string_view piece_of(std::string_view text) {
    for (std::size_t length = 1; length <= text.size() / 2; ++length)
        if (std::equal(text.begin() + static_cast<std::ptrdiff_t>(length), text.end(), text.begin()))
            return text.substr(0, length);
    return text;
}

/// The shipped lists, as one in byte order.
class FrequentPasswords {
public:
    FrequentPasswords() {
        for (const ShippedFile& file : shipped_passwords()) texts_.push_back(unpacked(file));
        for (const std::string_view text : texts_)
            for (std::size_t begin = 0; begin < text.size();) {
                const std::size_t end = std::min(text.find('\n', begin), text.size());
                lines_.push_back(text.substr(begin, end - begin));
                begin = end + 1;
            }
        std::ranges::sort(lines_);
    }

    [[nodiscard]] bool contains(std::string_view folded_text) const {
        return std::ranges::binary_search(lines_, folded_text);
    }

private:
    std::vector<std::string> texts_;
    std::vector<std::string_view> lines_;
};

/// Whole names and their words of four letters and more, folded, without signs.
std::vector<std::string> parts_of(std::span<const std::string> names) {
    std::vector<std::string> parts{"resilienzmonitor"};
    for (const std::string& name : names) {
        const std::string plain = folded(prepared(Secret{std::string{name}}).revealed());
        parts.push_back(without_signs(plain));
        std::string word;
        for (const char byte : plain + " ") {
            if (is_letter_or_digit(byte)) {
                word += byte;
            } else {
                if (word.size() >= fewest_in_a_piece) parts.push_back(word);
                word.clear();
            }
        }
    }
    return parts;
}

}  // namespace

std::string password_hash(const Secret& password, const PasswordCost& cost) {
    prepare_sodium();
    const Secret text = prepared(password);
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str_alg(hash.data(), text.revealed().data(), text.revealed().size(), cost.passes, cost.memory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        refuse_for_want_of_memory();
    return hash.data();
}

bool is_password(const std::optional<std::string>& hash, const Secret& password, const PasswordCost& cost) {
    prepare_sodium();
    const Secret text = prepared(password);
    if (!hash) {
        std::array<unsigned char, crypto_pwhash_BYTES_MIN * 2> unused{};
        constexpr std::array<unsigned char, crypto_pwhash_SALTBYTES> any_salt{};
        if (crypto_pwhash(unused.data(), unused.size(), text.revealed().data(), text.revealed().size(), any_salt.data(),
                          cost.passes, cost.memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
            refuse_for_want_of_memory();
        return false;
    }
    errno = 0;
    if (crypto_pwhash_str_verify(hash->c_str(), text.revealed().data(), text.revealed().size()) == 0) return true;
    if (errno == ENOMEM) refuse_for_want_of_memory();
    return false;
}

bool needs_rehash(const std::string& hash, const PasswordCost& cost) {
    return crypto_pwhash_str_needs_rehash(hash.c_str(), cost.passes, cost.memory) != 0;
}

std::optional<PasswordObstacle> find_obstacle(const Secret& password, std::span<const std::string> names) {
    const std::string_view bytes = password.revealed();
    // First, so that nothing below works on megabytes.
    const bool is_too_long = bytes.size() > most_bytes;
    if (!is_utf8(bytes) || has_control_character(bytes)) return PasswordObstacle::not_text;
    const Secret text = is_too_long ? password : prepared(password);
    if (characters_in(text.revealed()) < fewest_characters) return PasswordObstacle::too_short;
    if (is_too_long) return PasswordObstacle::too_long;

    static const FrequentPasswords frequent;
    const Secret plain{folded(text.revealed())};
    const std::string_view piece = piece_of(plain.revealed());
    if (characters_in(piece) < fewest_in_a_piece) return PasswordObstacle::frequent;
    const std::array<std::string_view, 4> kernels{plain.revealed(), piece, root_of(plain.revealed()), root_of(piece)};
    if (std::ranges::any_of(kernels, [](std::string_view kernel) { return frequent.contains(kernel); }))
        return PasswordObstacle::frequent;
    const std::vector<std::string> parts = parts_of(names);
    for (const std::string_view kernel : kernels)
        if (std::ranges::find(parts, without_signs(kernel)) != parts.end()) return PasswordObstacle::named;
    return std::nullopt;
}

std::string_view text_key(PasswordObstacle obstacle) {
    switch (obstacle) {
        case PasswordObstacle::not_text: return "password.not-text";
        case PasswordObstacle::too_short: return "password.too-short";
        case PasswordObstacle::too_long: return "password.too-long";
        case PasswordObstacle::frequent: return "password.frequent";
        case PasswordObstacle::named: break;
    }
    return "password.named";
}

}  // namespace resmon::sign_on
