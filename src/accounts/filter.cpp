#include "accounts/filter.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace resmon::accounts {

namespace {

/// `(:reach0, :reach1)`, and the values to go with it.
std::string placeholders(const std::set<OrganisationId>& organisations, std::vector<std::string>& values) {
    std::vector<std::string> names;
    for (const OrganisationId& organisation : organisations) {
        names.push_back(fmt::format(":reach{}", values.size()));
        values.push_back(organisation.value);
    }
    return fmt::format("({})", fmt::join(names, ", "));
}

}  // namespace

Filter filter_of(const Reach& reach, const std::string& column, Shareable what) {
    if (reach.everything) return {"1 = 1", {}};
    Filter filter{"1 = 0", {}};
    const auto add = [&](const std::string& condition) { filter.condition += " OR " + condition; };
    if (!reach.organisations.empty()) add(column + " IN " + placeholders(reach.organisations, filter.values));
    if (!reach.shared_with.empty())
        add(
            fmt::format("EXISTS (SELECT 1 FROM sharing WHERE sharing.organisation = {} AND sharing.what = '{}' AND "
                        "sharing.shared_with IN {})",
                        column, to_string(what), placeholders(reach.shared_with, filter.values)));
    if (!reach.offices.empty())
        add(fmt::format(
            "EXISTS (SELECT 1 FROM sharing JOIN office_member ON office_member.office = sharing.shared_with AND "
            "office_member.member = sharing.organisation WHERE sharing.organisation = {} AND sharing.what = '{}' AND "
            "sharing.shared_with IN {})",
            column, to_string(what), placeholders(reach.offices, filter.values)));
    filter.condition = "(" + filter.condition + ")";
    return filter;
}

}  // namespace resmon::accounts
