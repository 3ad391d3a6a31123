// The desk of the survey on both engines: kept, contradicted, finished, opened again, seen by whom it may be seen.
#include "survey/survey.hpp"

#include "survey/survey_json.hpp"
#include "survey/two_towns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <thread>

namespace resmon::survey {
namespace {

using testing::HasSubstr;
using testing::Not;

class SurveyOn : public TwoTowns {};

TEST_P(SurveyOn, KeepsEveryEntryAndTellsThemAgain) {
    const ResponseId id = begun();
    SaveWish wish = saying("entry-0001", "A4", 2);
    wish.answer.comment = "Frau Ä. weiß mehr";
    wish.answer.evidence = "Dienstanweisung 3";
    wish.answer.evidence_expires = "2027-06-30";
    wish.answer.confidence = Confidence::documented;
    EXPECT_EQ(survey_.save(local, id, wish).entry.number, 1);
    EXPECT_EQ(survey_.save(local, id, saying("entry-0002", "A4", 3, {1})).entry.number, 2);
    const std::vector<Entry> kept = survey_.opened(local, id).entries[{"A4"}];
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0].answer, wish.answer);
    EXPECT_EQ(holding(current(kept)).value, Value{3.0});
}

TEST_P(SurveyOn, KeepsOnceWhatIsSentTwice) {
    const ResponseId id = begun();
    const Saved first = survey_.save(local, id, saying("entry-0001", "A4", 2));
    const Saved again = survey_.save(local, id, saying("entry-0001", "A4", 2));
    EXPECT_EQ(again.entry.number, first.entry.number);
    EXPECT_EQ(survey_.opened(local, id).entries[{"A4"}].size(), 1U);
    EXPECT_THROW((void)survey_.save(local, id, saying("entry-0001", "A4", 4)), Conflict);
    EXPECT_THROW((void)survey_.save(local, id, saying("entry-0001", "A5", 2)), Conflict);
}

TEST_P(SurveyOn, ChangesNothingWhenSentAgainNotEvenAfterTheEnd) {
    const ResponseId id = begun();
    (void)survey_.save(local, id, saying("entry-0001", "A4", 2));
    (void)survey_.save(local, id, saying("entry-0001", "A4", 2));
    EXPECT_EQ(survey_.save(local, id, saying("entry-0002", "A5", 2)).entry.number, 2) << "no number was used up";
    (void)survey_.finish(local, id);
    EXPECT_EQ(survey_.save(local, id, saying("entry-0002", "A5", 2)).entry.number, 2)
        << "who was never told that it was saved is told now";
    EXPECT_THROW((void)survey_.save(local, id, saying("entry-0003", "A5", 2)), Conflict);
}

TEST_P(SurveyOn, ShowsBothOfTwoWhoDidNotSeeEachOther) {
    const ResponseId id = begun();
    (void)survey_.save(local, id, saying("entry-0001", "A4", 1));
    (void)survey_.save(local, id, saying("entry-0002", "A4", 2, {1}));
    const Saved other = survey_.save(local, id, saying("entry-0003", "A4", 3, {1}));
    EXPECT_EQ(shown(id, "A4").size(), 2U);
    EXPECT_THROW((void)survey_.finish(local, id), Conflict);
    (void)survey_.save(local, id, saying("entry-0004", "A4", 3, {2, other.entry.number}));
    EXPECT_EQ(shown(id, "A4").size(), 1U);
    EXPECT_NO_THROW((void)survey_.finish(local, id));
}

TEST_P(SurveyOn, FindsWhatTheSameBodyFinishedBefore) {
    const Principal editor = person(meschede, Role::editor);
    const ResponseId first = begun(local, meschede);
    (void)survey_.finish(local, first);
    (void)survey_.finish(local, begun());  // of another organisation: of nobody
    const ResponseId open = begun(local, meschede);
    const Response now = survey_.opened(local, open).response;
    const auto before = survey_.finished_before(editor, now, Action::read_profile);
    ASSERT_EQ(before.size(), 1U);
    EXPECT_EQ(before.front().response.id, first);
    for (const Action action : {Action::read_responses, Action::read_profile})
        EXPECT_TRUE(survey_.finished_before(person(brilon, Role::editor), now, action).empty());
}

