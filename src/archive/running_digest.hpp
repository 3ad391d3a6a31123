// SHA-256 of what comes in pieces, such as a file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace resmon::archive {

class RunningDigest {
public:
    RunningDigest();
    void add(std::string_view piece);
    /// Hexadecimal, of all pieces so far.
    [[nodiscard]] std::string text() const;

private:
    static constexpr std::size_t state_bytes = 256;
    alignas(16) std::array<std::byte, state_bytes> state_{};
};

/// Of the file's first bytes, or all. Throws Unavailable if it cannot be read.
[[nodiscard]] std::string digest_of_file(const std::filesystem::path& file, std::uintmax_t bytes = UINTMAX_MAX);

}  // namespace resmon::archive
