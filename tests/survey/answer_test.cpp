// Answers against their questions: what fits, and what is said where it does not.
#include "survey/answer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace resmon::survey {
namespace {

using catalogue::Question;
using catalogue::QuestionType;
using testing::HasSubstr;
using testing::IsEmpty;

std::string faults(const Question& question, const Answer& answer) {
    std::string said;
    for (const Fault& fault : faults_of(question, answer)) said += to_string(fault) + "\n";
    return said;
}

Answer with(Value value) { return {.state = AnswerState::answered, .value = std::move(value)}; }

const Question ordinal{.id = {"A1"}, .type = QuestionType::ordinal, .levels = std::vector<Text>(5)};
const Question days{.id = {"F6"}, .type = QuestionType::number, .lowest = 0, .highest = 365, .decimals = 1};
const Question who{.id = {"G2"}, .type = QuestionType::single, .choices = {{"one", {}}, {"several", {}}}};
const Question causes{
    .id = {"N1"}, .type = QuestionType::multiple, .choices = {{"attack", {}}, {"power", {}}, {"provider", {}}}};
const Question longest{.id = {"N2"}, .type = QuestionType::duration};
const Question since{.id = {"N4"}, .type = QuestionType::date};
const Question forms{
    .id = {"H1"}, .type = QuestionType::matrix, .levels = std::vector<Text>(5), .rows = {{"passport"}, {"birth"}}};
const Question free{.id = {"B1"}, .type = QuestionType::text};

TEST(Answers, OfEveryTypeFitTheirQuestion) {
    EXPECT_EQ(faults(ordinal, with(4.0)), "");
    EXPECT_EQ(faults(days, with(2.5)), "");
    EXPECT_EQ(faults(who, with(std::string{"one"})), "");
    EXPECT_EQ(faults(causes, with(std::vector<std::string>{"attack", "power"})), "");
    EXPECT_EQ(faults(longest, with(Span{3, SpanUnit::weeks})), "");
    EXPECT_EQ(faults(since, with(std::string{"2024-02-29"})), "");
    EXPECT_EQ(faults(forms, with(std::map<std::string, double>{{"passport", 2}})), "");
    EXPECT_EQ(faults(free, with(std::string{"Rathaus, Raum 3"})), "");
}

TEST(Answers, NameNoOtherChoiceBesideOneThatStandsAlone) {
    const Question some{
        .id = {"N1"}, .type = QuestionType::multiple, .choices = {{"attack", {}}, {"none", {}, true}, {"power", {}}}};
    EXPECT_EQ(faults(some, with(std::vector<std::string>{"attack", "power"})), "");
    EXPECT_EQ(faults(some, with(std::vector<std::string>{"none"})), "");
    EXPECT_THAT(faults(some, with(std::vector<std::string>{"none", "power"})),
                HasSubstr("/value: must be none alone, or without it"));
}

TEST(Answers, ThatDoNotFitAreToldWithWhatWouldFit) {
    EXPECT_THAT(faults(ordinal, with(5.0)), HasSubstr("/value: must be a level from 0 to 4, is 5"));
    EXPECT_THAT(faults(ordinal, with(1.5)), HasSubstr("must be a level from 0 to 4, is 1.5"));
    EXPECT_THAT(faults(ordinal, with(std::string{"3"})), HasSubstr("must be a number"));
    EXPECT_THAT(faults(days, with(-1.0)), HasSubstr("must be at least 0, is -1"));
    EXPECT_THAT(faults(days, with(366.0)), HasSubstr("must be at most 365, is 366"));
    EXPECT_THAT(faults(days, with(0.25)), HasSubstr("must have at most 1 decimals, is 0.25"));
    EXPECT_THAT(faults(days, with(std::nan(""))), HasSubstr("must be a number"));
    EXPECT_THAT(faults(who, with(std::string{"two"})), HasSubstr("must be one of the choices, is two"));
    EXPECT_THAT(faults(causes, with(std::vector<std::string>{"flood"})), HasSubstr("flood is none"));
    EXPECT_THAT(faults(causes, with(std::vector<std::string>{"power", "power"})), HasSubstr("each choice once"));
    EXPECT_THAT(faults(causes, with(std::vector<std::string>{})), HasSubstr("at least one choice"));
    EXPECT_EQ(faults(longest, with(Span{-1, SpanUnit::days})), "/value: must be a duration of 0 or more, is -1\n");
    EXPECT_THAT(faults(longest, with(Span{std::nan(""), SpanUnit::days})), HasSubstr("must be a number"));
    EXPECT_THAT(faults(since, with(std::string{"2023-02-29"})), HasSubstr("must be a day"));
    EXPECT_THAT(faults(forms, with(std::map<std::string, double>{{"tax", 2}})), HasSubstr("tax is none"));
    EXPECT_THAT(faults(forms, with(std::map<std::string, double>{{"birth", 9}})), HasSubstr("birth is 9"));
    EXPECT_THAT(faults(free, with(std::string{})), HasSubstr("must not be empty"));
}

TEST(Answers, OfADurationEndAtAHundredYearsInEveryUnit) {
    for (const auto& [unit, most] : {std::pair{SpanUnit::hours, 878400.0}, std::pair{SpanUnit::days, 36600.0},
                                     std::pair{SpanUnit::weeks, 5300.0}, std::pair{SpanUnit::months, 1200.0}}) {
        EXPECT_EQ(faults(longest, with(Span{0, unit})), "");
        EXPECT_EQ(faults(longest, with(Span{most, unit})), "");
        EXPECT_THAT(faults(longest, with(Span{most + 1, unit})), HasSubstr("must last at most 100 years"));
    }
    const auto told = faults_of(longest, with(Span{40000, SpanUnit::weeks}));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].expectation.in(Language::english), "must last at most 100 years, that is 5,300 weeks; is 40,000");
    EXPECT_EQ(told[0].expectation.in(Language::german),
              "darf höchstens 100 Jahre dauern, das sind 5.300 Wochen; ist 40.000");
}

