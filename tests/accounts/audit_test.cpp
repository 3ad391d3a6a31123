// The audit trail on both engines: what is broken is named, a cut tail is seen, erased content leaves the chain whole.
#include "accounts/audit_trail.hpp"

#include "accounts/accounts.hpp"
#include "base/error.hpp"
#include "support/database.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace resmon::accounts {
namespace {

using storage::Engine;

Instant noon() { return instant_from("2026-11-24T12:00:00Z"); }

class AuditOn : public testing::TestWithParam<Engine> {
protected:
    void note(int count) {
        for (int entry = 0; entry < count; ++entry)
            trail_.note({.kind = Principal::Kind::person, .person = {"vera"}, .address = "192.0.2.7"},
                        {"read-run", "059580032000", "run " + std::to_string(entry)});
    }
    void tamper(const std::string& statement) {
        database_.write([&](soci::session& sql) { sql << statement; });
    }

    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
    AuditTrail trail_{database_, "rathaus", noon};
};

TEST_P(AuditOn, IsIntactAfterManyNotedAtOnce) {
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 6; ++thread) threads.emplace_back([this] { note(20); });
    }
    const Verdict verdict = trail_.verify();
    EXPECT_EQ(verdict.broken, std::nullopt);
    EXPECT_EQ(verdict.entries, 120);
}

TEST_P(AuditOn, NamesTheFirstEntryWhoseContentWasChanged) {
    note(5);
    tamper("UPDATE audit_entry SET object = 'run 9' WHERE number = 3");
    EXPECT_EQ(trail_.verify().broken, Wording{"rathaus 3: its content was changed"});
}

TEST_P(AuditOn, NamesAnEntryThatWasTakenOut) {
    note(5);
    tamper("DELETE FROM audit_entry WHERE number = 2");
    const auto broken = trail_.verify().broken;
    EXPECT_EQ(broken, Wording{"rathaus 2: is missing"});
    EXPECT_EQ(broken.value_or("").in(Language::german), "rathaus 2: fehlt");
}

TEST_P(AuditOn, NamesAnEntryWhoseTimeWasChanged) {
    note(3);
    tamper("UPDATE audit_entry SET at = '2026-11-23T12:00:00Z' WHERE number = 2");
    EXPECT_EQ(trail_.verify().broken, Wording{"rathaus 2: does not follow from the entry before"});
}

TEST_P(AuditOn, SeesACutTailByTheHeadAndByAnAnchorIfTheHeadWasCutToo) {
    note(5);
    const std::string anchor = trail_.verify().anchor;
    tamper("DELETE FROM audit_entry WHERE number > 3");
    EXPECT_EQ(trail_.verify().broken, Wording{"rathaus 4: was cut off, the trail reached 5"});
    tamper("UPDATE audit_head SET number = 3, chain = (SELECT chain FROM audit_entry WHERE number = 3)");
    EXPECT_EQ(trail_.verify().broken, std::nullopt) << "a bare chain cannot see it";
    EXPECT_EQ(trail_.verify(anchor).broken, Wording{"rathaus 4: was cut off, the trail reached 5"});
}

TEST_P(AuditOn, SeesThatAnotherTrailTookThePlaceOfTheAnchoredOne) {
    note(2);
    const std::string anchor = trail_.verify().anchor;
    tamper("DELETE FROM audit_entry");
    tamper("DELETE FROM audit_head");
    note(2);
    EXPECT_EQ(trail_.verify().broken, std::nullopt);
    EXPECT_EQ(trail_.verify(anchor).broken, Wording{"rathaus 2: is not the entry that was anchored"});
}

TEST_P(AuditOn, HoldsAfterThePersonalDataOfAnEntryWereErased) {
    note(4);
    database_.write([](soci::session& sql) { erase_audit_content(sql, "vera"); });
    const Verdict verdict = trail_.verify();
    EXPECT_EQ(verdict.broken, std::nullopt);
    EXPECT_EQ(verdict.entries, 4);
}

TEST_P(AuditOn, IsReadPageByPageNewestFirst) {
    note(5);
    const Principal who{.kind = Principal::Kind::local};
    const auto first = trail_.entries(who, {.limit = 2});
    ASSERT_EQ(first.size(), 2U);
    EXPECT_EQ(first[0].content.object, "run 4");
    const AuditEntry& last = first[1];
    const auto second = trail_.entries(who, {.before = AuditPlace{last.at, last.server, last.number}, .limit = 10});
    ASSERT_EQ(second.size(), 3U);
    EXPECT_EQ(second[0].content.object, "run 2");
    EXPECT_EQ(trail_.entries(who, {.action = "sign-in"}).size(), 0U);
}

TEST_P(AuditOn, ShowsAnAuditorOfAnOrganisationOnlyWhatConcernsIt) {
    note(1);
    trail_.note({.kind = Principal::Kind::person, .person = {"kai"}}, {"read-run", "059580004000", "run of others"});
    const Principal auditor{
        .kind = Principal::Kind::person, .person = {"paul"}, .memberships = {{{"059580032000"}, Role::auditor, {}}}};
    const auto seen = trail_.entries(auditor, {});
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].content.object, "run 0");
    const Principal stranger{.kind = Principal::Kind::person, .person = {"eva"}};
    EXPECT_EQ(trail_.entries(stranger, {}).size(), 0U);
}

INSTANTIATE_TEST_SUITE_P(On, AuditOn, storage::both_engines, storage::engine_name);

TEST(Anchor, IsReadBackAndNothingElseIs) {
    const std::map<std::string, AuditHead> heads{{"a", {3, "ff"}}, {"b", {12, "00"}}};
    EXPECT_EQ(anchor_text(heads), "a 3 ff; b 12 00");
    EXPECT_EQ(anchor_text(anchor_from(anchor_text(heads))), anchor_text(heads));
    for (const char* wrong : {"", "a", "a b c", "a 3", "a 3 ff more", ";"})
        EXPECT_THROW((void)anchor_from(wrong), InputError) << wrong;
}

}  // namespace
}  // namespace resmon::accounts
