// Settings of an installation: one list; each comes from the command line, the environment or a file, in this order.
#pragma once

#include "base/text.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::cli {

/// Its name is that of the command line's option; its text there is `help.setting.<name>`, else `help.<name>`.
struct Setting {
    std::string_view name;
    std::string_view unit;  ///< key of the unit's word; empty if it has none
    bool is_list = false;
};

[[nodiscard]] std::span<const Setting> settings();
[[nodiscard]] const Setting* find_setting(std::string_view name);

/// `RESMON_SESSION_IDLE_MINUTES`
[[nodiscard]] std::string environment_name(const Setting& setting);

/// Where a value comes from, and the value as words of the command line.
struct SettingValue {
    std::vector<std::string> values;
    std::string origin;  ///< `environment RESMON_PORT`, `file /etc/resmon/resmon.toml:7`
};

/// The settings of a TOML file. Throws InputError with every fault: file and line, an unknown name with the one that
/// was probably meant, a value that is no text, number, truth value or list of texts.
[[nodiscard]] std::map<std::string, SettingValue> settings_in(const std::filesystem::path& file);

/// Those that the environment holds.
[[nodiscard]] std::map<std::string, SettingValue> settings_of_environment();

/// `wished`, else $RESMON_CONFIG, else /etc/resmon/resmon.toml if it is there.
[[nodiscard]] std::optional<std::filesystem::path> settings_file(const std::filesystem::path& wished);

/// A setting as people are told about it; passwords within a value are left out.
struct ToldSetting {
    std::string name;
    std::string value;
    std::string origin;  ///< empty = the default
    std::string unit;
};

}  // namespace resmon::cli
