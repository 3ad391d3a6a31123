#include "sign_on/retention.hpp"

#include "sign_on/sign_on_store.hpp"

#include <fmt/format.h>

namespace resmon::sign_on {

namespace {

std::vector<RetentionRule> rules_of(const Retention& retention) {
    return {{"sessions", retention.sessions},
            {"sign-in-tries", retention.sign_in_tries},
            {"links", retention.links},
            {"audit", retention.audit}};
}

}  // namespace

std::vector<RetentionRule> due_rows(accounts::Accounts& accounts, const Retention& retention, const Principal& who) {
    accounts::require(who, Action::read_operation, {});
    std::vector<RetentionRule> rules;
    accounts.database().read([&](soci::session& sql) {
        rules = rules_of(retention);
        for (RetentionRule& rule : rules)
            if (rule.days > 0) rule.rows = count_due(sql, rule.what, accounts.now() - std::chrono::days{rule.days});
    });
    return rules;
}

std::vector<RetentionRule> remove_due_rows(accounts::Accounts& accounts, const Retention& retention,
                                           const Principal& who) {
    accounts::require(who, Action::manage_operation, {});
    std::vector<RetentionRule> rules;
    accounts.database().write([&](soci::session& sql) {
        rules = rules_of(retention);
        std::string detail;
        for (RetentionRule& rule : rules) {
            if (rule.days > 0) rule.rows = remove_due(sql, rule.what, accounts.now() - std::chrono::days{rule.days});
            detail += fmt::format("{}{} {}", detail.empty() ? "" : ", ", rule.rows, rule.what);
        }
        accounts.audit().append(sql, who, {"retention-run", "", "", detail});
    });
    return rules;
}

}  // namespace resmon::sign_on
