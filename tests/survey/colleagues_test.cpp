// Who else answers, on both engines: by a link or by assignment, and nothing beyond that.
#include "accounts/shared_transaction.hpp"
#include "base/error.hpp"
#include "survey/survey_json.hpp"
#include "survey/two_towns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace resmon::survey {
namespace {

using Topics = std::set<std::string>;

class ColleaguesOn : public TwoTowns {
protected:
    Principal holder(const ResponseId& id, const Topics& topics, bool may_finish = false) {
        const links::NewLink made =
            survey_.give_link(editor_, id, {.label = "Frau X, Standesamt", .topics = topics, .may_finish = may_finish});
        return {.kind = Principal::Kind::link, .link = made.id.value};
    }
    ResponseId begun_by_editor() { return begun(editor_, brilon); }
    PersonId add_person(const char* name, Role role, const OrganisationId& organisation = brilon) {
        const PersonId id{name};
        database_.write([&](soci::session& sql) {
            EXPECT_TRUE(accounts::insert_person(sql, {.id = id, .login = name, .name = name}, "2026-01-01T00:00:00Z"));
            accounts::insert_membership(sql, id, {organisation, role, {}});
        });
        return id;
    }
    Principal contributor(const PersonId& id) {
        return {.kind = Principal::Kind::person, .person = id, .memberships = {{brilon, Role::contributor, {}}}};
    }
    /// An answer to the question that carries its id where only who sees the answer can see it.
    SaveWish marked(const catalogue::Question& question, const std::string& by) {
        return {.question = question.id,
                .id = by + "-" + question.id.value + "-0000",
                .answer = {.state = AnswerState::dont_know, .comment = "mark-" + question.id.value + "-by-" + by}};
    }
    std::vector<std::string> actions_by(const std::string& person) {
        std::vector<std::string> actions;
        for (const accounts::AuditEntry& entry : audit_.entries(local, {}))
            if (entry.content.person == person) actions.push_back(entry.content.action);
        return actions;
    }

