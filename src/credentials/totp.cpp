#include "credentials/totp.hpp"

#include <fmt/format.h>
#include <liboath/oath.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdlib>
#include <string>
#include <utility>

namespace resmon::sign_on {

namespace {

constexpr std::size_t key_bytes = 20;
constexpr unsigned digits = 6;

bool is_unreserved(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           letter == '-' || letter == '.' || letter == '_' || letter == '~';
}

// RFC 3986 §2.1
std::string percent_encoded(std::string_view text) {
    std::string encoded;
    for (const char letter : text)
        encoded += is_unreserved(letter)
                       ? std::string(1, letter)
                       : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(letter)));
    return encoded;
}

}  // namespace

Secret new_totp_key() {
    std::string key(key_bytes, '\0');
    randombytes_buf(key.data(), key.size());
    return Secret{std::move(key)};
}

Secret totp_code(const Secret& key, TimeStep step) {
    std::array<char, digits + 1> code{};
    // liboath's own TOTP functions take a time, not a step; TOTP is HOTP with the step as its counter (RFC 6238 §4.2).
    [[maybe_unused]] const int status =
        oath_hotp_generate(key.revealed().data(), key.revealed().size(), static_cast<std::uint64_t>(step), digits,
                           false, OATH_HOTP_DYNAMIC_TRUNCATION, code.data());
    assert(status == OATH_OK && "only other numbers of digits fail: the code would stay empty and fit nothing");
    Secret text{std::string{code.data()}};
    sodium_memzero(code.data(), code.size());
    return text;
}

std::optional<TimeStep> accepted_step(const Secret& key, std::string_view code,
                                      std::chrono::system_clock::time_point now, std::optional<TimeStep> last_used) {
    using HalfMinutes = std::chrono::duration<TimeStep, std::ratio<30>>;
    std::string typed{code.substr(0, std::size_t{2} * digits)};
    if (code.size() > typed.size()) return std::nullopt;
    std::erase(typed, ' ');
    const Secret given{std::move(typed)};

    const TimeStep current = std::chrono::floor<HalfMinutes>(now.time_since_epoch()).count();
    std::optional<TimeStep> accepted;
    for (const TimeStep step : {current - 1, current, current + 1}) {
        const bool fits = totp_code(key, step) == given;
        const bool is_new = !last_used || step > *last_used;
        if (fits && is_new) accepted = step;
    }
    return accepted;
}

Secret base32_of(const Secret& key) {
    char* text = nullptr;
    std::size_t length = 0;
    if (oath_base32_encode(key.revealed().data(), key.revealed().size(), &text, &length) != OATH_OK)
        throw std::bad_alloc{};  // its only other fault
    Secret base32{std::string(text, length)};
    sodium_memzero(text, length);
    std::free(text);  // NOLINT: the library has allocated it
    return base32;
}

Secret otpauth_uri(const Secret& key, const TotpLabel& label) {
    const std::string issuer = percent_encoded(label.issuer);
    return Secret{fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}&algorithm=SHA1&digits={}&period=30", issuer,
                              percent_encoded(label.account), base32_of(key).revealed(), issuer, digits)};
}

}  // namespace resmon::sign_on
