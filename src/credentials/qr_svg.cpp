#include "credentials/qr_svg.hpp"

#include "qr_code/qr_matrix.hpp"

#include <fmt/format.h>

#include <iterator>

namespace resmon::sign_on {

namespace {

/// The dark modules as one path: a rectangle of height 1 for each run in a row.
std::string path_of(const QrMatrix& code) {
    std::string path;
    for (int y = 0; y < code.side; ++y)
        for (int x = 0; x < code.side;) {
            int end = x;
            while (end < code.side && code.is_dark(end, y)) ++end;
            if (end > x)
                fmt::format_to(std::back_inserter(path), "M{} {}h{}v1h-{}z", x + qr_quiet_zone, y + qr_quiet_zone,
                               end - x, end - x);
            x = end + 1;
        }
    return path;
}

}  // namespace

std::string qr_svg(std::string_view text) {
    const QrMatrix code = qr_matrix(text);
    const int side = code.side + 2 * qr_quiet_zone;
    return fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" shape-rendering="crispEdges">)"
                       R"(<rect width="{0}" height="{0}" fill="#fff"/><path d="{1}" fill="#000"/></svg>)",
                       side, path_of(code));
}

}  // namespace resmon::sign_on
