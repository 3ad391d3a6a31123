// Links without account on both engines: exchanged, expired, withdrawn, guessed.
#include "links/links.hpp"

#include "base/error.hpp"
#include "credentials/secret_token.hpp"
#include "sign_on/retention.hpp"
#include "support/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace resmon::links {
namespace {

const Principal local{.kind = Principal::Kind::local};

class LinksOn : public testing::TestWithParam<storage::Engine> {
protected:
    LinksOn() {
        database_.write([](soci::session& sql) {
            sql << "INSERT INTO questionnaire_copy (hash, id, version, content) VALUES ('h', 'q', 1, '')";
            sql << "INSERT INTO survey_response (id, questionnaire_hash, organisation, body, state, began_at, "
                   "changed_at, last_number) VALUES ('0123456789abcdef', 'h', '', '', 'open', '', '', 0)";
        });
    }

    NewLink given(int days = 14) {
        std::optional<NewLink> made;
        database_.write([&](soci::session& sql) {
            made = add_link(sql, sealing_,
                            {.grant = {.response = "0123456789abcdef",
                                       .topics = {"A", "C"},
                                       .expires_at = seconds_of(now_ + std::chrono::days{days})},
                             .label = "Frau X, Standesamt",
                             .made_at = utc_text(now_)});
        });
        return std::move(*made);
    }
    Opened open(const NewLink& link) { return links_.open(std::string{link.secret.revealed()}, visitor_); }
    std::string refusal_of(const std::string& secret) {
        try {
            (void)links_.open(secret, visitor_);
        } catch (const NotFound& refusal) {
            return refusal.what();
        }
        return "was opened";
    }
    void withdraw(const LinkId& id) {
        database_.write(
            [&](soci::session& sql) { EXPECT_TRUE(withdraw_link(sql, "0123456789abcdef", id, utc_text(now_))); });
    }

    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
    Instant now_ = instant_from("2026-03-01T08:00:00Z");
    Clock clock_ = [this] { return now_; };
    accounts::AuditTrail audit_{database_, "here", clock_};
    accounts::Accounts accounts_{database_, audit_, [](const std::string&, accounts::OrganisationKind) { return true; },
                                 clock_};
    storage::Sealing sealing_{{storage::new_sealing_key()}};
    sign_on::SignOn sign_on_{accounts_, sealing_, {}};
    Links links_{sign_on_, sealing_};
    sign_on::Visitor visitor_{.address = "192.0.2.7"};
};

TEST_P(LinksOn, OpensAsOftenAsItHolds) {
    const NewLink link = given();
    for (int day = 0; day < 14; ++day) {
        const Opened opened = open(link);
        EXPECT_EQ(opened.link.label, "Frau X, Standesamt");
        EXPECT_EQ(opened.link.grant.topics, (std::set<std::string>{"A", "C"}));
        const auto who = links_.holder(opened.session, visitor_);
        ASSERT_TRUE(who);
        EXPECT_EQ(who->kind, Principal::Kind::link);
        EXPECT_EQ(who->link, link.id.value);
        EXPECT_TRUE(who->person.value.empty());
        EXPECT_TRUE(who->memberships.empty());
        now_ += std::chrono::days{1};
    }
    EXPECT_NE(refusal_of(std::string{link.secret.revealed()}), "was opened");
}

TEST_P(LinksOn, SaysTheSameOfALinkThatNeverWasHasExpiredOrWasWithdrawn) {
    const NewLink expired = given(1);
    now_ += std::chrono::days{1};
    const NewLink withdrawn = given();
    withdraw(withdrawn.id);
    const std::string never = refusal_of(std::string{sign_on::new_token(sign_on::TokenKind::link).revealed()});
    EXPECT_EQ(never, "this link does not hold, or no longer");
    EXPECT_EQ(refusal_of(std::string{expired.secret.revealed()}), never);
    EXPECT_EQ(refusal_of(std::string{withdrawn.secret.revealed()}), never);
    for (const char* nonsense : {"", "x", "' OR 1=1", "rsm_AAAA"}) EXPECT_EQ(refusal_of(nonsense), never);
}

TEST_P(LinksOn, LetsItsHolderOutAtTheMomentItIsWithdrawn) {
    const NewLink link = given();
    const Opened opened = open(link);
    ASSERT_TRUE(links_.holder(opened.session, visitor_));
    withdraw(link.id);
    EXPECT_FALSE(links_.holder(opened.session, visitor_));
    database_.read([&](soci::session& sql) {
        EXPECT_FALSE(grant_of(sql, link.id, seconds_of(now_)));
        EXPECT_EQ(links_of(sql, "0123456789abcdef", sealing_).size(), 1U) << "the author of what came by it stays";
    });
}

TEST_P(LinksOn, OfASessionEndsAtTheEndOfTheLinkAndOfItsIdleTime) {
    const NewLink link = given(1);
    now_ += std::chrono::hours{24} - std::chrono::minutes{10};
    const Opened late = open(link);
    EXPECT_TRUE(links_.holder(late.session, visitor_));
    now_ += std::chrono::minutes{11};
    EXPECT_FALSE(links_.holder(late.session, visitor_)) << "the link has expired";
    const NewLink other = given();
    const Opened idle = open(other);
    now_ += sign_on_.limits().idle;
    EXPECT_FALSE(links_.holder(idle.session, visitor_));
}

TEST_P(LinksOn, SlowsDownWhoeverGuesses) {
    const NewLink link = given();
    constexpr int free_tries = 60;
    for (int guess = 0; guess <= free_tries; ++guess)
        (void)refusal_of(std::string{sign_on::new_token(sign_on::TokenKind::link).revealed()});
    const std::size_t noted = audit_.entries(local, {}).size();
    EXPECT_THROW((void)refusal_of("one more"), Forbidden);
    EXPECT_EQ(audit_.entries(local, {}).size(), noted) << "whoever has to wait fills no trail";
    EXPECT_NO_THROW((void)open(link)) << "a colleague behind the same address is not held up";
    now_ += std::chrono::seconds{2};
    EXPECT_EQ(refusal_of("one more"), "this link does not hold, or no longer");
}

TEST_P(LinksOn, ThatNobodyUsedLoseTheirLabelSomeTimeAfterTheirEnd) {
    const NewLink unused = given(1);
    const NewLink used = given(1);
    const NewLink holding = given(60);
    (void)open(used);
    const sign_on::Retention retention{.links = 30};
    const auto label_of = [&](const NewLink& link) {
        std::string label;
        database_.read([&](soci::session& sql) { label = labels_of(sql, "0123456789abcdef", sealing_).at(link.id); });
        return label;
    };
    const auto rows_of_links = [](const std::vector<sign_on::RetentionRule>& rules) {
        return std::ranges::find(rules, "links", &sign_on::RetentionRule::what)->rows;
    };
    now_ += std::chrono::days{30};
    EXPECT_EQ(rows_of_links(sign_on::remove_due_rows(accounts_, retention, local)), 0);
    now_ += std::chrono::days{2};
    EXPECT_EQ(rows_of_links(sign_on::due_rows(accounts_, retention, local)), 1);
    EXPECT_EQ(rows_of_links(sign_on::remove_due_rows(accounts_, retention, local)), 1);
    EXPECT_EQ(label_of(unused), "");
    EXPECT_EQ(label_of(used), "Frau X, Standesamt") << "the author of answers, as long as they are kept";
    EXPECT_EQ(label_of(holding), "Frau X, Standesamt");
    EXPECT_EQ(rows_of_links(sign_on::remove_due_rows(accounts_, retention, local)), 0);
}

TEST_P(LinksOn, KeepsNeitherSecretNorLabelReadable) {
    const NewLink link = given();
    const Opened opened = open(link);
    std::string all;
    database_.read([&](soci::session& sql) {
        for (const char* column : {"(SELECT digest FROM survey_link_key)", "(SELECT digest FROM survey_link_session)",
                                   "(SELECT label FROM survey_link)"}) {
            std::string text;
            sql << std::string{"SELECT "} + column, soci::into(text);
            all += text + "\n";
        }
        EXPECT_EQ(links_of(sql, "0123456789abcdef", storage::Sealing{{}}).at(0).label, "🔒");
    });
    using testing::HasSubstr;
    using testing::Not;
    EXPECT_THAT(all, Not(HasSubstr(std::string{link.secret.revealed()})));
    EXPECT_THAT(all, Not(HasSubstr(std::string{opened.session.revealed()})));
    EXPECT_THAT(all, Not(HasSubstr("Standesamt")));
}

TEST_P(LinksOn, IsNamedInTheAuditTrailWheneverItIsOpened) {
    const NewLink link = given();
    (void)open(link);
    (void)refusal_of("guessed");
    const auto entries = audit_.entries(local, {});
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].content.action, "link-refused");
    EXPECT_EQ(entries[1].content.action, "link-opened");
    EXPECT_EQ(entries[1].content.person, "link:" + link.id.value);
    EXPECT_EQ(entries[1].content.object, "0123456789abcdef");
}

INSTANTIATE_TEST_SUITE_P(On, LinksOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::links
