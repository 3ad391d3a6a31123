#include "accounts/permission.hpp"

#include "base/error.hpp"
#include "base/word.hpp"

#include <algorithm>
#include <array>

namespace resmon::accounts {

namespace {

using enum Action;
using enum Role;
using Who = Rule::Who;

constexpr Rule everybody(Action action) { return {.action = action, .who = Who::everybody}; }
constexpr Rule signed_in(Action action, Relation relation = Relation::any) {
    return {.action = action, .who = Who::signed_in, .relation = relation};
}
constexpr Rule rule(Action action, Role role, Relation relation) {
    return {.action = action, .role = role, .relation = relation};
}

constexpr std::array table{
    everybody(read_health),
    everybody(read_metrics),  // to loopback alone: server/health_api.cpp
    everybody(use_session),
    signed_in(read_catalogue),
    signed_in(read_permissions),
    signed_in(read_own_account, Relation::self),
    signed_in(change_own_account, Relation::self),

    // Forecasts tell where a body is weak: its own people, and those with whom it shares them.
    rule(read_runs, organisation_administrator, Relation::own),
    rule(read_runs, editor, Relation::own),
    rule(read_runs, viewer, Relation::own),
    rule(read_runs, viewer, Relation::shared),
    rule(read_runs, contributor, Relation::assigned),
    rule(read_runs, coordinator, Relation::own),
    rule(read_runs, coordinator, Relation::coordinated),
    Rule{.action = read_runs, .who = Who::link},
    rule(start_run, organisation_administrator, Relation::own),
    rule(start_run, editor, Relation::own),
    rule(start_run, coordinator, Relation::own),
    rule(end_run, organisation_administrator, Relation::own),
    rule(end_run, editor, Relation::own),
    rule(end_run, coordinator, Relation::own),
    rule(compute_forecast, organisation_administrator, Relation::own),
    rule(compute_forecast, editor, Relation::own),
    rule(compute_forecast, viewer, Relation::own),
    rule(compute_forecast, coordinator, Relation::own),

    // Answers are the list of weaknesses itself. Whoever coordinates sees what was shared, and asks for the rest.
    rule(read_responses, organisation_administrator, Relation::own),
    rule(read_responses, editor, Relation::own),
    rule(read_responses, viewer, Relation::own),
    rule(read_responses, viewer, Relation::shared),
    rule(read_responses, coordinator, Relation::coordinated),
    // Contributors and holders of links see a part; the survey says which, and what of it they may do.
    rule(read_responses, contributor, Relation::assigned),
    Rule{.action = read_responses, .who = Who::link},
    rule(answer_survey, organisation_administrator, Relation::own),
    rule(answer_survey, editor, Relation::own),
    rule(answer_survey, contributor, Relation::assigned),
    Rule{.action = answer_survey, .who = Who::link},
    rule(finish_response, organisation_administrator, Relation::own),
    rule(finish_response, editor, Relation::own),
    Rule{.action = finish_response, .who = Who::link},
    rule(manage_response, organisation_administrator, Relation::own),
    rule(manage_response, editor, Relation::own),
    rule(read_profile, organisation_administrator, Relation::own),
    rule(read_profile, editor, Relation::own),
    rule(read_profile, viewer, Relation::own),
    rule(read_profile, viewer, Relation::shared),
    rule(read_profile, coordinator, Relation::coordinated),
    Rule{.action = read_profile, .who = Who::link},

    // Whoever runs a wave sees who has handed in; for what they wrote there is no rule here (docs/decisions/0025).
    rule(read_waves, coordinator, Relation::own),
    rule(read_waves, researcher, Relation::own),
    rule(manage_waves, coordinator, Relation::own),
    rule(manage_waves, researcher, Relation::own),
    rule(read_invitations, organisation_administrator, Relation::own),
    rule(read_invitations, editor, Relation::own),
    rule(read_invitations, viewer, Relation::own),
    Rule{.action = read_invitations, .who = Who::link},
    rule(take_part, organisation_administrator, Relation::own),
    rule(take_part, editor, Relation::own),
    Rule{.action = take_part, .who = Who::link},

    rule(read_organisations, installation_administrator, Relation::any),
    rule(read_organisations, organisation_administrator, Relation::own),
    rule(read_organisations, editor, Relation::own),
    rule(read_organisations, contributor, Relation::own),
    rule(read_organisations, viewer, Relation::own),
    rule(read_organisations, coordinator, Relation::own),
    rule(read_organisations, researcher, Relation::own),
    rule(read_organisations, auditor, Relation::own),
    rule(manage_organisations, installation_administrator, Relation::any),
    rule(read_people, installation_administrator, Relation::any),
    rule(read_people, organisation_administrator, Relation::own),
    rule(manage_people, installation_administrator, Relation::any),
    rule(manage_people, organisation_administrator, Relation::own),

    // What a body shares is the body's decision: nobody above it can make it.
    rule(read_sharing, organisation_administrator, Relation::own),
    rule(read_sharing, editor, Relation::own),
    rule(read_sharing, viewer, Relation::own),
    rule(read_sharing, auditor, Relation::own),
    rule(change_sharing, organisation_administrator, Relation::own),

    rule(read_audit, auditor, Relation::any),
    rule(read_audit, auditor, Relation::own),
    rule(read_audit, organisation_administrator, Relation::own),
    rule(read_operation, installation_administrator, Relation::any),
    rule(manage_operation, installation_administrator, Relation::any),
};

bool has_signed_in(const Principal& who) {
    return who.kind == Principal::Kind::person || who.kind == Principal::Kind::token;
}

/// A role of the whole installation holds everywhere; any other only through its organisation.
bool stands(const Principal& who, const Membership& membership, Relation relation, const Object& object) {
    switch (relation) {
        case Relation::any: return membership.organisation.value.empty();
        case Relation::own:
            return !membership.organisation.value.empty() && membership.organisation == object.organisation;
        case Relation::coordinated:
            return membership.members.contains(object.organisation) &&
                   object.shared_with.contains(membership.organisation);
        case Relation::shared:
            return !membership.organisation.value.empty() && object.shared_with.contains(membership.organisation);
        case Relation::assigned:
            return !membership.organisation.value.empty() && membership.organisation == object.organisation &&
                   object.assigned_to.contains(who.person);
        case Relation::self: return object.person == who.person;
    }
    return false;
}

bool allows(const Rule& rule, const Principal& who, const Object& object) {
    switch (rule.who) {
        case Who::everybody: return true;
        case Who::signed_in:
            return has_signed_in(who) && (rule.relation != Relation::self || object.person == who.person);
        case Who::link: return who.kind == Principal::Kind::link && !object.link.empty() && object.link == who.link;
        case Who::role:
            return has_signed_in(who) && std::ranges::any_of(who.memberships, [&](const Membership& membership) {
                       return membership.role == rule.role && stands(who, membership, rule.relation, object);
                   });
    }
    return false;
}

void refuse(Refusal reason) {
    using enum Forbidden::Why;
    switch (reason) {
        case Refusal::none: return;
        case Refusal::sign_in_first: throw Forbidden{"sign in first", sign_in_first};
        case Refusal::outside_scope: throw Forbidden{"the token is not for this", no_right};
        case Refusal::no_role: throw Forbidden{"none of your roles allows this", no_right};
        case Refusal::not_yours: throw Forbidden{"this belongs to others", not_yours};
    }
}

/// What a token may do besides: only what it was made for. What everybody may do needs no scope.
bool is_in_scope(const Principal& who, Action action) {
    const bool is_open = std::ranges::any_of(
        table, [&](const Rule& rule) { return rule.action == action && rule.who == Who::everybody; });
    return who.kind != Principal::Kind::token || is_open || who.scope.contains(action);
}

Refusal allowed_in_scope(const Principal& who, Action action) {
    return is_in_scope(who, action) ? Refusal::none : Refusal::outside_scope;
}

/// Whether the rule could allow something to this person at all.
bool fits(const Rule& rule, const Principal& who) {
    switch (rule.who) {
        case Who::everybody: return true;
        case Who::signed_in: return has_signed_in(who);
        case Who::link: return who.kind == Principal::Kind::link;
        case Who::role:
            return has_signed_in(who) && std::ranges::any_of(who.memberships, [&](const Membership& one) {
                       return one.role == rule.role &&
                              one.organisation.value.empty() == (rule.relation == Relation::any);
                   });
    }
    return false;
}

}  // namespace

std::string_view to_string(Relation relation) {
    constexpr std::array<std::string_view, 6> words{"any", "own", "coordinated", "shared", "assigned", "self"};
    return word_of(words, relation);
}

std::span<const Rule> rules() { return table; }

Refusal refusal(const Principal& who, Action action) {
    // This machine alone, one person: there is nobody to hide anything from.
    if (who.kind == Principal::Kind::local) return Refusal::none;
    const bool fits_one =
        std::ranges::any_of(table, [&](const Rule& rule) { return rule.action == action && fits(rule, who); });
    if (fits_one) return allowed_in_scope(who, action);
    return has_signed_in(who) ? Refusal::no_role : Refusal::sign_in_first;
}

Refusal refusal(const Principal& who, Action action, const Object& object) {
    const Refusal anywhere = refusal(who, action);
    if (anywhere != Refusal::none || who.kind == Principal::Kind::local) return anywhere;
    const bool is_allowed = std::ranges::any_of(
        table, [&](const Rule& rule) { return rule.action == action && allows(rule, who, object); });
    return is_allowed ? Refusal::none : Refusal::not_yours;
}

void require(const Principal& who, Action action, const Object& object) { refuse(refusal(who, action, object)); }

void require(const Principal& who, Action action) { refuse(refusal(who, action)); }

Reach reach(const Principal& who, Action action) {
    Reach found;
    found.everything = who.kind == Principal::Kind::local;
    if (!has_signed_in(who) || !is_in_scope(who, action)) return found;
    for (const Rule& rule : table) {
        if (rule.action != action) continue;
        if (rule.who == Who::signed_in && rule.relation == Relation::any) found.everything = true;
        if (rule.who != Who::role) continue;
        for (const Membership& membership : who.memberships) {
            if (membership.role != rule.role) continue;
            const bool is_of_installation = membership.organisation.value.empty();
            if (rule.relation == Relation::any && is_of_installation) found.everything = true;
            if (is_of_installation) continue;
            if (rule.relation == Relation::own) found.organisations.insert(membership.organisation);
            if (rule.relation == Relation::shared) found.shared_with.insert(membership.organisation);
            if (rule.relation == Relation::coordinated) found.offices.insert(membership.organisation);
            if (rule.relation == Relation::assigned) found.assigned_in.insert(membership.organisation);
        }
    }
    return found;
}

OrganisationId home_of(const Principal& who, Action action) {
    if (who.kind == Principal::Kind::local) return {};
    require(who, action);
    const Reach found = reach(who, action);
    if (found.organisations.empty())
        throw Forbidden{"none of your organisations may own this", Forbidden::Why::no_right};
    return *found.organisations.begin();
}

}  // namespace resmon::accounts
