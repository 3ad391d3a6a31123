// resmon permissions: the rules of who may do what, as a table that a data-protection officer can read.
#include "accounts/permission.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"

namespace resmon::cli {

namespace {

using accounts::Rule;

std::string who_of(const Rule& rule, const Options& options) {
    const auto text = [&](const char* key) { return program_text(key, options.language); };
    switch (rule.who) {
        case Rule::Who::everybody: return text("permissions.everybody");
        case Rule::Who::signed_in: return text("permissions.signed-in");
        case Rule::Who::link: return text("permissions.link");
        case Rule::Who::role: return program_text("role." + std::string{to_string(rule.role)}, options.language);
    }
    return {};
}

}  // namespace

int print_permissions(const Options& options) {
    const auto text = [&](const std::string& key) { return program_text(key, options.language); };
    std::vector<std::vector<std::string>> rows;
    for (const Rule& rule : accounts::rules())
        rows.push_back({text("action." + std::string{to_string(rule.action)}), who_of(rule, options),
                        text("relation." + std::string{to_string(rule.relation)}),
                        std::string{to_string(rule.action)}});
    write_output(options, text_table({{text("permissions.what")},
                                      {text("permissions.who")},
                                      {text("permissions.whose")},
                                      {text("permissions.name")}},
                                     rows));
    return exit_done;
}

}  // namespace resmon::cli
