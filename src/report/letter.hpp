// Letters for window envelopes: one page each, with a link that a telephone can read too.
#pragma once

#include "report/document.hpp"

#include <string>
#include <vector>

namespace resmon::report {

struct Letter {
    std::vector<std::string> sender;   ///< name, street, town: the letter's head and the line above the address
    std::vector<std::string> address;  ///< 1 to 6 lines, as they stand in the window
    std::string date;                  ///< as it is printed
    std::string subject;
    std::vector<std::string> paragraphs;  ///< salutation first
    std::string link;                     ///< stands as QR code and as text; empty = none
    std::vector<std::string> closing;     ///< after the link: greeting, signature
};

/// What all letters of a file have in common.
struct LetterFile {
    std::string title;  ///< of the file
    Language language = Language::german;
    Instant made;
    Document::Origin origin = Document::Origin::real;
};

/// One page each, in their order. Pure; what does not fit is found when it is set (report/pdf.hpp).
[[nodiscard]] Document document_of(const LetterFile& file, const std::vector<Letter>& letters);

}  // namespace resmon::report
