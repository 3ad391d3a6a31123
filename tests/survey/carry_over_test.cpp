// What an earlier response offers: shown, confirmed one by one, and no answer before.
#include "survey/carry_over.hpp"

#include "base/error.hpp"
#include "reading/catalogue_reader.hpp"
#include "survey/survey_json.hpp"
#include "survey/two_towns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace resmon::survey {
namespace {

using catalogue::Question;
using catalogue::Questionnaire;

Questionnaire asking(int version, const char* text, std::vector<catalogue::QuestionChange> changes = {}) {
    return {.version = version,
            .topics = {{.id = "A",
                        .questions = {{.id = {"A1"}, .text = {text, text}}, {.id = {"A2"}, .text = {"b", "b"}}}}},
            .changes = std::move(changes)};
}

TEST(CarryOver, IsOfQuestionsThatAreAskedAlike) {
    EXPECT_TRUE(means_the_same(asking(1, "a"), asking(2, "a"), {"A1"}));
    EXPECT_FALSE(means_the_same(asking(1, "a"), asking(2, "anders"), {"A1"}));
    EXPECT_FALSE(means_the_same(asking(1, "a"), asking(2, "a"), {"A9"})) << "new, or gone";
}

TEST(CarryOver, FollowsWhatTheNewerVersionSaysOfAnEarlierOne) {
    const Questionnaire reworded = asking(3, "anders", {{.question = {"A1"}, .before = 2, .means_the_same = true}});
    EXPECT_TRUE(means_the_same(asking(2, "a"), reworded, {"A1"}));
    EXPECT_FALSE(means_the_same(asking(1, "a"), reworded, {"A1"})) << "said of version 2 alone";
    const Questionnaire redefined = asking(3, "a", {{.question = {"A1"}, .before = 2, .means_the_same = false}});
    EXPECT_FALSE(means_the_same(asking(2, "a"), redefined, {"A1"})) << "the same words, but they mean another thing";
}

TEST(CarryOver, OffersWhatHeldAndNothingElse) {
    const Answer said{.state = AnswerState::answered, .value = 2.0};
    const Questionnaire older = asking(1, "a");
    Sheet sheet;
    sheet.questionnaire = std::make_shared<Questionnaire>(asking(2, "a"));
    const auto offered = [&](std::vector<Entry> entries) {
        const Offers offers = offers_for(sheet, older, {{{"A1"}, std::move(entries)}});
        return offers.contains({"A1"});
    };
    EXPECT_TRUE(offered({{.number = 1, .answer = said}}));
    EXPECT_FALSE(offered({}));
    EXPECT_FALSE(offered({{.number = 1, .answer = {}}})) << "open";
    EXPECT_FALSE(offered({{.number = 1, .answer = said}, {.number = 2, .answer = {.state = AnswerState::refused}}}))
        << "contradictory";
    EXPECT_FALSE(offered({{.number = 1, .answer = said, .is_locked = true}}));
    sheet.entries = {{{"A1"}, {{.number = 1, .answer = {}}}}};
    EXPECT_FALSE(offered({{.number = 1, .answer = said}})) << "something was entered, were it taken back";
}

TEST(CarryOver, ShowsBesideWhatNoLongerFits) {
    Sheet sheet;
    sheet.questionnaire = std::make_shared<Questionnaire>(asking(2, "anders"));
    const Entries earlier{{{"A1"}, {{.number = 1, .answer = {.state = AnswerState::answered, .value = 2.0}}}},
                          {{"A2"}, {{.number = 2, .answer = {.state = AnswerState::answered, .value = 9.0}}}}};
    const Offers offers = offers_for(sheet, asking(1, "a"), earlier);
    EXPECT_FALSE(offers.at({"A1"}).fits) << "the question has changed";
    EXPECT_FALSE(offers.at({"A2"}).fits) << "there is no such level";
}

class CarryOverOn : public TwoTowns {
protected:
    /// A finished response with two answers, and the next one.
    ResponseId next() {
        const ResponseId first = begun(editor_, brilon);
        SaveWish wish = saying("entry-0001", "A4", 2);
        wish.answer.comment = "Frau Ä. weiß mehr";
        (void)survey_.save(editor_, first, wish);
        (void)survey_.save(editor_, first, saying("entry-0002", "C1", 3));
        (void)survey_.finish(editor_, first);
        return begun(editor_, brilon);
    }
    int answered(const ResponseId& id) {
        int sum = 0;
        for (const TopicProgress& topic : progress(survey_.opened(editor_, id))) sum += topic.answered;
        return sum;
    }

