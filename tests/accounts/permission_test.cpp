// Who may do what, restated by hand from the requirements: roles of an organisation against its own things and others'.
#include "accounts/permission.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include <map>
#include <set>
#include <string>

namespace resmon::accounts {
namespace {

using enum Action;
using enum Role;

const OrganisationId here{"059580032000"};
const OrganisationId elsewhere{"059580004000"};
const OrganisationId office{"koordinierung"};
const PersonId me{"me"};

Principal with(Role role, const OrganisationId& organisation) {
    return {.kind = Principal::Kind::person, .person = me, .memberships = {{organisation, role, {}}}};
}

/// What each role may do with things of its own organisation. What is not listed is forbidden.
const std::map<Role, std::set<Action>> with_own{
    {organisation_administrator,
     {read_runs, start_run, end_run, compute_forecast, read_responses, answer_survey, finish_response, manage_response,
      read_profile, read_invitations, take_part, read_organisations, read_people, manage_people, read_sharing,
      change_sharing, read_audit}},
    {editor,
     {read_runs, start_run, end_run, compute_forecast, read_responses, answer_survey, finish_response, manage_response,
      read_profile, read_invitations, take_part, read_organisations, read_sharing}},
    {contributor, {read_organisations}},
    {viewer,
     {read_runs, compute_forecast, read_responses, read_profile, read_invitations, read_organisations, read_sharing}},
    {coordinator, {read_runs, start_run, end_run, compute_forecast, read_waves, manage_waves, read_organisations}},
    {researcher, {read_waves, manage_waves, read_organisations}},
    {auditor, {read_organisations, read_sharing, read_audit}},
    {installation_administrator, {}},
};

/// What a role of the whole installation may do, no matter with whose things: nobody's weaknesses are among it.
const std::map<Role, std::set<Action>> of_installation{
    {installation_administrator,
     {read_organisations, manage_organisations, read_people, manage_people, read_operation, manage_operation}},
    {auditor, {read_audit}},
    {organisation_administrator, {}},
    {editor, {}},
    {contributor, {}},
    {viewer, {}},
    {coordinator, {}},
    {researcher, {}},
};

const std::set<Action> of_everybody{read_health, read_metrics, use_session};
const std::set<Action> of_whoever_signed_in{read_catalogue, read_permissions};
const std::set<Action> of_oneself{read_own_account, change_own_account};

bool expected(const std::map<Role, std::set<Action>>& table, Role role, Action action) {
    return of_everybody.contains(action) || of_whoever_signed_in.contains(action) || table.at(role).contains(action);
}

TEST(Permission, IsWhatTheRequirementsSayForEveryRoleActionAndOrganisation) {
    int combinations = 0;
    for (int number = 0; number < role_count; ++number)
        for (int one = 0; one < action_count; ++one) {
            const Role role = static_cast<Role>(number);
            const Action action = static_cast<Action>(one);
            const std::string what = std::string{to_string(role)} + " " + std::string{to_string(action)};
            EXPECT_EQ(may(with(role, here), action, {.organisation = here}), expected(with_own, role, action))
                << what << " with own";
            EXPECT_EQ(may(with(role, here), action, {.organisation = elsewhere}),
                      of_everybody.contains(action) || of_whoever_signed_in.contains(action))
                << what << " with others'";
            for (const OrganisationId& whose : {here, elsewhere, OrganisationId{}})
                EXPECT_EQ(may(with(role, {}), action, {.organisation = whose}), expected(of_installation, role, action))
                    << what << " of the installation";
            combinations += 5;
        }
    RecordProperty("combinations", combinations);
    EXPECT_EQ(combinations, 8 * action_count * 5);
}

TEST(Permission, OfNobodyIsTheSignInPageAndNoMore) {
    const Principal nobody;
    for (int one = 0; one < action_count; ++one) {
        const Action action = static_cast<Action>(one);
        const Refusal reason = refusal(nobody, action, {.organisation = here});
        EXPECT_EQ(reason, of_everybody.contains(action) ? Refusal::none : Refusal::sign_in_first) << to_string(action);
    }
}

TEST(Permission, OnAnAccountIsForItsOwner) {
    for (const Action action : of_oneself) {
        EXPECT_TRUE(may(with(viewer, here), action, {.person = me}));
        EXPECT_EQ(refusal(with(installation_administrator, {}), action, {.person = {"somebody-else"}}),
                  Refusal::not_yours);
    }
}

TEST(Permission, OfACoordinatorEndsAtMembersThatShare) {
    Principal who = with(coordinator, office);
    who.memberships[0].members = {here};
    EXPECT_FALSE(may(who, read_runs, {.organisation = here})) << "a member that shares nothing";
    EXPECT_TRUE(may(who, read_runs, {.organisation = here, .shared_with = {office}}));
    EXPECT_FALSE(may(who, read_runs, {.organisation = elsewhere, .shared_with = {office}})) << "no member";
    EXPECT_FALSE(may(who, end_run, {.organisation = here, .shared_with = {office}})) << "sharing is for reading";
}

TEST(Permission, OfAViewerReachesWhatIsSharedWithTheOrganisation) {
    EXPECT_TRUE(may(with(viewer, here), read_runs, {.organisation = elsewhere, .shared_with = {here}}));
    EXPECT_FALSE(may(with(editor, here), change_sharing, {.organisation = elsewhere, .shared_with = {here}}));
}

TEST(Permission, OfAContributorIsWhatIsAssigned) {
    EXPECT_TRUE(may(with(contributor, here), read_runs, {.organisation = here, .assigned_to = {me}}));
    EXPECT_FALSE(may(with(contributor, here), read_runs, {.organisation = here, .assigned_to = {{"other"}}}));
    EXPECT_TRUE(may(with(contributor, here), answer_survey, {.organisation = here, .assigned_to = {me}}));
    EXPECT_FALSE(may(with(contributor, here), answer_survey, {.organisation = elsewhere, .assigned_to = {me}}));
}

TEST(Permission, OfATokenIsItsScopeAndNeverMoreThanItsPerson) {
    Principal script = with(editor, here);
    script.kind = Principal::Kind::token;
    EXPECT_EQ(refusal(script, read_runs, {.organisation = here}), Refusal::outside_scope);
    script.scope = {read_runs, manage_people};
    EXPECT_TRUE(may(script, read_runs, {.organisation = here}));
    EXPECT_EQ(refusal(script, manage_people, {.organisation = here}), Refusal::no_role);
    EXPECT_TRUE(may(script, read_health, {})) << "what everybody may needs no scope";
}

TEST(Permission, OfALinkIsItsOneObject) {
    const Principal holder{.kind = Principal::Kind::link, .link = "7"};
    const std::set<Action> of_links{read_runs,    read_responses,   answer_survey, finish_response,
                                    read_profile, read_invitations, take_part};
    for (int one = 0; one < action_count; ++one) {
        const Action action = static_cast<Action>(one);
        const bool is_open = of_everybody.contains(action);
        EXPECT_EQ(may(holder, action, {.organisation = here, .link = "7"}), is_open || of_links.contains(action))
            << to_string(action);
        EXPECT_EQ(may(holder, action, {.organisation = here, .link = "8"}), is_open) << to_string(action);
        EXPECT_EQ(may(holder, action, {.organisation = here}), is_open) << "no link opens what has none";
    }
}

TEST(Permission, EveryActionHasARule) {
    for (int one = 0; one < action_count; ++one) {
        const Action action = static_cast<Action>(one);
        const bool has_rule = std::ranges::any_of(rules(), [&](const Rule& rule) { return rule.action == action; });
        EXPECT_TRUE(has_rule) << to_string(action);
    }
}

}  // namespace
}  // namespace resmon::accounts
