// Nobody gets two letters of one stage: whoever clicks, however often, whatever ends when.
#include "report/pdf.hpp"
#include "report/reading.hpp"
#include "waves/office.hpp"

#include "accounts/shared_transaction.hpp"
#include "base/error.hpp"
#include "waves/body_store.hpp"

#include <gmock/gmock.h>

#include <map>
#include <random>
#include <thread>

namespace resmon::waves {
namespace {

using testing::HasSubstr;
using testing::Not;

/// How often each body was written to in each stage.
std::map<std::string, int> letters_of(const std::vector<mail::Message>& posted) {
    std::map<std::string, int> count;
    for (const mail::Message& one : posted) ++count[one.id];
    return count;
}

/// What a killed process leaves: nothing after the letter went out.
struct Killed : std::runtime_error {
    Killed() : std::runtime_error{"killed"} {}
};

class DispatchingOn : public testing::TestWithParam<storage::Engine> {
protected:
    Wave opened(std::string_view selection) {
        std::string csv = "body,email\n";
        for (const FrameBody& body : frame_of(catalogue::shipped().bodies, selection_from(selection)))
            csv += body.body.text() + ",rathaus@" + body.body.text() + ".example\n";
        const Wave wave = office_.planned(csv);
        office_.waves.open(owner, wave.id);
        return wave;
    }