    const Principal editor_ = person(brilon, Role::editor);
};

TEST_P(CarryOverOn, OffersAreNoAnswersUntilTheyAreConfirmed) {
    const ResponseId id = next();
    const Sheet before = survey_.opened(editor_, id);
    EXPECT_EQ(before.offers.size(), 2U);
    EXPECT_TRUE(before.entries.empty());
    EXPECT_TRUE(holding_answers(before.entries).empty()) << "neither levels nor the forecast know of them";
    EXPECT_EQ(answered(id), 0);
    EXPECT_EQ(progress(before).at(0).offered, 1);

    const Sheet after = survey_.confirm(editor_, id, {{"A4"}});
    const Entry& entry = after.entries.at({"A4"}).at(0);
    EXPECT_EQ(entry.source, Source::carried);
    EXPECT_EQ(entry.person, editor_.person);
    EXPECT_EQ(entry.answer.comment, "Frau Ä. weiß mehr");
    EXPECT_EQ(entry.answer.value, Value{2.0});
    EXPECT_FALSE(after.offers.contains({"A4"}));
    EXPECT_TRUE(after.offers.contains({"C1"}));
    EXPECT_EQ(answered(id), 1);
}

TEST_P(CarryOverOn, ConfirmsOnceHoweverOftenItIsAsked) {
    const ResponseId id = next();
    (void)survey_.confirm(editor_, id, {{"A4"}, {"C1"}});
    const Sheet again = survey_.confirm(editor_, id, {{"A4"}, {"C1"}});
    EXPECT_EQ(again.entries.at({"A4"}).size(), 1U);
}

TEST_P(CarryOverOn, ConfirmsAllOfThemOrNone) {
    const ResponseId id = next();
    EXPECT_THROW((void)survey_.confirm(editor_, id, {{"A4"}, {"A5"}}), NotFound) << "A5 had no answer";
    EXPECT_TRUE(survey_.opened(editor_, id).entries.empty());
}

TEST_P(CarryOverOn, LeavesWhatIsTypedInsteadAlone) {
    const ResponseId id = next();
    const Saved saved = survey_.save(editor_, id, saying("entry-0001", "A4", 4));
    EXPECT_EQ(saved.entry.source, Source::typed);
    EXPECT_FALSE(saved.sheet.offers.contains({"A4"}));
    EXPECT_THROW((void)survey_.confirm(editor_, id, {{"A4"}}), NotFound);
}

TEST_P(CarryOverOn, FinishesWithWhatWasConfirmedAlone) {
    const ResponseId id = next();
    (void)survey_.confirm(editor_, id, {{"A4"}});
    const Receipt receipt = survey_.finish(editor_, id);
    const auto state = [&](const char* question) {
        return std::ranges::find(receipt.lines, QuestionId{question}, &ReceiptLine::question)->state;
    };
    EXPECT_EQ(state("A4"), "answered");
    EXPECT_EQ(state("C1"), "open");
    EXPECT_TRUE(survey_.opened(editor_, id).offers.empty());
}

TEST_P(CarryOverOn, IsOfTheSameBodyAndOrganisationAlone) {
    (void)next();
    EXPECT_TRUE(survey_.opened(local, begun()).offers.empty()) << "another organisation, the same body";
    const Sheet other = survey_.begin(editor_, {.questionnaire = {"resilienzmonitor"}, .body = "059580012000"});
    EXPECT_TRUE(other.offers.empty());
}

TEST_P(CarryOverOn, ShowsTheHolderOfALinkOffersOfItsTopicsAlone) {
    const ResponseId id = next();
    const auto made = survey_.give_link(editor_, id, {.label = "Frau X", .topics = {"A"}});
    const Principal holder{.kind = Principal::Kind::link, .link = made.id.value};
    const Sheet sheet = survey_.opened(holder, id);
    EXPECT_TRUE(sheet.offers.contains({"A4"}));
    EXPECT_FALSE(sheet.offers.contains({"C1"}));
    EXPECT_THROW((void)survey_.confirm(holder, id, {{"C1"}}), NotFound);
    EXPECT_EQ(survey_.confirm(holder, id, {{"A4"}}).entries.at({"A4"}).at(0).link, made.id);
}

TEST_P(CarryOverOn, GoesOnAcrossVersionsWhereTheQuestionIsTheSame) {
    const ResponseId first = begun(editor_, brilon);
    (void)survey_.save(editor_, first, saying("entry-0001", "A4", 2));
    (void)survey_.save(editor_, first, saying("entry-0002", "C1", 3));
    (void)survey_.finish(editor_, first);
    catalogue::CatalogueFiles newer = files();
    std::string& head = newer.at("questionnaires/resilienzmonitor.yaml");
    head.replace(head.find("version: 1"), 10, "version: 2");
    newer["questionnaires/resilienzmonitor/versions.yaml"] =
        "published: [{version: 1, questions: {C1: \"000000000000\"}}]\n"
        "changes: [{question: C1, before: 1, meaning: changed}]\n";
    const catalogue::Catalogue changed = catalogue::catalogue_from(newer);
    Survey later{database_, audit_, sealing_, changed, newer, &std::chrono::system_clock::now};
    const Sheet sheet =
        later.begin(editor_, {.questionnaire = {"resilienzmonitor"}, .body = "059580032000", .organisation = brilon});
    EXPECT_EQ(sheet.response.version, 2);
    EXPECT_TRUE(sheet.offers.at({"A4"}).fits);
    EXPECT_FALSE(sheet.offers.at({"C1"}).fits) << "what it asks has changed: the old answer is shown beside";
}

INSTANTIATE_TEST_SUITE_P(On, CarryOverOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::survey
