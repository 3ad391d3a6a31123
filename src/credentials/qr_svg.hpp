// A text as QR code: an SVG picture without scripts and styles, dark on white in every colour scheme.
#pragma once

#include <string>
#include <string_view>

namespace resmon::sign_on {

/// Bytes of the text as they are, error correction M (15 %), quiet zone of four modules (ISO/IEC 18004). One module is
/// one unit of the view box; the page gives size and words. Throws InputError if the text is empty or does not fit
/// (2,331 bytes).
[[nodiscard]] std::string qr_svg(std::string_view text);

}  // namespace resmon::sign_on