TEST_P(SurveyOn, LosesNothingWhenManySaveAtOnce) {
    constexpr int writers = 8;
    constexpr int each = 20;
    const ResponseId id = begun();
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer)
        threads.emplace_back([&, writer] {
            for (int turn = 0; turn < each; ++turn)
                (void)survey_.save(local, id,
                                   saying(fmt::format("writer-{}-{}", writer, turn).c_str(), "A4", turn % 5));
        });
    for (std::thread& thread : threads) thread.join();
    const std::vector<Entry> kept = survey_.opened(local, id).entries[{"A4"}];
    EXPECT_EQ(kept.size(), static_cast<std::size_t>(writers * each));
    for (std::size_t place = 0; place < kept.size(); ++place)
        EXPECT_EQ(kept[place].number, static_cast<std::int64_t>(place) + 1);
}

TEST_P(SurveyOn, KeepsManyTogetherOrNone) {
    const ResponseId id = begun();
    SaveWish broken = saying("entry-0003", "C1", 9);
    EXPECT_THROW(
        (void)survey_.save_all(local, id, {saying("entry-0001", "A4", 2), saying("entry-0002", "B1", 1), broken}),
        InputError);
    EXPECT_TRUE(survey_.opened(local, id).entries.empty());
    broken.answer.value = 3.0;
    const SavedAll all =
        survey_.save_all(local, id, {saying("entry-0001", "A4", 2), saying("entry-0002", "B1", 1), broken});
    ASSERT_EQ(all.entries.size(), 3U);
    EXPECT_EQ(all.entries[2].number, all.entries[0].number + 2);
    EXPECT_EQ(survey_.opened(local, id).entries.size(), 3U);
}

TEST_P(SurveyOn, SaysWhichQuestionsAppearOrVanish) {
    const ResponseId id = begun();
    const Saved saved = survey_.save(local, id, saying("entry-0001", "G1", 0));
    EXPECT_TRUE(saved.asked_before.contains({"G3"}));
    EXPECT_FALSE(saved.sheet.asked.contains({"G3"}));
}

TEST_P(SurveyOn, FinishesWithAReceiptThatOneChangedByteBreaks) {
    const ResponseId id = begun();
    (void)survey_.save(local, id, saying("entry-0001", "A4", 3));
    Receipt receipt = survey_.finish(local, id);
    EXPECT_EQ(hash_of(receipt), receipt_to_json(receipt).at("hash"));
    EXPECT_EQ(hash_of(receipt_from_text(receipt_to_json(survey_.receipt(local, id)).dump())), hash_of(receipt));
    const std::string before = hash_of(receipt);
    std::ranges::find(receipt.lines, QuestionId{"A4"}, &ReceiptLine::question)->value = "4";
    EXPECT_NE(hash_of(receipt), before);
}

TEST_P(SurveyOn, TakesNothingAfterTheEndUntilItIsOpenedAgain) {
    const ResponseId id = begun();
    const Receipt first = survey_.finish(local, id);
    EXPECT_THROW((void)survey_.save(local, id, saying("entry-0001", "A4", 3)), Conflict);
    EXPECT_THROW((void)survey_.finish(local, id), Conflict);
    survey_.reopen(local, id, "A4 war falsch");
    (void)survey_.save(local, id, saying("entry-0001", "A4", 3));
    EXPECT_EQ(survey_.receipt(local, id).number, 1) << "what was finished stays kept";
    const Receipt second = survey_.finish(local, id);
    EXPECT_EQ(second.number, 2);
    EXPECT_NE(hash_of(first), hash_of(second));
}

TEST_P(SurveyOn, HasOneUnfinishedResponsePerBody) {
    const ResponseId first = begun();
    EXPECT_THROW((void)begun(), Conflict);
    (void)survey_.finish(local, first);
    (void)begun();
    EXPECT_THROW(survey_.reopen(local, first, "noch einmal"), Conflict);
}

TEST_P(SurveyOn, RefusesWhatIsNotThere) {
    const ResponseId id = begun();
    EXPECT_THROW((void)survey_.save(local, id, saying("entry-0001", "Z9", 1)), NotFound);
    EXPECT_THROW((void)survey_.save(local, {"0123456789abcdef"}, saying("entry-0001", "A4", 1)), NotFound);
    EXPECT_THROW((void)survey_.save(local, id, saying("entry-0001", "A4", 1, {99})), InputError);
    EXPECT_THROW((void)survey_.receipt(local, id), NotFound);
    EXPECT_TRUE(survey_.opened(local, id).entries.empty());
}