    const Principal editor_ = person(brilon, Role::editor);
};

std::string everything_on(const Sheet& sheet) {
    std::string text;
    for (const catalogue::Topic& topic : sheet.questionnaire->topics)
        for (const catalogue::Question& question : topic.questions) text += answer_to_json(question.id, sheet).dump();
    for (const auto& [question, saved] : sheet.entries)
        for (const Entry& entry : saved) text += entry_to_json(entry, sheet).dump();
    return text;
}

TEST_P(ColleaguesOn, OfAnyLinkNeitherReadNorWriteOutsideItsTopics) {
    const ResponseId id = begun_by_editor();
    const catalogue::Questionnaire& asked = catalogue().questionnaire({"resilienzmonitor"});
    for (const catalogue::Topic& topic : asked.topics)
        for (const catalogue::Question& question : topic.questions)
            (void)survey_.save(editor_, id, marked(question, "editor"));

    std::mt19937 random{20260301};
    for (int turn = 0; turn < 12; ++turn) {
        Topics topics;
        for (const catalogue::Topic& topic : asked.topics)
            if (random() % 4 == 0) topics.insert(topic.id);
        if (topics.empty()) topics.insert(asked.topics[random() % asked.topics.size()].id);
        const Principal who = holder(id, topics);
        const std::string seen = everything_on(survey_.opened(who, id));
        for (const catalogue::Topic& topic : asked.topics) {
            const bool is_theirs = topics.contains(topic.id);
            for (const catalogue::Question& question : topic.questions)
                EXPECT_EQ(seen.find("mark-" + question.id.value + "-by-") != std::string::npos, is_theirs)
                    << question.id.value;
            const auto& question = topic.questions[random() % topic.questions.size()];
            const SaveWish wish = marked(question, "turn-" + std::to_string(turn));
            if (!is_theirs) {
                EXPECT_THROW((void)survey_.save(who, id, wish), NotFound) << question.id.value;
                continue;
            }
            const Saved saved = survey_.save(who, id, wish);
            EXPECT_EQ(saved.entry.link.value, who.link);
            EXPECT_TRUE(saved.entry.person.value.empty());
            for (const catalogue::Topic& told : saved.sheet.questionnaire->topics)
                EXPECT_TRUE(topics.contains(told.id)) << "what is saved tells of nothing else either";
        }
    }
}

TEST_P(ColleaguesOn, WithALinkSeeNoOtherResponse) {
    const ResponseId id = begun_by_editor();
    const ResponseId other = begun();
    for (const Principal& who : {holder(id, {"A"}), holder(id, {}, true)}) {
        EXPECT_TRUE(survey_.list(who).empty());
        EXPECT_TRUE(survey_.list(who, Action::read_profile).empty());
        for (const Action action : {Action::read_responses, Action::read_profile, Action::answer_survey})
            EXPECT_THROW((void)survey_.opened(who, other, action), NotFound);
        EXPECT_THROW((void)survey_.save(who, other, saying("entry-0001", "A4", 1)), NotFound);
        EXPECT_THROW((void)survey_.finish(who, other), NotFound);
        EXPECT_THROW((void)survey_.receipt(who, other), NotFound);
    }
}

TEST_P(ColleaguesOn, WithALinkManageNothing) {
    const ResponseId id = begun_by_editor();
    for (const Principal& who : {holder(id, {"A"}), holder(id, {}), holder(id, {}, true)}) {
        EXPECT_THROW((void)survey_.given_links(who, id), Forbidden);
        EXPECT_THROW((void)survey_.give_link(who, id, {.label = "weiter"}), Forbidden);
        EXPECT_THROW(survey_.withdraw_link(who, id, {who.link}), Forbidden);
        EXPECT_THROW((void)survey_.colleagues(who, id), Forbidden);
        EXPECT_THROW(survey_.assign(who, id, "A", {}), Forbidden);
        EXPECT_THROW(survey_.reopen(who, id, "noch einmal"), Forbidden);
        EXPECT_THROW(survey_.remove(who, id), Forbidden);
        EXPECT_THROW((void)survey_.begin(who, {.questionnaire = {"resilienzmonitor"}, .body = "059580032000"}),
                     Forbidden);
    }
}

TEST_P(ColleaguesOn, WithALinkFinishOnlyIfItSaysSoAndReadTheirReceiptAndProfileThen) {
    const ResponseId id = begun_by_editor();
    for (const Principal& who : {holder(id, {"A"}), holder(id, {})}) {
        EXPECT_FALSE(survey_.opened(who, id).may_finish);
        EXPECT_THROW((void)survey_.finish(who, id), NotFound);
        EXPECT_THROW((void)survey_.whole(who, id), Forbidden) << "no forecast";
        EXPECT_THROW((void)survey_.whole(who, id, Action::read_profile), NotFound);
    }
    const Principal all = holder(id, {}, true);
    EXPECT_TRUE(survey_.opened(all, id).may_finish);
    EXPECT_NO_THROW((void)survey_.whole(all, id, Action::read_profile));
    (void)survey_.finish(all, id);
    EXPECT_EQ(survey_.receipt(all, id).number, 1);
    EXPECT_EQ(survey_.receipt(editor_, id).number, 1);
    EXPECT_THROW((void)survey_.save(all, id, saying("entry-0001", "A4", 1)), Conflict);
    EXPECT_THROW((void)survey_.give_link(editor_, id, {.label = "zu spät"}), Conflict);
}

TEST_P(ColleaguesOn, AreShownAsAuthorsUnderTheirLabelAlsoAfterItsEnd) {
    const ResponseId id = begun_by_editor();
    const Principal who = holder(id, {"A"});
    (void)survey_.save(who, id, saying("entry-0001", "A4", 2));
    survey_.withdraw_link(editor_, id, {who.link});
    EXPECT_THROW((void)survey_.opened(who, id), NotFound);
    EXPECT_THROW((void)survey_.save(who, id, saying("entry-0002", "A4", 3)), NotFound);
    EXPECT_THROW(survey_.withdraw_link(editor_, id, {who.link}), NotFound) << "it was withdrawn already";
    const Sheet sheet = survey_.opened(editor_, id);
    EXPECT_EQ(entry_to_json(sheet.entries.at({"A4"}).at(0), sheet).at("person_name"), "Frau X, Standesamt");
    const auto given = survey_.given_links(editor_, id);
    ASSERT_EQ(given.size(), 1U);
    EXPECT_FALSE(given[0].holds);
}

TEST_P(ColleaguesOn, WithALinkAreNamedByItInTheAuditTrail) {
    const ResponseId id = begun_by_editor();
    const Principal who = holder(id, {"A"});
    (void)survey_.opened(who, id);
    (void)survey_.save(who, id, saying("entry-0001", "A4", 2));
    EXPECT_THAT(actions_by("link:" + who.link), testing::ElementsAre("answer-survey", "read-responses"));
    EXPECT_EQ(audit_.verify().broken, std::nullopt);
}

TEST_P(ColleaguesOn, GetNoLinkThatContradictsItself) {
    const ResponseId id = begun_by_editor();
    EXPECT_THROW((void)survey_.give_link(editor_, id, {.label = " "}), InputError);
    EXPECT_THROW((void)survey_.give_link(editor_, id, {.label = "x", .topics = {"Z"}}), InputError);
    EXPECT_THROW((void)survey_.give_link(editor_, id, {.label = "x", .topics = {"A"}, .may_finish = true}), InputError);
    EXPECT_THROW((void)survey_.give_link(person(meschede, Role::editor), id, {.label = "x"}), NotFound);
    EXPECT_THROW((void)survey_.give_link(person(brilon, Role::viewer), id, {.label = "x"}), Forbidden);
    EXPECT_TRUE(survey_.given_links(editor_, id).empty());
}

TEST_P(ColleaguesOn, WhoContributeSeeAndAnswerWhatIsAssignedToThem) {
    const ResponseId id = begun_by_editor();
    const PersonId anna = add_person("anna", Role::contributor);
    const Principal who = contributor(anna);
    EXPECT_TRUE(survey_.list(who).empty());
    EXPECT_THROW((void)survey_.opened(who, id), NotFound) << "nothing is assigned";
    survey_.assign(editor_, id, "C", anna);
    ASSERT_EQ(survey_.list(who).size(), 1U);
    const Sheet sheet = survey_.opened(who, id);
    ASSERT_EQ(sheet.questionnaire->topics.size(), 1U);
    EXPECT_EQ(sheet.questionnaire->topics[0].id, "C");
    EXPECT_TRUE(sheet.may_answer);
    EXPECT_FALSE(sheet.may_finish || sheet.may_manage);
    EXPECT_NO_THROW((void)survey_.save(who, id, saying("entry-0001", "C1", 1)));
    EXPECT_THROW((void)survey_.save(who, id, saying("entry-0002", "A4", 1)), NotFound);
    EXPECT_THROW((void)survey_.whole(who, id), Forbidden);
    EXPECT_THROW((void)survey_.receipt(who, id), Forbidden);
    survey_.assign(editor_, id, "C", {});
    EXPECT_THROW((void)survey_.opened(who, id), NotFound) << "taken back";
}

TEST_P(ColleaguesOn, WhoMayAnswerAnywayAreOnlyMarkedAsResponsible) {
    const ResponseId id = begun_by_editor();
    const PersonId bea = add_person("bea", Role::editor);
    survey_.assign(editor_, id, "C", bea);
    const Principal who{.kind = Principal::Kind::person, .person = bea, .memberships = {{brilon, Role::editor, {}}}};
    EXPECT_EQ(survey_.list(who).size(), 1U) << "once";
    const Sheet sheet = survey_.opened(who, id);
    EXPECT_EQ(sheet.questionnaire->topics.size(), 14U);
    EXPECT_EQ(sheet.assignments.at("C"), bea);
}

TEST_P(ColleaguesOn, AreThoseOfTheOrganisationWhoMayAnswer) {
    const ResponseId id = begun_by_editor();
    const PersonId anna = add_person("anna", Role::contributor);
    const PersonId vera = add_person("vera", Role::viewer);
    const PersonId foreign = add_person("fritz", Role::editor, meschede);
    std::vector<std::string> names;
    for (const accounts::Person& person : survey_.colleagues(editor_, id)) names.push_back(person.name);
    EXPECT_THAT(names, testing::ElementsAre("anna"));
    for (const PersonId& nobody : {vera, foreign, PersonId{"nobody"}})
        EXPECT_THROW(survey_.assign(editor_, id, "C", nobody), InputError) << nobody.value;
    EXPECT_THROW(survey_.assign(editor_, id, "Z", anna), NotFound);
    EXPECT_THROW(survey_.assign(contributor(anna), id, "C", anna), Forbidden);
}

TEST_P(ColleaguesOn, FinishNothingThatCannotBeReadHere) {
    const ResponseId id = begun_by_editor();
    (void)survey_.save(editor_, id, marked(catalogue().questionnaire({"resilienzmonitor"}).question({"A4"}), "editor"));
    const storage::Sealing none{{}};
    Survey keyless{database_, audit_, none, catalogue(), files(), &std::chrono::system_clock::now};
    EXPECT_THROW((void)keyless.finish(editor_, id), Conflict);
    EXPECT_FALSE(survey_.opened(editor_, id).response.is_finished);
    EXPECT_NO_THROW((void)survey_.finish(editor_, id));
}

INSTANTIATE_TEST_SUITE_P(On, ColleaguesOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::survey
