#include "survey/condition_words.hpp"

#include "support/shipped.hpp"

#include <gtest/gtest.h>

namespace resmon::survey {
namespace {

using catalogue::Condition;

const catalogue::Questionnaire& shipped() { return catalogue::shipped().questionnaire({"resilienzmonitor"}); }

std::string words(const Condition& condition, Language language = Language::german) {
    return when_asked(shipped(), {.when = condition}, language);
}
Condition at_least(const char* question, double level) {
    return {.kind = Condition::Kind::answer, .question = {question}, .at_least = level};
}

TEST(ConditionWords, SayWhenAQuestionIsAsked) {
    using enum Condition::Kind;
    EXPECT_EQ(words({}), "");
    EXPECT_EQ(words(at_least("A4", 2)), "Nur, wenn gilt: A4 mindestens 2.");
    EXPECT_EQ(words({.kind = answer, .question = {"A4"}, .at_most = 1}), "Nur, wenn gilt: A4 höchstens 1.");
    EXPECT_EQ(words({.kind = answer, .question = {"A4"}, .at_least = 1, .at_most = 3}),
              "Nur, wenn gilt: A4 von 1 bis 3.");
    EXPECT_EQ(words({.kind = any, .of = {at_least("A4", 2), at_least("B3", 1)}}),
              "Nur, wenn gilt: A4 mindestens 2 oder B3 mindestens 1.");
    EXPECT_EQ(words({.kind = none, .of = {at_least("A4", 2)}}), "Nur, wenn nicht gilt: A4 mindestens 2.");
    EXPECT_EQ(words({.kind = all,
                     .of = {{.kind = any, .of = {at_least("A4", 2), at_least("B3", 1)}},
                            {.kind = none, .of = {at_least("C1", 3)}}}},
                    Language::english),
              "Only if: (A4 at least 2 or B3 at least 1) and not (C1 at least 3).");
}

TEST(ConditionWords, NameTheOneChoiceThatIsLeftOut) {
    Condition condition{.kind = Condition::Kind::any};
    const auto& choices = shipped().question({"N1"}).choices;
    for (const catalogue::Choice& choice : choices)
        if (choice.id != choices.back().id)
            condition.of.push_back({.kind = Condition::Kind::answer, .question = {"N1"}, .is = choice.id});
    EXPECT_EQ(words(condition), "Nur, wenn gilt: N1 anders als „" + choices.back().text.de + "“.");
    condition.of.pop_back();
    EXPECT_NE(words(condition).find(" oder N1 „"), std::string::npos);
}

TEST(ConditionWords, NameWhoIsAsked) {
    EXPECT_EQ(
        when_asked(shipped(), {.asked_of = {catalogue::Level::district}, .when = at_least("A4", 2)}, Language::german),
        "Nur für Kreise und kreisfreie Städte. Nur, wenn gilt: A4 mindestens 2.");
}

}  // namespace
}  // namespace resmon::survey
