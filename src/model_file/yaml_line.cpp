#include "model_file/yaml_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace resmon::model_file {

namespace {

bool is_letter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

}  // namespace

std::string in_quotes(std::string_view text) {
    std::string quoted = "\"";
    for (const char character : text) {
        if (character == '"' || character == '\\') quoted += '\\';
        if (static_cast<unsigned char>(character) < 0x20)
            quoted += fmt::format("\\x{:02x}", static_cast<unsigned>(character));
        else
            quoted += character;
    }
    return quoted + "\"";
}

std::string yaml_name(std::string_view text) {
    constexpr std::array<std::string_view, 6> words{"true", "false", "null", "nan", "inf", "infinity"};
    const auto is_plain = [](char character) {
        return is_letter(character) || (character >= '0' && character <= '9') || character == '-' || character == '_' ||
               character == '/' || character == '.';
    };
    std::string low{text};
    std::ranges::transform(low, low.begin(), [](char character) {
        return character >= 'A' && character <= 'Z' ? static_cast<char>(character + ('a' - 'A')) : character;
    });
    const bool is_safe = !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, is_plain) &&
                         std::ranges::find(words, low) == words.end();
    return is_safe ? std::string{text} : in_quotes(text);
}

YamlLine& YamlLine::value(std::string_view key, std::string_view text) {
    entries_ += fmt::format("{}{}: {}", entries_.empty() ? "" : ", ", key, text);
    return *this;
}

YamlLine& YamlLine::name(std::string_view key, std::string_view name) { return value(key, yaml_name(name)); }

YamlLine& YamlLine::number(std::string_view key, double number) { return value(key, fmt::format("{}", number)); }

YamlLine& YamlLine::list(std::string_view key, const std::vector<std::string>& items, Empty if_empty) {
    if (items.empty() && if_empty == Empty::left_out) return *this;
    return value(key, fmt::format("[{}]", fmt::join(items, ", ")));
}

}  // namespace resmon::model_file
