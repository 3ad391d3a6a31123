#include "cli/findings.hpp"

#include "cli/terminal.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace resmon::cli {

void Findings::add(std::string_view grade, std::string_view key, const std::vector<TextArgument>& arguments) {
    findings_.push_back(
        {std::string{grade}, std::string{key.substr(key.find('.') + 1)}, program_text(key, language_, arguments)});
}

bool Findings::damaged() const {
    return std::ranges::any_of(findings_, [](const Finding& one) { return one.grade == "damage"; });
}

std::string Findings::as_text() const {
    std::vector<std::vector<std::string>> rows;
    for (const Finding& one : findings_) rows.push_back({program_text("doctor." + one.grade, language_), one.text});
    return text_table({{""}, {""}}, rows);
}

std::string Findings::as_json() const {
    nlohmann::ordered_json json = {{"damaged", damaged()}, {"findings", nlohmann::ordered_json::array()}};
    for (const Finding& one : findings_)
        json["findings"].push_back({{"grade", one.grade}, {"check", one.check}, {"text", one.text}});
    return json.dump() + "\n";
}

}  // namespace resmon::cli
