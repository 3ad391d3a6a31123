// What the doctor found, for people and for scripts.
#pragma once

#include "base/text.hpp"
#include "cli/options.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace resmon::cli {

class Findings {
public:
    explicit Findings(const Options& options) : language_{options.language} {}

    /// `key` names the text of the finding, in texts/program.*.json.
    void ok(std::string_view key, const std::vector<TextArgument>& arguments) { add("ok", key, arguments); }
    void hint(std::string_view key, const std::vector<TextArgument>& arguments) { add("hint", key, arguments); }
    void damage(std::string_view key, const std::vector<TextArgument>& arguments) { add("damage", key, arguments); }

    [[nodiscard]] bool damaged() const;
    [[nodiscard]] std::string as_text() const;
    /// `{"damaged": false, "findings": [{"grade": "ok", "check": "disk", "text": "…"}]}`
    [[nodiscard]] std::string as_json() const;

private:
    struct Finding {
        std::string grade;
        std::string check;
        std::string text;
    };
    void add(std::string_view grade, std::string_view key, const std::vector<TextArgument>& arguments);

    Language language_;
    std::vector<Finding> findings_;
};

}  // namespace resmon::cli
