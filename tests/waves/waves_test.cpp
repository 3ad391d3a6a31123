// The desks of waves on both engines: planned, opened, followed, closed; taken part in and withdrawn from.
#include "waves/office.hpp"

#include "accounts/shared_transaction.hpp"
#include "base/error.hpp"
#include "sign_on/sign_on.hpp"

#include <gmock/gmock.h>

namespace resmon::waves {
namespace {

using testing::HasSubstr;
using testing::Not;

class WavesOn : public testing::TestWithParam<storage::Engine> {
protected:
    std::string refused(const std::function<void()>& deed) {
        try {
            deed();
        } catch (const Conflict& conflict) {
            return conflict.what();
        }
        return {};
    }
    void save(const survey::ResponseId& id, const Principal& who = officer) {
        (void)office_.survey.save(who, id,
                                  {.question = {"A4"},
                                   .id = "entry-0001",
                                   .answer = {.state = survey::AnswerState::answered, .value = 3.0},
                                   .seen = {}});
    }

    Office office_{GetParam()};
};

TEST_P(WavesOn, GoesFromPlannedToOpenToClosedAndSaysWhyNotYet) {
    const Wave wave = office_.planned("body\n059580032000\n");
    EXPECT_TRUE(wave.is_draft) << "the shipped questionnaire is a draft";
    EXPECT_THAT(refused([&] { office_.waves.close(owner, wave.id, "früher"); }), HasSubstr("is-planned: "));
    office_.now = instant_from("2026-11-25T09:00:00Z");
    EXPECT_THAT(refused([&] { office_.waves.open(owner, wave.id); }), HasSubstr("before-the-window: "));
    office_.now = instant_from("2026-11-26T09:00:00Z");
    office_.waves.open(owner, wave.id);
    EXPECT_THAT(refused([&] { office_.waves.open(owner, wave.id); }), HasSubstr("is-open: "));
    EXPECT_THAT(refused([&] { office_.waves.close(owner, wave.id, ""); }), HasSubstr("window-is-open: "));
    office_.waves.close(owner, wave.id, "alle haben abgegeben");
    EXPECT_EQ(office_.waves.wave(owner, wave.id).overview.wave.close_reason, "alle haben abgegeben");
    EXPECT_THAT(refused([&] { (void)office_.waves.purge(owner, wave.id); }), HasSubstr("deletion-day-to-come: "));
}

TEST_P(WavesOn, OfNobodyCannotOpen) {
    const Wave wave = office_.waves.plan(owner,
                                         {.name = {"Leer", "Empty"},
                                          .questionnaire = {"resilienzmonitor"},
                                          .opens = "2026-11-26",
                                          .closes = "2026-12-10",
                                          .purpose = {"Zum Üben", ""},
                                          .delete_on = "2027-12-31"},
                                         {});
    EXPECT_THAT(refused([&] { office_.waves.open(owner, wave.id); }), HasSubstr("frame-is-empty: "));
}

TEST_P(WavesOn, TellsEveryContradictionOfAPlan) {
    try {
        (void)office_.waves.plan(owner,
                                 {.name = {},
                                  .questionnaire = {"resilienzmonitor"},
                                  .opens = "31.3.2026",
                                  .closes = "2026-12-10",
                                  .purpose = {},
                                  .delete_on = "2026-12-31"},
                                 {});
        FAIL();
    } catch (const InputError& error) {
        EXPECT_EQ(error.faults().size(), 3U) << error.what();
    }
}

TEST_P(WavesOn, AreRunByOfficesAndResearchAlone) {
    const Wave wave = office_.planned();
    office_.add_town(meschede);
    const Principal coordinator_of_a_town = person(meschede, Role::coordinator);
    EXPECT_THROW((void)office_.waves.plan(coordinator_of_a_town,
                                          {.name = {"Nachbarn", ""},
                                           .questionnaire = {"resilienzmonitor"},
                                           .opens = "2026-11-26",
                                           .closes = "2026-12-10",
                                           .purpose = {"Neugier", ""},
                                           .delete_on = "2027-12-31"},
                                          {}),
                 InputError);
    EXPECT_TRUE(office_.waves.list(coordinator_of_a_town).empty());
    EXPECT_THROW((void)office_.waves.wave(coordinator_of_a_town, wave.id), NotFound);
    EXPECT_THROW((void)office_.waves.wave(officer, wave.id), Forbidden);
}

TEST_P(WavesOn, KeepsWhyTheFrameChanged) {
    const Wave wave = office_.opened();
    office_.waves.remove_body(owner, wave.id, "059580012000", "eingegliedert");
    office_.waves.add_body(owner, wave.id, "059580004000", "vergessen");
    EXPECT_THROW(office_.waves.add_body(owner, wave.id, "059580004000", "noch einmal"), Conflict);
    EXPECT_THROW(office_.waves.set_frame(owner, wave.id, {}), Conflict);
    const WorkList list = office_.waves.wave(owner, wave.id);
    EXPECT_EQ(list.bodies.size(), 3U);
    EXPECT_EQ(sum_of(list.overview.status.total), 2);
    EXPECT_EQ(list.bodies.at(1).body.removed_why, "eingegliedert");
    office_.waves.add_body(owner, wave.id, "059580012000", "doch selbständig");
    EXPECT_EQ(sum_of(office_.waves.wave(owner, wave.id).overview.status.total), 3);
}

TEST_P(WavesOn, FollowsABodyFromTheInvitationToTheEnd) {
    office_.add_town(meschede);
    const Wave wave = office_.opened();
    EXPECT_EQ(office_.standing(wave.id, meschede_body), Standing::not_invited);
    EXPECT_EQ(office_.dispatching.send(owner, {.wave = wave.id}, 20).sent, 2);
    EXPECT_EQ(office_.standing(wave.id, meschede_body), Standing::invited);
    const survey::ResponseId response = office_.begun();
    (void)office_.invitations.take_part(officer, wave.id, response, Comparing::no);
    EXPECT_EQ(office_.standing(wave.id, meschede_body), Standing::begun);
    save(response);
    (void)office_.survey.finish(officer, response);
    EXPECT_EQ(office_.standing(wave.id, meschede_body), Standing::handed_in);
    office_.survey.reopen(officer, response, "eine Zahl war falsch");
    EXPECT_EQ(office_.standing(wave.id, meschede_body), Standing::begun);
    office_.now = instant_from("2026-12-11T09:00:00Z");
    office_.waves.close(owner, wave.id, "");
    (void)office_.survey.finish(officer, response);
    EXPECT_EQ(office_.standing(wave.id, meschede_body), Standing::begun) << "too late: what was reached is kept";
}

TEST_P(WavesOn, TakesPartOnceWithTheRightResponseInTime) {
    office_.add_town(meschede);
    office_.add_town(brilon);
    const Wave wave = office_.planned();
    const survey::ResponseId response = office_.begun();
    const auto take = [&](const Principal& who) {
        return refused([&] { (void)office_.invitations.take_part(who, wave.id, response, Comparing::yes); });
    };
    EXPECT_THAT(take(officer), HasSubstr("is-planned: "));
    office_.waves.open(owner, wave.id);
    EXPECT_THROW((void)take(person(brilon, Role::editor)), NotFound) << "a response of others";
    EXPECT_THROW((void)take(owner), Forbidden);
    EXPECT_EQ(take(officer), "");
    EXPECT_THAT(take(officer), HasSubstr("takes-part-already: "));
    const auto invitations = office_.invitations.list(officer);
    ASSERT_EQ(invitations.size(), 1U);
    EXPECT_TRUE(invitations[0].participation->may_compare);
    EXPECT_FALSE(office_.invitations.set_comparing(officer, wave.id, meschede_body, Comparing::no).may_compare);
    office_.now = instant_from("2026-12-11T00:00:00Z");
    EXPECT_THAT(refused([&] {
                    (void)office_.invitations.take_part(person(brilon, Role::editor), wave.id,
                                                        office_.begun(person(brilon, Role::editor), brilon),
                                                        Comparing::no);
                }),
                HasSubstr("after-the-window: "));
}

TEST_P(WavesOn, LeavesAProofWithoutContentWhenABodyWithdraws) {
    office_.add_town(meschede);
    const Wave wave = office_.opened();
    const survey::ResponseId response = office_.begun();
    save(response);
    (void)office_.invitations.take_part(officer, wave.id, response, Comparing::yes);
    EXPECT_THROW((void)office_.invitations.withdraw(owner, wave.id, meschede_body, Withdrawn::connection), Forbidden);
    WithdrawalReceipt receipt =
        office_.invitations.withdraw(officer, wave.id, meschede_body, Withdrawn::connection_and_answers);
    EXPECT_EQ(receipt.withdrawal.entries, 1);
    EXPECT_THROW((void)office_.survey.opened(officer, response), NotFound) << "the answers are gone";
    EXPECT_EQ(office_.standing(wave.id, meschede_body), Standing::withdrawn);
    EXPECT_TRUE(office_.invitations.is_genuine(receipt));
    receipt.withdrawal.entries = 2;
    EXPECT_FALSE(office_.invitations.is_genuine(receipt));
    EXPECT_EQ(office_.invitations.list(officer).front().withdrawal->id, receipt.withdrawal.id);
    // It may come back with another response while the wave is open.
    (void)office_.invitations.take_part(officer, wave.id, office_.begun(), Comparing::no);
    EXPECT_EQ(office_.standing(wave.id, meschede_body), Standing::begun);
}

TEST_P(WavesOn, KeepsTheAnswersOfABodyThatWithdrawsTheConnectionAlone) {
    office_.add_town(meschede);
    const Wave wave = office_.opened();
    const survey::ResponseId response = office_.begun();
    save(response);
    (void)office_.invitations.take_part(officer, wave.id, response, Comparing::yes);
    const auto receipt = office_.invitations.withdraw(officer, wave.id, meschede_body, Withdrawn::connection);
    EXPECT_EQ(receipt.withdrawal.entries, 0);
    EXPECT_EQ(office_.survey.opened(officer, response).entries.size(), 1U);
}

TEST_P(WavesOn, DeletesWhatWasPromisedOnTheDayThatWasPromised) {
    office_.add_town(meschede);
    const Wave wave = office_.opened();
    (void)office_.dispatching.send(owner, {.wave = wave.id}, 20);
    const survey::ResponseId own = office_.begun();
    (void)office_.invitations.take_part(officer, wave.id, own, Comparing::yes);
    (void)office_.survey.finish(officer, own);
    const auto by_letter = office_.invitations.open({}, token_in(office_.mailbox.posted.at(0).body));
    const survey::ResponseId of_nobody = by_letter.invitation.participation->response;
    office_.now = instant_from("2026-12-11T09:00:00Z");
    office_.waves.close(owner, wave.id, "");
    EXPECT_TRUE(office_.waves.to_purge(owner).empty());
    office_.now = instant_from("2027-12-31T00:00:00Z");
    EXPECT_EQ(office_.waves.to_purge(owner), std::vector<WaveId>{wave.id});
    EXPECT_EQ(office_.waves.purge(owner, wave.id), 2U);
    EXPECT_TRUE(office_.waves.to_purge(owner).empty());
    EXPECT_NO_THROW((void)office_.survey.opened(officer, own)) << "the body's own answers stay the body's";
    EXPECT_THROW((void)office_.survey.opened(local, of_nobody), NotFound) << "those that nobody could reach are gone";
    EXPECT_EQ(office_.standing(wave.id, meschede_body), Standing::handed_in) << "what was reached stays counted";
    for (const BodyStatus& one : office_.waves.wave(owner, wave.id).bodies) EXPECT_EQ(one.body.contact, Contact{});
}

TEST_P(WavesOn, InvitesABodyWithoutAccountsToAResponseThatTheLetterCannotRead) {
    const Wave wave = office_.opened();
    (void)office_.dispatching.send(owner, {.wave = wave.id}, 20);
    const std::string token = token_in(office_.mailbox.posted.at(1).body);
    const OpenedInvitation opened = office_.invitations.open({}, token);
    ASSERT_FALSE(opened.link.empty());
    ASSERT_TRUE(opened.invitation.participation.has_value());
    EXPECT_FALSE(opened.invitation.participation->may_compare) << "consent is asked, never assumed";
    EXPECT_EQ(opened.invitation.participation->organisation.value, opened.invitation.body.text());
    EXPECT_EQ(office_.accounts.name_of({opened.invitation.body.text()}), opened.invitation.body_name);
    // The owner made the letter and knows its token; it is used up.
    EXPECT_THROW((void)office_.invitations.open(owner, token), Conflict);
    EXPECT_THROW((void)office_.survey.opened(owner, opened.invitation.participation->response), Forbidden);
    // A reminder has another token; before anything was answered it helps whoever lost the link …
    ASSERT_EQ(office_.dispatching.send(owner, {.wave = wave.id, .stage = 1}, 20).sent, 2);
    const mail::Message reminder = *std::ranges::find_if(office_.mailbox.posted, [&](const mail::Message& one) {
        return one.to == office_.mailbox.posted.at(1).to && one.id.find(".1@") != std::string::npos;
    });
    const auto again = office_.invitations.open({}, token_in(reminder.body));
    EXPECT_EQ(again.invitation.participation->response, opened.invitation.participation->response);
    // … and once there are answers, no letter opens them.
    save(opened.invitation.participation->response, local);
    ASSERT_EQ(office_.dispatching.send(owner, {.wave = wave.id, .stage = 2}, 20).sent, 2);
    for (const mail::Message& one : office_.mailbox.posted)
        if (one.to == reminder.to) {
            EXPECT_THROW((void)office_.invitations.open({}, token_in(one.body)), Conflict);
        }
}

TEST_P(WavesOn, ALetterOpensNothingOfABodyThatHasAccounts) {
    office_.add_town(meschede);
    office_.add_town(brilon);
    const Wave wave = office_.opened();
    (void)office_.dispatching.send(owner, {.wave = wave.id}, 20);
    const OpenedInvitation opened = office_.invitations.open({}, token_in(office_.mailbox.posted.at(0).body));
    EXPECT_TRUE(opened.link.empty());
    EXPECT_EQ(office_.standing(wave.id, opened.invitation.body), Standing::opened);
    EXPECT_THROW((void)office_.invitations.open({}, "geraten-geraten-geraten"), NotFound);
}

TEST_P(WavesOn, SlowsDownWhoeverGuessesTokensAndNotWhoeverHoldsOne) {
    const Wave wave = office_.opened();
    const Letters letters = office_.dispatching.on_paper(owner, {.wave = wave.id, .stage = 0}, Again::no);
    sign_on::SignOn sign_on{office_.accounts, office_.sealing, {}};
    Invitations invitations{office_.means, office_.survey,
                            [&](const std::string& address) { sign_on.slow_down({.address = address}); }};
    const Principal guessing{.address = "192.0.2.7"};
    constexpr int free_tries = 60;
    for (int guess = 0; guess <= free_tries; ++guess) EXPECT_THROW((void)invitations.open(guessing, "guess"), NotFound);
    EXPECT_THROW((void)invitations.open(guessing, "guess"), Forbidden);
    const std::string link{letters.letters.at(0).link.revealed()};
    EXPECT_FALSE(invitations.open(guessing, link.substr(link.find('#') + 1)).link.empty());
    EXPECT_THROW((void)invitations.open({.address = "198.51.100.1"}, "guess"), NotFound);
    office_.now += std::chrono::seconds{2};
    EXPECT_THROW((void)invitations.open(guessing, "guess"), NotFound) << "slowed down, never locked";
}

TEST_P(WavesOn, KeepsAddressesSealed) {
    const Wave wave = office_.planned();
    std::string contact;
    office_.database.read([&](soci::session& sql) {
        sql << "SELECT contact FROM wave_body WHERE body = '059580032000'", soci::into(contact);
    });
    EXPECT_THAT(contact, Not(HasSubstr("meschede")));
    EXPECT_EQ(office_.waves.wave(owner, wave.id).bodies.at(1).body.contact.email, "rathaus@meschede.example");
}

TEST_P(WavesOn, TellsWhoWasThereInThePreviousWave) {
    office_.add_town(meschede);
    const Wave first = office_.opened();
    const survey::ResponseId response = office_.begun();
    (void)office_.invitations.take_part(officer, first.id, response, Comparing::no);
    (void)office_.survey.finish(officer, response);
    Wave next = office_.planned();
    next = office_.waves.plan(owner,
                              {.name = {"Welle 2027", "Wave 2027"},
                               .questionnaire = {"resilienzmonitor"},
                               .opens = "2027-11-26",
                               .closes = "2027-12-10",
                               .purpose = {"Zum Üben", ""},
                               .delete_on = "2028-12-31",
                               .previous = first.id},
                              frame_of(catalogue::shipped().bodies, selection_from("state=DE-NW")));
    EXPECT_THAT(office_.waves.wave(owner, next.id).in_previous, testing::ElementsAre(meschede_body));
}

INSTANTIATE_TEST_SUITE_P(On, WavesOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::waves
