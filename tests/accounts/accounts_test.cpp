// Organisations, people and sharing on both engines; lists hold exactly what the rules allow.
#include "accounts/accounts.hpp"

#include "accounts/accounts_store.hpp"
#include "base/error.hpp"
#include "support/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace resmon::accounts {
namespace {

using storage::Engine;

const Principal at_the_machine{.kind = Principal::Kind::local};

class AccountsOn : public testing::TestWithParam<Engine> {
protected:
    AccountsOn() {
        for (const char* town : {"north", "south", "west"})
            accounts_.add_organisation(at_the_machine,
                                       {.id = {town}, .kind = OrganisationKind::provider, .name = town});
        accounts_.add_organisation(at_the_machine,
                                   {.id = {"office"}, .kind = OrganisationKind::coordination_office, .name = "office"});
    }

    PersonId add(const std::string& login, const std::vector<Membership>& memberships) {
        const PersonId id{login};
        database_.write([&](soci::session& sql) {
            (void)insert_person(sql, {.id = id, .login = login, .name = login}, "2026-11-24T12:00:00Z");
            for (const Membership& membership : memberships) insert_membership(sql, id, membership);
        });
        return id;
    }
    static Principal as(const std::string& person, const Membership& membership) {
        return {.kind = Principal::Kind::person, .person = {person}, .memberships = {membership}};
    }

    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
    AuditTrail audit_{database_, "rathaus", [] { return instant_from("2026-11-24T12:00:00Z"); }};
    Accounts accounts_{database_, audit_,
                       [](const std::string& key, OrganisationKind kind) {
                           return key == "059580032000" && kind == OrganisationKind::municipality;
                       },
                       [] { return instant_from("2026-11-24T12:00:00Z"); }};
};

TEST_P(AccountsOn, AMunicipalityHasTheKeyOfItsBody) {
    const auto add_town = [&](const char* id) {
        accounts_.add_organisation(at_the_machine, {.id = {id}, .name = "Meschede"});
    };
    EXPECT_THAT([&] { add_town("meschede"); },
                testing::ThrowsMessage<InputError>(
                    "/id: must be the key of a municipality of the register (12 digits), is meschede"));
    add_town("059580032000");
    EXPECT_THROW(add_town("059580032000"), Conflict);
}

TEST_P(AccountsOn, TheLastAdministratorStays) {
    const Membership administration{{}, Role::installation_administrator, {}};
    const PersonId bea = add("bea", {administration});
    EXPECT_THROW(accounts_.disable(at_the_machine, bea), Conflict);
    EXPECT_THROW(accounts_.take_role(at_the_machine, bea, administration), Conflict);
    EXPECT_THROW(accounts_.erase(at_the_machine, bea, "bea"), Conflict);
    add("ben", {administration});
    accounts_.disable(at_the_machine, bea);
    EXPECT_THROW(accounts_.disable(at_the_machine, {"ben"}), Conflict) << "a closed account administers nothing";
}

TEST_P(AccountsOn, WhoManagesOneOrganisationDoesNotTouchAnAccountThatIsAlsoElsewhere) {
    const PersonId both = add("both", {{{"north"}, Role::editor, {}}, {{"south"}, Role::editor, {}}});
    const Principal north = as("vera", {{"north"}, Role::organisation_administrator, {}});
    EXPECT_EQ(accounts_.person(north, both).login, "both") << "they see each other";
    EXPECT_THROW(accounts_.disable(north, both), Forbidden);
    EXPECT_THROW(accounts_.give_role(north, both, {{"south"}, Role::viewer, {}}), Forbidden);
    EXPECT_THROW(accounts_.give_role(north, both, {{}, Role::installation_administrator, {}}), Forbidden);
    accounts_.take_role(north, both, {{"north"}, Role::editor, {}});
    EXPECT_THROW((void)accounts_.person(north, both), NotFound) << "no longer one of theirs";
}

TEST_P(AccountsOn, AnErasedPersonLeavesATombstoneAndAnIntactTrail) {
    const PersonId vera = add("vera", {{{"north"}, Role::editor, {}}});
    audit_.note({.kind = Principal::Kind::person, .person = vera, .address = "192.0.2.7"},
                {"read-run", "north", "run"});
    EXPECT_THROW(accounts_.erase(at_the_machine, vera, "another"), Conflict);
    accounts_.erase(at_the_machine, vera, "VERA");
    EXPECT_THROW((void)accounts_.person(at_the_machine, vera), NotFound);
    EXPECT_EQ(audit_.verify().broken, std::nullopt);
    for (const AuditEntry& entry : audit_.entries(at_the_machine, {.limit = 100}))
        EXPECT_NE(entry.content.address, "192.0.2.7");
    EXPECT_EQ(add("vera", {}).value, "vera") << "the login is free again";
}

TEST_P(AccountsOn, SharingIsTheOwnersDecisionAndCanBeWithdrawn) {
    const Principal north = as("vera", {{"north"}, Role::organisation_administrator, {}});
    const Principal administrator = as("bea", {{}, Role::installation_administrator, {}});
    EXPECT_THROW(accounts_.share(administrator, {"north"}, Shareable::profile, {"office"}), Forbidden);
    accounts_.share(north, {"north"}, Shareable::profile, {"office"});
    ASSERT_EQ(accounts_.sharing(north, {"north"}).size(), 1U);
    accounts_.withdraw(north, {"north"}, Shareable::profile, {"office"});
    EXPECT_TRUE(accounts_.sharing(north, {"north"}).empty());
    EXPECT_THROW(accounts_.share(north, {"north"}, Shareable::profile, {"nowhere"}), NotFound);
}

TEST_P(AccountsOn, ABodySeesWhoLooked) {
    add("kai", {{{"office"}, Role::coordinator, {}}});
    add("vera", {{{"north"}, Role::editor, {}}});
    audit_.note({.kind = Principal::Kind::person, .person = {"kai"}}, {"read-run", "north", "run 7"});
    audit_.note({.kind = Principal::Kind::person, .person = {"vera"}}, {"read-run", "north", "run 8"});
    audit_.note({.kind = Principal::Kind::person, .person = {"kai"}}, {"read-run", "south", "run 9"});
    const auto readers = accounts_.readers(as("vera", {{"north"}, Role::editor, {}}), {"north"});
    ASSERT_EQ(readers.size(), 1U) << "others who looked at theirs";
    EXPECT_EQ(readers[0].person_name, "kai");
    EXPECT_EQ(readers[0].organisation_name, "office");
    EXPECT_EQ(readers[0].entry.content.object, "run 7");
}

TEST_P(AccountsOn, AListHoldsExactlyWhatTheRulesAllow) {
    const std::vector<OrganisationId> everywhere{{""}, {"north"}, {"south"}, {"west"}, {"office"}};
    std::vector<Person> all;
    for (int number = 0; number < 12; ++number) {
        std::vector<Membership> memberships{{everywhere[static_cast<std::size_t>(number) % 5], Role::viewer, {}}};
        if (number % 3 == 0)
            memberships.push_back({everywhere[static_cast<std::size_t>(number / 3 + 1)], Role::editor, {}});
        const std::string login = "person-" + std::to_string(number);
        all.push_back({.id = add(login, memberships), .login = login, .name = login, .memberships = memberships});
    }
    rc::check("people and organisations", [&] {
        Principal who{.kind = Principal::Kind::person, .person = {"somebody"}};
        const int roles = *rc::gen::inRange(0, 4);
        for (int one = 0; one < roles; ++one)
            who.memberships.push_back({everywhere[static_cast<std::size_t>(*rc::gen::inRange(0, 5))],
                                       static_cast<Role>(*rc::gen::inRange(0, role_count)),
                                       {}});
        std::set<std::string> allowed;
        for (const Person& person : all)
            for (const Membership& membership : person.memberships)
                if (may(who, Action::read_people, {.organisation = membership.organisation}))
                    allowed.insert(person.id.value);
        std::set<std::string> listed;
        for (const Person& person : accounts_.people(who)) listed.insert(person.id.value);
        RC_ASSERT(listed == allowed);

        std::set<std::string> seen;
        for (const Organisation& one : accounts_.organisations(who)) seen.insert(one.id.value);
        for (const OrganisationId& one : everywhere)
            if (!one.value.empty())
                RC_ASSERT(seen.contains(one.value) == may(who, Action::read_organisations, {.organisation = one}));
    });
}

INSTANTIATE_TEST_SUITE_P(On, AccountsOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::accounts
