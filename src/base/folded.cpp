#include "base/folded.hpp"

#include <array>
#include <utility>

namespace resmon {

std::string folded(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> letters{
        {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "ae"}, {"Ö", "oe"}, {"Ü", "ue"}, {"ß", "ss"}}};
    std::string plain;
    while (!text.empty()) {
        const auto* letter = letters.begin();
        while (letter != letters.end() && !text.starts_with(letter->first)) ++letter;
        if (letter != letters.end()) {
            plain += letter->second;
            text.remove_prefix(letter->first.size());
            continue;
        }
        plain += text[0] >= 'A' && text[0] <= 'Z' ? static_cast<char>(text[0] - 'A' + 'a') : text[0];
        text.remove_prefix(1);
    }
    return plain;
}

}  // namespace resmon
