#include "cli/settings.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>

namespace resmon::cli {

namespace {

constexpr std::array<Setting, 29> all{{{"data", ""},
                                       {"database", ""},
                                       {"key-file", ""},
                                       {"catalogue", ""},
                                       {"lang", ""},
                                       {"threads", ""},
                                       {"address", ""},
                                       {"port", ""},
                                       {"host", "", true},
                                       {"behind-proxy", "", true},
                                       {"tls-cert", ""},
                                       {"tls-key", ""},
                                       {"session-idle-minutes", "minutes"},
                                       {"session-hours", "hours"},
                                       {"second-factor-roles", "", true},
                                       {"device-days", "days"},
                                       {"retention-sessions-days", "days"},
                                       {"retention-sign-in-tries-days", "days"},
                                       {"retention-links-days", "days"},
                                       {"retention-audit-days", "days"},
                                       {"public-url", ""},
                                       {"smtp-url", ""},
                                       {"smtp-from", ""},
                                       {"smtp-user", ""},
                                       {"smtp-password-file", ""},
                                       {"smtp-ca", ""},
                                       {"log-format", ""},
                                       {"log-level", ""},
                                       {"backup-age-days", "days"}}};

/// Edits between two words (Levenshtein 1966): one row of the table at a time.
std::size_t distance(std::string_view one, std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t at = 0; at < one.size(); ++at) {
        std::size_t diagonal = row[0];
        row[0] = at + 1;
        for (std::size_t to = 0; to < other.size(); ++to) {
            const std::size_t replaced = diagonal + (one[at] == other[to] ? 0U : 1U);
            diagonal = row[to + 1];
            row[to + 1] = std::min({replaced, row[to] + 1, row[to + 1] + 1});
        }
    }
    return row.back();
}

Wording unknown(std::string_view name) {
    const auto nearest =
        std::ranges::min_element(all, {}, [&](const Setting& setting) { return distance(name, setting.name); });
    constexpr std::size_t furthest = 5;
    if (distance(name, nearest->name) > furthest) return worded("fault.setting.none");
    return worded("fault.setting.near", {{"near", nearest->name}});
}

std::optional<std::string> word_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return std::to_string(number->get());
    if (const auto* truth = node.as_boolean()) return truth->get() ? "true" : "false";
    return std::nullopt;
}

std::optional<std::vector<std::string>> words_of(const toml::node& node, const Setting& setting) {
    std::vector<std::string> words;
    const toml::array* list = node.as_array();
    if (list == nullptr || !setting.is_list) {
        const auto word = word_of(node);
        return word ? std::optional{std::vector{*word}} : std::nullopt;
    }
    for (const toml::node& item : *list) {
        const auto word = word_of(item);
        if (!word) return std::nullopt;
        words.push_back(*word);
    }
    return words;
}

toml::table table_in(const std::filesystem::path& file) {
    try {
        return toml::parse_file(file.string());
    } catch (const toml::parse_error& error) {
        throw InputError{{Fault{{.file = file.string(), .line = static_cast<int>(error.source().begin.line)},
                                std::string{error.description()}}}};
    }
}

}  // namespace

std::span<const Setting> settings() { return all; }

const Setting* find_setting(std::string_view name) {
    const auto found = std::ranges::find(all, name, &Setting::name);
    return found == all.end() ? nullptr : &*found;
}

std::string environment_name(const Setting& setting) {
    std::string name = "RESMON_";
    for (const char letter : setting.name)
        name += letter == '-' ? '_' : static_cast<char>(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
    return name;
}

std::map<std::string, SettingValue> settings_in(const std::filesystem::path& file) {
    std::map<std::string, SettingValue> found;
    std::vector<Fault> faults;
    for (const auto& [key, node] : table_in(file)) {
        const std::string name{key.str()};
        const Place place{.file = file.string(), .line = static_cast<int>(key.source().begin.line), .path = name};
        const Setting* setting = find_setting(name);
        if (setting == nullptr) {
            faults.push_back({place, unknown(name)});
            continue;
        }
        if (auto words = words_of(node, *setting))
            found[name] = {std::move(*words), fmt::format("file {}:{}", file.string(), place.line)};
        else
            faults.push_back({place, worded(setting->is_list ? "fault.setting.list" : "fault.setting.word")});
    }
    if (!faults.empty()) throw InputError{std::move(faults)};
    return found;
}

std::map<std::string, SettingValue> settings_of_environment() {
    std::map<std::string, SettingValue> found;
    for (const Setting& setting : all) {
        const std::string name = environment_name(setting);
        const char* value = std::getenv(name.c_str());
        if (value != nullptr && *value != '\0') found[std::string{setting.name}] = {{value}, "environment " + name};
    }
    return found;
}

std::optional<std::filesystem::path> settings_file(const std::filesystem::path& wished) {
    if (!wished.empty()) return wished;
    if (const char* named = std::getenv("RESMON_CONFIG"); named != nullptr && *named != '\0') return named;
    const std::filesystem::path usual{"/etc/resmon/resmon.toml"};
    return std::filesystem::exists(usual) ? std::optional{usual} : std::nullopt;
}

}  // namespace resmon::cli
