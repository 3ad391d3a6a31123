#include "papers/short_text.hpp"

namespace resmon::papers {

std::string short_text(const std::string& text) {
    constexpr std::size_t most = 150;  // bytes
    if (text.size() <= most) return text;
    const std::size_t space = text.rfind(' ', most);
    if (space != std::string::npos && space > 0) return text.substr(0, space) + " …";
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // never inside a letter
    return text.substr(0, end) + "…";
}

}  // namespace resmon::papers
