#include "exchange/lss_wording.hpp"

#include "exchange/plain_text.hpp"

namespace resmon::exchange {

std::map<std::string, Text> LssWording::collected(const std::vector<WordingPlace>& places) {
    std::map<std::string, Text> texts;
    std::map<std::string, std::string> stand_ins;
    for (const WordingPlace& place : places) {
        const auto table = tables_.find(place.table);
        if (table == tables_.end()) continue;
        for (const LssRow& row : table->second) {
            const std::string& html = row.at(place.text);
            const std::string& language = row.at(place.language);
            if (html.empty() || language.empty()) continue;
            const std::string& id = row.at(place.of);
            if (shows_more_than_text(html)) illustrated_.insert(place.table + " " + id);
            const bool is_german = language == "de" || language.starts_with("de-");
            const bool is_english = language == "en" || language.starts_with("en-");
            if (!is_german && !is_english) others_.insert(language);
            std::string& text = is_german ? texts[id].de : is_english ? texts[id].en : stand_ins[id];
            if (text.empty()) text = plain_text(html);
        }
    }
    for (auto& [id, text] : stand_ins)
        if (Text& found = texts[id]; found.de.empty() && found.en.empty()) found = {text, text};
    return texts;
}

}  // namespace resmon::exchange
