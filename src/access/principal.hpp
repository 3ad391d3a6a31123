// Who asks: a person, a script for a person, the holder of a link, the one person of this machine, or nobody.
#pragma once

#include "access/action.hpp"
#include "base/quantity.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace resmon {

using OrganisationId = Id<struct OrganisationTag>;
using PersonId = Id<struct PersonTag>;

/// The part that a person plays in an organisation, or in the whole installation.
enum class Role {
    installation_administrator,  ///< people and organisations of the whole installation, but nobody's weaknesses
    organisation_administrator,
    editor,
    contributor,  ///< only what is assigned to them
    viewer,
    coordinator,  ///< of a coordination office: what its members shared
    researcher,   ///< aggregates
    auditor,      ///< the audit trail
};

inline constexpr int role_count = 8;

/// `installation-administrator`
[[nodiscard]] std::string_view to_string(Role role);
/// Throws InputError that lists the words.
[[nodiscard]] Role role_from(std::string_view word);

/// Organisation is empty for a role of the whole installation.
struct Membership {
    OrganisationId organisation;
    Role role = Role::viewer;
    std::set<OrganisationId> members = {};  ///< of a coordination office: the organisations that belong to it
    auto operator<=>(const Membership&) const = default;
};

struct Principal {
    enum class Kind {
        nobody,  ///< without account: the public
        local,   ///< the one person of a server that serves this machine alone
        person,
        token,  ///< a script for a person: never more than the person, and only its scope
        link,   ///< the holder of a link for one object
    };
    Kind kind = Kind::nobody;
    PersonId person;
    std::vector<Membership> memberships;
    std::set<Action> scope;  ///< of a token
    std::string link;        ///< of a link: its id
    std::string address;     ///< from where; empty on the command line
};

}  // namespace resmon
