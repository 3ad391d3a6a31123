// Texts of any length on a paper of two pages.
#pragma once

#include <string>

namespace resmon::papers {

/// Cut between words, with "…", where it is longer than two or three lines: a catalogue of one's own may say more than
/// the shipped one.
[[nodiscard]] std::string short_text(const std::string& text);

}  // namespace resmon::papers
