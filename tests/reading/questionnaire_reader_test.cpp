// Questionnaires: what is wrong in one is told with file, line and what would be right.
#include "reading/catalogue_reader.hpp"

#include "base/error.hpp"
#include "reading/questionnaire_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace resmon::catalogue {
namespace {

using testing::HasSubstr;

constexpr const char* head = "questionnaires/small.yaml";
constexpr const char* topic = "questionnaires/small/A.yaml";

const std::string text = "{de: Wort, en: word}";
const std::string levels = "[" + text + ", " + text + ", " + text + ", " + text + ", " + text + "]";

CatalogueFiles small() {
    return {{head, "id: small\nversion: 1\nstatus: draft\nname: " + text + "\nintroduction: " + text +
                       "\ntopics: [A]\nquick_check: [A1]\n"},
            {topic, "id: A\nname: " + text + "\nintroduction: " + text + "\nquestions:\n" +  // lines 1–4
                        "  - {id: A1, type: ordinal, text: " + text + ", why: " + text + ", levels: " + levels + "}\n" +
                        "  - {id: A2, type: number, text: " + text + ", why: " + text + ", unit: " + text + "}\n" +
                        "  - {id: A3, type: single, text: " + text + ", why: " + text +
                        ", choices: [{id: yes-x, text: " + text + "}, {id: no-x, text: " + text +
                        "}], when: {question: A1, at_least: 2}}\n" +
                        "essentials:\n  - {level: 1, question: A1, at_least: 2}\n"}};
}

CatalogueFiles with(const char* path, const std::string& before, const std::string& after) {
    CatalogueFiles files = small();
    std::string& content = files.at(path);
    const std::size_t at = content.find(before);
    EXPECT_NE(at, std::string::npos) << before;
    content.replace(at, before.size(), after);
    return files;
}

std::string faults_of(const CatalogueFiles& files) {
    try {
        (void)kept_questionnaire(files);
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

TEST(Questionnaire, ThatIsSoundIsRead) {
    ASSERT_EQ(faults_of(small()), "");
    const Questionnaire read = kept_questionnaire(small());
    EXPECT_EQ(read.question({"A1"}).levels.size(), 5U);
    EXPECT_EQ(read.question({"A3"}).when.at_least, 2);
    EXPECT_EQ(read.topic("A").essentials.at(0).at_least, 2);
    EXPECT_THROW((void)read.question({"B1"}), NotFound);
}

TEST(Questionnaire, QuestionsHaveWhatTheirTypeNeedsAndNothingElse) {
    EXPECT_THAT(faults_of(with(topic, ", levels: " + levels, "")),
                HasSubstr("small/A.yaml:5: questions.0.levels: is missing: a ordinal question needs it"));
    EXPECT_THAT(faults_of(with(topic, "unit: " + text, "choices: []")),
                HasSubstr("small/A.yaml:6: questions.1.choices: must not stand with a number question"));
    EXPECT_THAT(faults_of(with(topic, "unit: " + text, "unit: " + text + ", lowest: 5, highest: 2")),
                HasSubstr("small/A.yaml:6: questions.1.highest: must be above lowest 5, is 2"));
    EXPECT_THAT(faults_of(with(topic, "no-x", "yes-x")),
                HasSubstr("small/A.yaml:7: questions.2.choices.1.id: must stand once"));
}

TEST(Questionnaire, ConditionsAskEarlierQuestionsWhatTheseCanAnswer) {
    EXPECT_THAT(faults_of(with(topic, "when: {question: A1", "when: {question: A3")),
                HasSubstr("small/A.yaml:7: questions.2.when.question: must be an earlier question, is A3"));
    EXPECT_THAT(faults_of(with(topic, "when: {question: A1", "when: {question: A9")),
                HasSubstr("must be an earlier question, is A9"));
    EXPECT_THAT(faults_of(with(topic, "at_least: 2}}", "is: yes-x}}")),
                HasSubstr("questions.2.when.is: must be a choice of A1, is yes-x"));
    EXPECT_THAT(faults_of(with(topic, ", at_least: 2}}", "}}")),
                HasSubstr("must compare (at_least, at_most) or name a choice"));
}

TEST(Questionnaire, EssentialsStandOnOrdinalQuestionsThatAreAskedWhateverTheLevels) {
    EXPECT_THAT(faults_of(with(topic, "level: 1, question: A1", "level: 1, question: A2")),
                HasSubstr("small/A.yaml:9: essentials.0.question: must be an ordinal question of A, is A2"));
    CatalogueFiles files = with(topic, "level: 1, question: A1", "level: 1, question: A4");
    files.at(topic).replace(files.at(topic).find("essentials:"), 0,
                            "  - {id: A4, type: ordinal, text: " + text + ", why: " + text + ", levels: " + levels +
                                ", when: {question: A1, at_least: 1}}\n");
    EXPECT_THAT(faults_of(files), HasSubstr("must be asked whatever the levels of other answers, A4 is not"));
}

TEST(Questionnaire, FilesAndIdsBelongTogether) {
    EXPECT_THAT(faults_of(with(head, "topics: [A]", "topics: [A, B]")),
                HasSubstr("questionnaires/small/B.yaml: is missing"));
    EXPECT_THAT(faults_of(with(head, "quick_check: [A1]", "quick_check: [A7]")),
                HasSubstr("small.yaml:7: quick_check.0: must be a question of the topics, is A7"));
    CatalogueFiles files = small();
    files["questionnaires/small/B.yaml"] = "id: B\n";
    EXPECT_THAT(faults_of(files),
                HasSubstr("questionnaires/small/B.yaml: must be a topic that questionnaires/small.yaml lists"));
    EXPECT_THAT(faults_of(with(topic, "id: A2", "id: B2")), HasSubstr("must begin with A, is B2"));
}

const char* const versions = "questionnaires/small/versions.yaml";

/// What the version's questions are, as the program tells it in its fault.
std::string listed(const CatalogueFiles& files) {
    const std::string told = faults_of(files);
    const std::size_t begin = told.find("{version:");
    return "published:\n  - " + told.substr(begin, told.find("}}", begin) + 2 - begin) + "\n";
}

CatalogueFiles published_small() {
    const std::string hash = kept_questionnaire(small()).hash;
    CatalogueFiles published = with(head, "status: draft", "status: published\nhash: " + hash);
    published[versions] = "published: []\n";
    published[versions] = listed(published);
    return published;
}

TEST(Questionnaire, ThatIsPublishedListsWhatItAsks) {
    CatalogueFiles published = published_small();
    EXPECT_EQ(faults_of(published), "");
    published.erase(versions);
    EXPECT_THAT(faults_of(published),
                HasSubstr("versions.yaml:1: must list what is published: {version: 1, questions"));
}

TEST(Questionnaire, ThatFollowsAPublishedOneSaysWhatBecameOfEachChangedQuestion) {
    CatalogueFiles next = published_small();
    next.at(head) = with(head, "version: 1", "version: 2").at(head);
    EXPECT_EQ(faults_of(next), "") << "nothing changed";
    next.at(topic).replace(next.at(topic).find("text: {de: Wort"), 15, "text: {de: Wert");
    EXPECT_THAT(faults_of(next), HasSubstr("must say under changes whether A1 means the same as in version 1"));
    const std::string published = next.at(versions);
    next.at(versions) = published + "changes: [{question: A1, before: 1, meaning: same}]\n";
    EXPECT_THAT(faults_of(next), testing::Not(HasSubstr("whether A1")));
    next.at(versions) = published + "changes: [{question: A1, before: 1, meaning: perhaps}]\n";
    EXPECT_THAT(faults_of(next), HasSubstr("changes.0.meaning: must be"));
    next.erase(versions);
    EXPECT_THAT(faults_of(next), HasSubstr("must list what version 1 asked"));
}

TEST(Questionnaire, HasAHashOfEachQuestionThatOnlyWhatIsAskedMoves) {
    const auto hash_with = [](const char* from, const char* to) {
        return question_hash(kept_questionnaire(with(topic, from, to)).question({"A1"}));
    };
    const std::string before = question_hash(kept_questionnaire(small()).question({"A1"}));
    EXPECT_EQ(before.size(), 12U);
    EXPECT_NE(hash_with("text: {de: Wort", "text: {de: Wert"), before);
    EXPECT_EQ(hash_with("why: {de: Wort", "why: {de: Wert"), before);
}

TEST(Questionnaire, HasChoicesThatStandAloneOnlyAmongSeveral) {
    EXPECT_EQ(faults_of(with(topic, "type: single", "type: multiple")), "");
    CatalogueFiles files = with(topic, "id: no-x", "excludes_others: true, id: no-x");
    EXPECT_THAT(faults_of(files), HasSubstr("choices.1.excludes_others: must not stand with a single question"));
    files.at(topic).replace(files.at(topic).find("type: single"), 12, "type: multiple");
    EXPECT_EQ(faults_of(files), "");
    EXPECT_TRUE(kept_questionnaire(files).question({"A3"}).choices[1].excludes_others);
}

TEST(Questionnaire, ThatIsPublishedNeverChanges) {
    CatalogueFiles published = published_small();
    EXPECT_EQ(faults_of(published), "");
    published.at(head) += "# layout and comments are no content\n";
    EXPECT_EQ(faults_of(published), "");
    published.at(topic).replace(published.at(topic).find("Wort"), 4, "Wert");
    EXPECT_THAT(faults_of(published), HasSubstr("a change of what was asked needs a new version"));
}

}  // namespace
}  // namespace resmon::catalogue