    Office office_{GetParam()};
};

TEST_P(DispatchingOn, WritesOnceHoweverManyClickAtOnce) {
    const Wave wave = opened("state=DE-SL");
    std::vector<std::thread> clicks;
    for (int click = 0; click < 6; ++click)
        clicks.emplace_back([&] {
            while (office_.dispatching.send(owner, {.wave = wave.id}, 7).left > 0) {
            }
        });
    for (std::thread& click : clicks) click.join();
    for (const auto& [id, count] : letters_of(office_.mailbox.posted)) EXPECT_EQ(count, 1) << id;
    EXPECT_EQ(office_.mailbox.posted.size(), office_.waves.wave(owner, wave.id).bodies.size());
}

TEST_P(DispatchingOn, WritesAtMostOnceUnderRandomInterleavingsAndKills) {
    const Wave wave = opened("state=DE-SL,size=from-5000+from-10000");
    std::mt19937 random{20261126};
    // Each try ends in one of four ways: taken, refused, silent, or the process is killed before it can note how.
    office_.mailbox.outcome = [&](const mail::Message&) -> mail::Outcome {
        switch (random() % 4) {
            case 0: return {mail::Outcome::Kind::refused, "451 later"};
            case 1: return {mail::Outcome::Kind::unknown, {}};
            case 2: throw Killed{};
            default: return {mail::Outcome::Kind::accepted, {}};
        }
    };
    for (int round = 0; round < 60; ++round) {
        const int stage = static_cast<int>(random() % 3);
        const bool has_file = random() % 5 == 0;
        std::vector<std::thread> clicks;
        for (int click = 0; click < 3; ++click)
            clicks.emplace_back([&, stage] {
                try {
                    (void)office_.dispatching.send(owner, {.wave = wave.id, .stage = stage}, 5);
                } catch (const Killed&) {
                }
            });
        if (has_file) (void)office_.dispatching.on_paper(owner, {.wave = wave.id, .stage = stage}, Again::no);
        for (std::thread& click : clicks) click.join();
        office_.now += std::chrono::minutes{random() % 10};
    }
    // Of one stage a body has one row; what was refused for certain may have been posted before, nothing else twice.
    std::map<std::pair<BodyKey, int>, int> rows;
    office_.database.read([&](soci::session& sql) {
        for (const Dispatch& one : select_dispatches(sql, wave.id)) ++rows[{one.body, one.stage}];
    });
    for (const auto& [key, count] : rows) EXPECT_EQ(count, 1);
    office_.mailbox.outcome = [](const mail::Message&) { return mail::Outcome{mail::Outcome::Kind::accepted, {}}; };
    const std::size_t before = office_.mailbox.posted.size();
    for (int stage = 0; stage < 3; ++stage)
        (void)office_.dispatching.send(owner, {.wave = wave.id, .stage = stage}, 500);
    office_.now += std::chrono::hours{1};
    for (int stage = 0; stage < 3; ++stage)
        (void)office_.dispatching.send(owner, {.wave = wave.id, .stage = stage}, 500);
    for (const auto& [id, count] : letters_of(
             {office_.mailbox.posted.begin() + static_cast<std::ptrdiff_t>(before), office_.mailbox.posted.end()}))
        EXPECT_EQ(count, 1) << id << " came again after it was taken, silent or cut short";
}

TEST_P(DispatchingOn, TriesAgainOnlyWhatWasRefusedForCertain) {
    const Wave wave = office_.opened();
    office_.mailbox.outcome = [](const mail::Message& message) -> mail::Outcome {
        if (message.to == "rathaus@brilon.example") return {mail::Outcome::Kind::refused, "550 no such mailbox"};
        return {mail::Outcome::Kind::unknown, {}};
    };
    const Progress first = office_.dispatching.send(owner, {.wave = wave.id}, 20);
    EXPECT_EQ(first.refused, 1);
    EXPECT_EQ(first.unclear, 1);
    EXPECT_EQ(office_.dispatching.to_check(owner, wave.id).size(), 2U);
    EXPECT_TRUE(office_.waves.wave(owner, wave.id).bodies.at(1).is_unclear);
    office_.mailbox.outcome = [](const mail::Message&) { return mail::Outcome{mail::Outcome::Kind::accepted, {}}; };
    EXPECT_EQ(office_.dispatching.send(owner, {.wave = wave.id}, 20).sent, 1);
    EXPECT_EQ(office_.mailbox.posted.back().to, "rathaus@brilon.example");
    EXPECT_EQ(office_.dispatching.send(owner, {.wave = wave.id, .stage = 1}, 20).sent, 1)
        << "nobody is reminded of a letter that may not have come";
    office_.dispatching.settle(owner, wave.id, meschede_body, 0, DispatchState::refused);
    EXPECT_EQ(office_.dispatching.send(owner, {.wave = wave.id}, 20).sent, 1);
    EXPECT_THROW(office_.dispatching.settle(owner, wave.id, meschede_body, 0, DispatchState::sent), Conflict);
}

TEST_P(DispatchingOn, TellsAPersonOfALetterThatAKilledProcessLeft) {
    const Wave wave = office_.opened();
    office_.mailbox.outcome = [](const mail::Message&) -> mail::Outcome { throw Killed{}; };
    EXPECT_THROW((void)office_.dispatching.send(owner, {.wave = wave.id}, 20), Killed);
    EXPECT_TRUE(office_.dispatching.to_check(owner, wave.id).empty()) << "it may still be on its way";
    office_.now += std::chrono::minutes{6};
    ASSERT_EQ(office_.dispatching.to_check(owner, wave.id).size(), 1U);
    EXPECT_EQ(office_.dispatching.stages(owner, wave.id).at(0).unclear, 1);
}

TEST_P(DispatchingOn, RemindsOnlyWhoHasNotHandedIn) {
    office_.add_town(meschede);
    const Wave wave = office_.opened();
    (void)office_.dispatching.send(owner, {.wave = wave.id}, 20);
    const survey::ResponseId response = office_.begun();
    (void)office_.invitations.take_part(officer, wave.id, response, Comparing::no);
    (void)office_.survey.finish(officer, response);
    office_.mailbox.posted.clear();
    EXPECT_EQ(office_.dispatching.send(owner, {.wave = wave.id, .stage = 1}, 20).sent, 1);
    EXPECT_EQ(office_.mailbox.posted.at(0).to, "rathaus@brilon.example");
    EXPECT_THAT(office_.mailbox.posted.at(0).body, HasSubstr("10.12.2026"));
    EXPECT_THAT(office_.mailbox.posted.at(0).subject, HasSubstr("ÜBUNG"));
    EXPECT_EQ(office_.dispatching.send(owner, {.wave = wave.id, .stage = 2}, 20).sent, 1);
    EXPECT_EQ(office_.dispatching.send(owner, {.wave = wave.id, .stage = 2}, 20).sent, 0);
}

TEST_P(DispatchingOn, WritesAFileForLettersWithALinkForEachAndKeepsHashesAlone) {
    const Wave wave = office_.opened();
    const Letters file = office_.dispatching.on_paper(owner, {.wave = wave.id}, Again::no);
    EXPECT_EQ(file.letters.size(), 2U);
    EXPECT_THAT(merge_file_of(file), testing::StartsWith("\xEF\xBB\xBF"
                                                         "body;body_name;"));
    EXPECT_THAT(merge_file_of(file), HasSubstr("https://resmon.example/umfrage/einladung#"));
    const std::string token = token_in(merge_file_of(file));
    office_.database.read([&](soci::session& sql) {
        long long count = 0;
        sql << "SELECT COUNT(*) FROM wave_invitation WHERE digest = :token", soci::into(count), soci::use(token);
        EXPECT_EQ(count, 0);
    });
    EXPECT_EQ(office_.dispatching.on_paper(owner, {.wave = wave.id}, Again::no).letters.size(), 0U);
    EXPECT_EQ(office_.dispatching.send(owner, {.wave = wave.id}, 20).sent, 0) << "who got a letter gets no mail";
    const Letters again = office_.dispatching.on_paper(owner, {.wave = wave.id}, Again::yes);
    EXPECT_EQ(again.letters.size(), 2U);
    EXPECT_NO_THROW((void)office_.invitations.open({}, token_in(merge_file_of(again))));
}

/// A letter that no envelope shows must not use up the invitation of its town.
TEST_P(DispatchingOn, CountsNoLetterAsWrittenIfOneDoesNotFitItsPaper) {
    const Wave wave = office_.planned("body,name,street,postcode,city\n059580032000,\"" + std::string(190, 'W') +
                                      "\",\"" + std::string(190, 'W') + "\",59872,Meschede\n");
    office_.waves.open(owner, wave.id);
    const auto printed = [&](const Letters& letters) { (void)report::pdf(document_of(letters, office_.now)); };
    EXPECT_THROW((void)office_.dispatching.on_paper(owner, {.wave = wave.id}, Again::no, printed), InputError);
    EXPECT_EQ(office_.dispatching.on_paper(owner, {.wave = wave.id}, Again::no).letters.size(), 1U)
        << "it is still to be written";
}

/// As the town hall gets it: the window of its envelope, the code for a telephone, the mark of an exercise.
TEST_P(DispatchingOn, PrintsLettersWhoseCodeATelephoneReads) {
    const Wave wave = office_.planned(
        "body,name,street,postcode,city\n059580032000,Frau Bürgermeisterin Größe-Müller,Franz-Stahlmecke-Platz "
        "2,59872,Meschede\n");
    office_.waves.open(owner, wave.id);
    const Letters letters = office_.dispatching.on_paper(owner, {.wave = wave.id}, Again::no);
    const report::PdfFile paper{report::pdf(document_of(letters, office_.now))};
    EXPECT_EQ(paper.pages(), 1);
    EXPECT_THAT(paper.text(), testing::AllOf(HasSubstr("Frau Bürgermeisterin Größe-Müller"), HasSubstr("ÜBUNG"),
                                             HasSubstr("SYNTHETISCHE DATEN")));
    EXPECT_EQ(paper.code(), letters.letters.at(0).link.revealed());
}

TEST_P(DispatchingOn, SendsNothingOfAWaveThatIsNotOpen) {
    const Wave wave = office_.planned();
    EXPECT_THROW((void)office_.dispatching.send(owner, {.wave = wave.id}, 20), Conflict);
    office_.waves.open(owner, wave.id);
    EXPECT_THROW((void)office_.dispatching.send(officer, {.wave = wave.id}, 20), Forbidden);
    EXPECT_THROW((void)office_.dispatching.send(person({"andere"}, Role::researcher), {.wave = wave.id}, 20), NotFound);
    EXPECT_TRUE(office_.mailbox.posted.empty());
}

INSTANTIATE_TEST_SUITE_P(On, DispatchingOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::waves
