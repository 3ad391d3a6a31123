// Who may do what: the one place that decides. A table of rules, and pure functions that read it.
#pragma once

#include "access/action.hpp"
#include "access/principal.hpp"

#include <set>
#include <span>
#include <string>
#include <string_view>

namespace resmon::accounts {

/// What something is done to. All empty: a thing of the installation, such as the catalogue.
struct Object {
    OrganisationId organisation = {};           ///< whose it is
    std::set<OrganisationId> shared_with = {};  ///< organisations that its owner lets see it
    std::set<PersonId> assigned_to = {};
    PersonId person = {};   ///< of an account: whose
    std::string link = {};  ///< the link that opens it; empty if none does
};

/// How the person must stand to the object.
enum class Relation {
    any,          ///< no matter whose: the role is one of the whole installation
    own,          ///< of the organisation in which the person has the role
    coordinated,  ///< of a member of the office in which the person has the role, and shared with that office
    shared,       ///< shared with the organisation in which the person has the role
    assigned,     ///< of the organisation in which the person has the role, and assigned to the person
    self,         ///< the person's own account
};

[[nodiscard]] std::string_view to_string(Relation relation);

struct Rule {
    enum class Who { everybody, signed_in, link, role };
    Action action;
    Who who = Who::role;
    Role role = Role::viewer;  ///< if `who` is a role
    Relation relation = Relation::any;
};

/// The whole table. What it does not allow is forbidden.
[[nodiscard]] std::span<const Rule> rules();

enum class Refusal {
    none,
    sign_in_first,
    outside_scope,  ///< of the token
    no_role,        ///< no role of the person allows this anywhere
    not_yours,      ///< a role allows it, but not for this object
};

/// Refusal::none if it is allowed, else the reason why not.
[[nodiscard]] Refusal refusal(const Principal& who, Action action, const Object& object);

/// As above before the object is known: whether it could be allowed for any.
[[nodiscard]] Refusal refusal(const Principal& who, Action action);

[[nodiscard]] inline bool may(const Principal& who, Action action, const Object& object) {
    return refusal(who, action, object) == Refusal::none;
}

/// Throw Forbidden with the reason if it is not allowed.
void require(const Principal& who, Action action, const Object& object);
void require(const Principal& who, Action action);

/// The objects for which `may` is true, as what a list can be filtered by in SQL (filter.hpp).
struct Reach {
    bool everything = false;
    std::set<OrganisationId> organisations;  ///< everything of theirs
    std::set<OrganisationId> shared_with;    ///< and what is shared with one of these
    std::set<OrganisationId> assigned_in;    ///< and what of theirs is assigned to the person
    std::set<OrganisationId> offices;        ///< and what of a member of one of these is shared with it
};

[[nodiscard]] Reach reach(const Principal& who, Action action);

/// Whose a new thing becomes if the person does not say: the first own organisation in which the action is allowed;
/// none (empty) on a machine without accounts. Throws Forbidden if there is no such organisation.
[[nodiscard]] OrganisationId home_of(const Principal& who, Action action);

}  // namespace resmon::accounts
