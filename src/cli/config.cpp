// resmon config: the settings in force, and where each comes from.
#include "cli/commands.hpp"
#include "cli/settings_json.hpp"
#include "cli/terminal.hpp"

namespace resmon::cli {

int show_config(const Options& options) {
    if (options.format == Format::json) {
        write_output(options, settings_to_text(options.told_settings) + "\n");
        return exit_done;
    }
    const auto text = [&](const char* key) { return program_text(key, options.language); };
    std::vector<std::vector<std::string>> rows;
    for (const ToldSetting& setting : options.told_settings)
        rows.push_back({setting.name, setting.value + (setting.unit.empty() ? "" : " " + setting.unit),
                        setting.origin.empty() ? text("config.default") : setting.origin});
    write_output(options, text_table({{text("config.name")}, {text("config.value")}, {text("config.origin")}}, rows));
    return exit_done;
}

int check_config(const Options& options) {
    write_output(options, program_text("config.in-order", options.language) + "\n");
    return exit_done;
}

}  // namespace resmon::cli
