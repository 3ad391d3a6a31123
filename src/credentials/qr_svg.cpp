#include "credentials/qr_svg.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <qrencode.h>

#include <iterator>
#include <memory>

namespace resmon::sign_on {

namespace {

constexpr int quiet_zone = 4;

/// The dark modules as one path: a rectangle of height 1 for each run in a row.
std::string path_of(const QRcode& code) {
    const auto is_dark = [&](int x, int y) { return (code.data[y * code.width + x] & 1) != 0; };
    std::string path;
    for (int y = 0; y < code.width; ++y)
        for (int x = 0; x < code.width;) {
            int end = x;
            while (end < code.width && is_dark(end, y)) ++end;
            if (end > x)
                fmt::format_to(std::back_inserter(path), "M{} {}h{}v1h-{}z", x + quiet_zone, y + quiet_zone, end - x,
                               end - x);
            x = end + 1;
        }
    return path;
}

}  // namespace

std::string qr_svg(std::string_view text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code{
        QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0,
                          QR_ECLEVEL_M),
        &QRcode_free};
    if (!code) throw InputError{fmt::format("must have 1 to 2,331 bytes to fit into a QR code, has {}", text.size())};
    const int side = code->width + 2 * quiet_zone;
    return fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" shape-rendering="crispEdges">)"
                       R"(<rect width="{0}" height="{0}" fill="#fff"/><path d="{1}" fill="#000"/></svg>)",
                       side, path_of(*code));
}

}  // namespace resmon::sign_on
