// Conditions of other programs: what is understood, and what is refused in words.
#include "exchange/relevance.hpp"

#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace resmon::exchange {
namespace {

using catalogue::Question;
using catalogue::QuestionType;

const catalogue::Questionnaire& asked() {
    static const catalogue::Questionnaire whole{
        .topics = {
            {.id = "A",
             .questions = {{.id = {"A1"}, .type = QuestionType::single, .choices = {{"yes", {}}, {"no", {}}}},
                           {.id = {"A2"}, .type = QuestionType::multiple, .choices = {{"fire", {}}, {"flood", {}}}},
                           {.id = {"A3"}, .type = QuestionType::number},
                           {.id = {"A4"}, .type = QuestionType::number, .decimals = 2},
                           {.id = {"A5"}, .type = QuestionType::text}}}}};
    return whole;
}

std::optional<Meant> meant(const std::string& name) {
    if (name == "A2_fire") return Meant{asked().find({"A2"}), "fire", {}};
    const Question* question = asked().find({name});
    if (question == nullptr) return std::nullopt;
    return Meant{question, {}, {{"Y", "yes"}, {"N", "no"}}};
}

/// As XLSForm says what was understood.
std::string read(const char* expression, Dialect dialect = Dialect::xlsform) {
    try {
        return relevance_of(condition_from(expression, dialect, meant), asked());
    } catch (const InputError& error) {
        return error.what();
    }
}

TEST(Relevance, IsUnderstoodAsFarAsConditionsHereCanSayIt) {
    EXPECT_EQ(read(""), "");
    EXPECT_EQ(read("${A1} = 'yes'"), "${A1} = 'yes'");
    EXPECT_EQ(read("${A1}=\"yes\""), "${A1} = 'yes'");
    EXPECT_EQ(read("${A1} != 'yes'"), "not(${A1} = 'yes')");
    EXPECT_EQ(read("selected(${A2}, 'fire') and ${A3} >= 2"), "selected(${A2}, 'fire') and ${A3} >= 2");
    EXPECT_EQ(read("${A1} = 'yes' or ${A3} <= 2 and ${A3} >= 1"), "${A1} = 'yes' or (${A3} <= 2 and ${A3} >= 1)")
        << "and binds more than or";
    EXPECT_EQ(read("not(selected(${A2},'fire') or ${A1} = 'no')"), "not(selected(${A2}, 'fire') or ${A1} = 'no')");
    EXPECT_EQ(read("${A3} > 2"), "${A3} >= 3");
    EXPECT_EQ(read("2 < ${A3}"), "${A3} >= 3");
    EXPECT_EQ(read("${A3} = 2"), "${A3} >= 2 and ${A3} <= 2");
    EXPECT_EQ(read("${A1} != ''"), "${A1} = 'yes' or ${A1} = 'no'");
    EXPECT_EQ(read("((${A4} >= 2.5))"), "${A4} >= 2.5");
}

TEST(Relevance, OfLimeSurveyIsUnderstoodToo) {
    const auto lime = [](const char* expression) { return read(expression, Dialect::limesurvey); };
    EXPECT_EQ(lime("1"), "");
    EXPECT_EQ(lime("A1.NAOK == \"Y\""), "${A1} = 'yes'");
    EXPECT_EQ(lime("((A1.NAOK == 'Y' && A2_fire.NAOK == \"Y\") || A3.NAOK ge 2)"),
              "(${A1} = 'yes' and selected(${A2}, 'fire')) or ${A3} >= 2");
    EXPECT_EQ(lime("!(A1.NAOK == \"N\")"), "not(${A1} = 'no')");
    EXPECT_EQ(lime("A2_fire.NAOK != \"Y\""), "not(selected(${A2}, 'fire'))");
    EXPECT_EQ(lime("!is_empty(A3.NAOK)"), "not(not(${A3} >= 0 or ${A3} <= 0))");
    EXPECT_EQ(lime("! A1.NAOK == \"N\""), "is not understood at A1");
}

TEST(Relevance, OfOtherKindsIsRefusedInWords) {
    EXPECT_EQ(read("${B9} = 'x'"), "names B9, which is no earlier question that was taken over");
    EXPECT_EQ(read("${A1} = 'maybe'"), "compares with 'maybe', which is no choice of the question");
    EXPECT_EQ(read("${A1} >= 2"), "compares A1 by >=, but it has no order");
    EXPECT_EQ(read("${A4} > 2"), "compares A4 by >: only >= and <= can be said of numbers with decimals");
    EXPECT_EQ(read("count-selected(${A2}) >= 2"), "uses count-selected(), which no condition here can say");
    EXPECT_EQ(read("${A3} + 1 >= 2"), "has a sign that is not understood: + 1 >= 2");
    EXPECT_EQ(read("${A3} >="), "ends where more is expected");
    EXPECT_EQ(read("(${A3} >= 2"), "ends where more is expected");
    EXPECT_EQ(read("${A3 >= 2"), "has a name that is opened by ${ and never closed");
    EXPECT_EQ(read("${A5} != ''"), "asks whether A5 was answered, which no condition here can say");
    EXPECT_EQ(read("${A1} = 'yes' ${A1}"), "is not understood at A1");
    EXPECT_EQ(read(std::string(100, '(').c_str()), "nests more than 32 levels deep");
    EXPECT_EQ(read("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!(${A3} >= 2)"), "nests more than 32 levels deep");
}

}  // namespace
}  // namespace resmon::exchange