TEST_P(SurveyOn, OfOneTownDoesNotExistForAnotherUntilItIsShared) {
    const Principal editor = person(brilon, Role::editor);
    const Principal neighbour = person(meschede, Role::viewer);
    const ResponseId id = begun(editor, brilon);
    EXPECT_THROW((void)survey_.opened(neighbour, id), NotFound);
    EXPECT_TRUE(survey_.list(neighbour).empty());
    EXPECT_NO_THROW((void)survey_.whole(neighbour, id, Action::read_profile)) << "the profile was shared";
    EXPECT_EQ(survey_.list(neighbour, Action::read_profile).size(), 1U) << "and can be found";
    EXPECT_THROW((void)survey_.whole(neighbour, id), NotFound) << "the forecast tells of single answers";
    EXPECT_THROW((void)survey_.save(neighbour, id, saying("entry-0001", "A4", 1)), Forbidden);
    EXPECT_THROW((void)survey_.save(person(meschede, Role::editor), id, saying("entry-0001", "A4", 1)), NotFound);
    EXPECT_EQ(survey_.list(editor).size(), 1U);
    EXPECT_FALSE(survey_.opened(person(brilon, Role::viewer), id).may_answer);
}

TEST_P(SurveyOn, NotesWhoReadAndWhoChanged) {
    const Principal editor = person(brilon, Role::editor);
    const ResponseId id = begun(editor, brilon);
    (void)survey_.save(editor, id, saying("entry-0001", "A4", 1));
    (void)survey_.opened(editor, id);
    (void)survey_.finish(editor, id);
    (void)survey_.receipt(editor, id);
    std::vector<std::string> actions;
    for (const accounts::AuditEntry& entry : audit_.entries(local, {}))
        if (entry.content.object == id.value) actions.push_back(entry.content.action);
    EXPECT_THAT(actions, testing::UnorderedElementsAre("begin-response", "answer-survey", "read-responses",
                                                       "finish-response", "read-responses"));
    EXPECT_EQ(audit_.verify().broken, std::nullopt);
}

TEST_P(SurveyOn, KeepsWordsUnreadableWithoutTheKey) {
    const ResponseId id = begun();
    SaveWish wish = saying("entry-0001", "A4", 1);
    wish.answer.comment = "Passwort klebt am Schirm";
    (void)survey_.save(local, id, wish);
    std::string words;
    database_.read([&](soci::session& sql) { sql << "SELECT words FROM survey_entry", soci::into(words); });
    EXPECT_THAT(words, Not(HasSubstr("Passwort")));
    const storage::Sealing none{{}};
    Survey keyless{database_, audit_, none, catalogue(), files(), &std::chrono::system_clock::now};
    const Entry locked = keyless.opened(local, id).entries[{"A4"}].at(0);
    EXPECT_EQ(locked.answer.value, Value{1.0}) << "levels are no words";
    EXPECT_THAT(locked.answer.comment, Not(HasSubstr("Passwort")));
}

TEST_P(SurveyOn, ReadsAnswersToAQuestionnaireThatTheCatalogueNoLongerHas) {
    const ResponseId id = begun();
    (void)survey_.save(local, id, saying("entry-0001", "A4", 2));
    catalogue::CatalogueFiles newer = files();
    std::string& topic = newer.at("questionnaires/resilienzmonitor/A.yaml");
    topic += "# a comment changes nothing\n";
    std::string& head = newer.at("questionnaires/resilienzmonitor.yaml");
    head.replace(head.find("version: 1"), 10, "version: 2");
    newer["questionnaires/resilienzmonitor/versions.yaml"] = "published: [{version: 1, questions: {}}]\n";
    const catalogue::Catalogue changed = catalogue::catalogue_from(newer);
    Survey later{database_, audit_, sealing_, changed, newer, &std::chrono::system_clock::now};
    const Sheet sheet = later.opened(local, id);
    EXPECT_EQ(sheet.questionnaire->version, 1);
    EXPECT_EQ(sheet.questionnaire->question({"A4"}).text.de, catalogue().questionnaires[0].question({"A4"}).text.de);
}

TEST_P(SurveyOn, ForgetsADeletedResponseButNotThatItWasThere) {
    const ResponseId id = begun();
    (void)survey_.save(local, id, saying("entry-0001", "A4", 2));
    survey_.remove(local, id);
    EXPECT_THROW((void)survey_.opened(local, id), NotFound);
    long long rows = 0;
    database_.read([&](soci::session& sql) { sql << "SELECT COUNT(*) FROM survey_entry", soci::into(rows); });
    EXPECT_EQ(rows, 0);
    EXPECT_EQ(audit_.entries(local, {}).front().content.action, "delete-response");
}

INSTANTIATE_TEST_SUITE_P(On, SurveyOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::survey
