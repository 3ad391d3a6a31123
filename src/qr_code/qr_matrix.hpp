// A text as QR code: which modules are dark.
#pragma once

#include <string_view>
#include <vector>

namespace resmon {

struct QrMatrix {
    int side = 0;            ///< modules, without the quiet zone
    std::vector<bool> dark;  ///< row by row

    [[nodiscard]] bool is_dark(int x, int y) const {
        return dark[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(x)];
    }
};

inline constexpr int qr_quiet_zone = 4;  ///< modules that must stay light on every side (ISO/IEC 18004)

/// Bytes of the text as they are, error correction M (15 %). Throws InputError if the text is empty or does not fit
/// (2,331 bytes).
[[nodiscard]] QrMatrix qr_matrix(std::string_view text);

}  // namespace resmon
