#include "cli/settings_json.hpp"

#include <nlohmann/json.hpp>

namespace resmon::cli {

std::string settings_to_text(const std::vector<ToldSetting>& settings) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const ToldSetting& setting : settings) {
        const std::string help = "help." + (setting.name == "catalogue" ? "catalogue-directory" : setting.name);
        list.push_back(
            {{"name", setting.name},
             {"value", setting.value},
             {"origin", setting.origin.empty() ? "default" : setting.origin},
             {"unit", setting.unit.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(setting.unit)},
             {"help_de", program_text(help, Language::german)},
             {"help_en", program_text(help, Language::english)}});
    }
    return nlohmann::ordered_json{{"settings", std::move(list)}}.dump();
}

}  // namespace resmon::cli
