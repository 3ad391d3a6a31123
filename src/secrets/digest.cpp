#include "secrets/digest.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sodium.h>

#include <array>
#include <vector>

namespace resmon {

namespace {

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::vector<unsigned char> random_bytes(std::size_t count) {
    std::vector<unsigned char> random(count);
    randombytes_buf(random.data(), random.size());
    return random;
}

std::string encoded(const unsigned char* begin, std::size_t count, int variant) {
    std::string text(sodium_base64_encoded_len(count, variant), '\0');
    sodium_bin2base64(text.data(), text.size(), begin, count, variant);
    text.pop_back();  // the terminator that sodium writes
    return text;
}

}  // namespace

std::string digest_of(std::string_view text) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), bytes(text), text.size());
    return fmt::format("{:02x}", fmt::join(digest, ""));
}

std::string random_name(std::size_t count) {
    const auto random = random_bytes(count);
    return encoded(random.data(), random.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string random_hex(std::size_t count) { return fmt::format("{:02x}", fmt::join(random_bytes(count), "")); }

std::string base64_of(std::string_view text) {
    return encoded(bytes(text), text.size(), sodium_base64_VARIANT_ORIGINAL);
}

std::string bytes_of_base64(std::string_view text) {
    std::string plain(text.size(), '\0');
    std::size_t count = 0;
    const char* end = nullptr;
    const int status = sodium_base642bin(reinterpret_cast<unsigned char*>(plain.data()), plain.size(), text.data(),
                                         text.size(), nullptr, &count, &end, sodium_base64_VARIANT_ORIGINAL);
    if (status != 0 || end != text.data() + text.size()) throw InputError{worded("fault.base64")};
    plain.resize(count);
    return plain;
}

}  // namespace resmon
