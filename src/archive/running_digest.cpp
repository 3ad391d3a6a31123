#include "archive/running_digest.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sodium.h>

#include <algorithm>
#include <fstream>

namespace resmon::archive {

namespace {

crypto_hash_sha256_state* state_of(std::array<std::byte, 256>& bytes) {
    return reinterpret_cast<crypto_hash_sha256_state*>(bytes.data());
}

}  // namespace

RunningDigest::RunningDigest() {
    static_assert(sizeof(crypto_hash_sha256_state) <= state_bytes);
    crypto_hash_sha256_init(state_of(state_));
}

void RunningDigest::add(std::string_view piece) {
    crypto_hash_sha256_update(state_of(state_), reinterpret_cast<const unsigned char*>(piece.data()), piece.size());
}

std::string RunningDigest::text() const {
    std::array<std::byte, state_bytes> copy = state_;
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(state_of(copy), digest.data());
    return fmt::format("{:02x}", fmt::join(digest, ""));
}

std::string digest_of_file(const std::filesystem::path& file, std::uintmax_t bytes) {
    constexpr std::size_t piece_bytes = 1 << 16;
    std::ifstream stream{file, std::ios::binary};
    RunningDigest digest;
    std::string piece(piece_bytes, '\0');
    while (bytes > 0 && stream) {
        stream.read(piece.data(), static_cast<std::streamsize>(std::min<std::uintmax_t>(piece.size(), bytes)));
        const auto read = static_cast<std::size_t>(stream.gcount());
        digest.add(std::string_view{piece}.substr(0, read));
        bytes -= read;
        if (read == 0) break;
    }
    if (stream.bad() || !stream.is_open())
        throw Unavailable{worded("fault.archive.unreadable", {{"file", file.string()}})};
    return digest.text();
}

}  // namespace resmon::archive
