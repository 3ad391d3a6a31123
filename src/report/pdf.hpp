// Papers as PDF: tagged for screen readers, with bookmarks, language and title, fonts embedded.
#pragma once

#include "report/document.hpp"

#include <string>

namespace resmon::report {

/// A4. The same document gives the same bytes, on every machine with the same libraries: only fonts built into the
/// program are used. From any thread; some 30 ms for two pages. Throws InputError for a section of one page that does
/// not fit, an address that does not fit its window, a QR code with too much text.
[[nodiscard]] std::string pdf(const Document& document);

}  // namespace resmon::report
