// One mapping of a YAML file on one line: `{id: network, median: 4}`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace resmon::model_file {

enum class Empty { left_out, written };

class YamlLine {
public:
    /// As it stands.
    YamlLine& value(std::string_view key, std::string_view text);
    YamlLine& name(std::string_view key, std::string_view name);
    /// The shortest text that is read as the same number.
    YamlLine& number(std::string_view key, double number);
    /// Of values as they stand.
    YamlLine& list(std::string_view key, const std::vector<std::string>& items, Empty if_empty = Empty::left_out);

    [[nodiscard]] std::string text() const { return text_without_end() + "}"; }
    /// For a mapping that goes on.
    [[nodiscard]] std::string text_without_end() const { return "{" + entries_; }

private:
    std::string entries_;
};

/// In quotes unless it can only be read as that text.
[[nodiscard]] std::string yaml_name(std::string_view text);
[[nodiscard]] std::string in_quotes(std::string_view text);

}  // namespace resmon::model_file
