// The list of runs in SQL and the rule for the single run say the same, on both engines, for any person.
#include "forecast/forecast.hpp"

#include "accounts/permission.hpp"
#include "base/error.hpp"
#include "support/database.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

namespace resmon::forecast {
namespace {

// Few, so that chance lets people, runs and offices meet.
const std::vector<std::string> organisations{"a", "b", "c", "office-1", "office-2"};

struct Town {
    std::map<OrganisationId, std::set<OrganisationId>> members;  ///< of each office
    std::map<OrganisationId, std::set<OrganisationId>> shared;   ///< forecasts of each, with whom
    std::vector<OrganisationId> runs;                            ///< whose; empty = made without accounts
    Principal who;
};

bool chance() { return *rc::gen::arbitrary<bool>(); }
OrganisationId any_organisation() { return {*rc::gen::elementOf(organisations)}; }

Principal any_principal(const Town& town) {
    using Kind = Principal::Kind;
    Principal who{.kind = *rc::gen::element(Kind::nobody, Kind::local, Kind::person, Kind::person, Kind::person,
                                            Kind::person, Kind::token, Kind::token, Kind::link),
                  .person = {"p"}};
    const int count = *rc::gen::inRange(1, 5);
    for (int number = 0; number < count; ++number) {
        Membership membership{any_organisation(), static_cast<Role>(*rc::gen::inRange(0, role_count)), {}};
        if (*rc::gen::inRange(0, 5) == 0) membership.organisation = {};
        const auto office = town.members.find(membership.organisation);
        if (membership.role == Role::coordinator && office != town.members.end()) membership.members = office->second;
        who.memberships.push_back(membership);
    }
    if (chance() || chance()) who.scope.insert(Action::read_runs);
    if (chance()) who.link = "run0";
    return who;
}

Town any_town() {
    Town town;
    for (const char* office : {"office-1", "office-2"})
        for (const char* member : {"a", "b", "c"})
            if (chance()) town.members[{office}].insert({member});
    for (const std::string& owner : organisations)
        for (const std::string& with : organisations)
            if (owner != with && *rc::gen::inRange(0, 4) == 0) town.shared[{owner}].insert({with});
    for (int run = *rc::gen::inRange(1, 9); run > 0; --run)
        town.runs.push_back(chance() || chance() ? any_organisation() : OrganisationId{});
    town.who = any_principal(town);
    return town;
}

void insert_organisations(soci::session& sql, const Town& town) {
    for (const std::string& id : organisations)
        sql << "INSERT INTO organisation (id, kind, name, body, created_at) VALUES (:id, 'provider', :name, '', '')",
            soci::use(id, "id"), soci::use(id, "name");
    for (const auto& [office, members] : town.members)
        for (const OrganisationId& member : members)
            sql << "INSERT INTO office_member (office, member) VALUES (:office, :member)",
                soci::use(office.value, "office"), soci::use(member.value, "member");
    for (const auto& [owner, partners] : town.shared)
        for (const OrganisationId& with : partners) {
            sql << "INSERT INTO sharing (organisation, what, shared_with, since) VALUES (:owner, 'forecasts', :with, "
                   "'')",
                soci::use(owner.value, "owner"), soci::use(with.value, "with");
            // Another thing shared the other way round lets nobody see forecasts.
            sql << "INSERT INTO sharing (organisation, what, shared_with, since) VALUES (:with, 'profile', :owner, '')",
                soci::use(with.value, "with"), soci::use(owner.value, "owner");
        }
}

void insert_runs(soci::session& sql, const Town& town) {
    for (std::size_t number = 0; number < town.runs.size(); ++number)
        (void)insert_run(sql,
                         {.id = {fmt::format("run{}", number)},
                          .organisation = town.runs[number],
                          .catalogue_hash = "hash",
                          .created_at = "2026-11-24T15:07:00Z"},
                         {{"model.yaml", ""}});
}

std::set<std::string> allowed_by_rule(const Town& town) {
    std::set<std::string> allowed;
    for (std::size_t number = 0; number < town.runs.size(); ++number) {
        const auto shared = town.shared.find(town.runs[number]);
        const accounts::Object object{
            .organisation = town.runs[number],
            .shared_with = shared == town.shared.end() ? std::set<OrganisationId>{} : shared->second};
        if (accounts::may(town.who, Action::read_runs, object)) allowed.insert(fmt::format("run{}", number));
    }
    return allowed;
}

class VisibleRunsOn : public testing::TestWithParam<storage::Engine> {
protected:
    /// The same database for every example: emptied before each.
    void fill(const Town& town) {
        database_.write([&](soci::session& sql) {
            for (const char* table : {"outage_run", "sharing", "office_member", "organisation"})
                sql << fmt::format("DELETE FROM {}", table);
            insert_organisations(sql, town);
            insert_runs(sql, town);
        });
    }
    std::set<std::string> listed(const Principal& who) {
        std::set<std::string> ids;
        for (const RunStatus& status : runs_.list(who)) ids.insert(status.run.id.value);
        return ids;
    }
    std::set<std::string> found_singly(const Town& town) {
        std::set<std::string> ids;
        for (std::size_t number = 0; number < town.runs.size(); ++number) {
            try {
                ids.insert(runs_.status(town.who, {fmt::format("run{}", number)}).run.id.value);
            } catch (const NotFound&) {
                continue;
            }
        }
        return ids;
    }

    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
    accounts::AuditTrail audit_{database_, "here", std::chrono::system_clock::now};
    catalogue::Catalogue catalogue_;
    catalogue::CatalogueFiles files_;
    Runs runs_{database_, audit_, catalogue_, files_};
};

TEST_P(VisibleRunsOn, AreExactlyThoseThatTheRuleAllows) {
    EXPECT_TRUE(rc::check([this] {
        const Town town = any_town();
        const std::set<std::string> allowed = allowed_by_rule(town);
        RC_CLASSIFY(!allowed.empty(), "sees some");
        RC_CLASSIFY(allowed.size() < town.runs.size(), "does not see some");
        fill(town);
        RC_ASSERT(listed(town.who) == allowed);
        RC_ASSERT(found_singly(town) == allowed);
    }));
}

INSTANTIATE_TEST_SUITE_P(On, VisibleRunsOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::forecast
