// What cairo 1.16 leaves out of a tagged PDF: language, alternatives, headers of tables, decoration marked as such.
// Standard C++17: qpdf 11.3 cannot be read by clang as C++20 with the library of gcc 12 (src/CMakeLists.txt).
#pragma once

#include <string>
#include <vector>

namespace resmon::report {

/// What a paper says of itself and to those who do not see it.
struct PdfWords {
    std::string title;
    std::string author;
    std::string language;              ///< `de`
    std::string made;                  ///< UTC
    std::vector<std::string> figures;  ///< what each figure shows, in the order of reading
    std::vector<std::string> links;    ///< where each link leads
};

/// After ISO 14289-1 (PDF/UA-1), as far as it can be told from a document. The same bytes for the same input.
[[nodiscard]] std::string finished_pdf(const std::string& drawn, const PdfWords& words);

}  // namespace resmon::report