TEST(Answers, OfANumberWithoutBoundsAreNotAbsurd) {
    const Question euros{.id = {"N5"}, .type = QuestionType::number, .lowest = 0};
    EXPECT_EQ(faults(euros, with(1e12)), "");
    EXPECT_EQ(faults(euros, with(2e12)), "/value: must be at most 1,000,000,000,000, is 2,000,000,000,000\n");
    EXPECT_EQ(faults(euros, with(-1.0)), "/value: must be at least 0, is -1\n");
}

TEST(Answers, AreToldInGermanToo) {
    const auto german = [](const Question& question, const Answer& answer) {
        return faults_of(question, answer).at(0).expectation.in(Language::german);
    };
    EXPECT_EQ(german(ordinal, with(5.0)), "muss eine Stufe von 0 bis 4 sein, ist 5");
    EXPECT_EQ(german(days, with(366.5)), "darf höchstens 365 sein, ist 366,5");
    EXPECT_EQ(german(since, with(std::string{"morgen"})), "muss ein Tag sein, JJJJ-MM-TT, ist morgen");
    EXPECT_EQ(german(free, {.state = AnswerState::not_applicable, .value = {}}),
              "fehlt: warum die Frage nicht zutrifft");
}

TEST(Answers, AreNeverMixedWithTheirStates) {
    EXPECT_THAT(faults(ordinal, {.state = AnswerState::answered}), HasSubstr("/value: is missing"));
    EXPECT_THAT(faults(ordinal, {.state = AnswerState::dont_know, .value = 2.0}),
                HasSubstr("/value: must not stand with dont-know"));
    EXPECT_THAT(faults(ordinal, {.state = AnswerState::not_applicable}), HasSubstr("/reason: is missing"));
    EXPECT_THAT(faults(ordinal, {.state = AnswerState::refused, .reason = "x"}),
                HasSubstr("/reason: must not stand with refused"));
    EXPECT_THAT(faults(ordinal, {.state = AnswerState::not_asked}), HasSubstr("/state: must be said by a person"));
    EXPECT_EQ(faults(ordinal, {.state = AnswerState::dont_know, .comment = "fragt Frau A."}), "");
    EXPECT_EQ(faults(ordinal, {.state = AnswerState::open}), "");
}

TEST(Answers, SayTheirLevelOnlyIfTheyHaveOne) {
    EXPECT_EQ(level_of(ordinal, with(3.0)), 3);
    EXPECT_EQ(level_of(ordinal, {.state = AnswerState::dont_know}), std::nullopt);
    EXPECT_EQ(level_of(days, with(3.0)), std::nullopt);
}

}  // namespace
}  // namespace resmon::survey
