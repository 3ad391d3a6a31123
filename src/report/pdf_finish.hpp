// What cairo 1.16 leaves out of a tagged PDF: language, alternatives, headers of tables, decoration marked as such.
#pragma once

#include "report/canvas.hpp"

#include <string>

namespace resmon::report {

/// After ISO 14289-1 (PDF/UA-1), as far as it can be told from a document. The same bytes for the same input.
[[nodiscard]] std::string finished_pdf(const std::string& drawn, const Document& document,
                                       const Canvas::Alternatives& alternatives);

}  // namespace resmon::report
