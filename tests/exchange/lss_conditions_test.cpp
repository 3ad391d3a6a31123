// The same questions are visible here as in LimeSurvey, whatever was answered: held against an evaluator of its own.
#include "exchange/lss_questionnaire.hpp"
#include "exchange/lss_survey.hpp"
#include "survey/sheet.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <set>

namespace resmon::exchange {
namespace {

using Given = std::map<std::string, std::string>;  ///< by name in expressions; without an answer empty

/// An expression of LimeSurvey that can be written and computed, in LimeSurvey's own terms.
struct Expression {
    enum class Kind { equal, unequal, at_least, at_most, conjunction, disjunction, negation };
    Kind kind = Kind::equal;
    std::string name;
    std::string value;
    std::vector<Expression> parts;

    [[nodiscard]] std::string text() const {
        switch (kind) {
            case Kind::equal: return name + ".NAOK == \"" + value + "\"";
            case Kind::unequal: return name + ".NAOK != \"" + value + "\"";
            case Kind::at_least: return name + ".NAOK >= " + value;
            case Kind::at_most: return name + ".NAOK <= " + value;
            case Kind::conjunction: return "(" + parts[0].text() + " and " + parts[1].text() + ")";
            case Kind::disjunction: return "(" + parts[0].text() + " || " + parts[1].text() + ")";
            case Kind::negation: return "!(" + parts[0].text() + ")";
        }
        return {};
    }

    [[nodiscard]] bool holds(const Given& given) const {
        const auto found = given.find(name);
        const std::string answer = found == given.end() ? std::string{} : found->second;
        switch (kind) {
            case Kind::equal: return answer == value;
            case Kind::unequal: return answer != value;
            case Kind::at_least: return !answer.empty() && std::stod(answer) >= std::stod(value);
            case Kind::at_most: return !answer.empty() && std::stod(answer) <= std::stod(value);
            case Kind::conjunction: return parts[0].holds(given) && parts[1].holds(given);
            case Kind::disjunction: return parts[0].holds(given) || parts[1].holds(given);
            case Kind::negation: return !parts[0].holds(given);
        }
        return false;
    }
};

class Chance {
public:
    explicit Chance(std::uint64_t seed) : random_{seed} {}
    int below(int end) { return std::uniform_int_distribution<int>{0, end - 1}(random_); }

private:
    std::mt19937_64 random_;
};

const std::vector<std::string> codes{"A1", "A2", "A3"};
const std::vector<std::string> ticks{"S1", "S2", "S3"};

/// What a question can be asked for: its names in expressions.
Expression any_comparison(Chance& chance, const LssQuestion& question) {
    using Kind = Expression::Kind;
    const Kind equality = chance.below(2) == 0 ? Kind::equal : Kind::unequal;
    const Kind order = chance.below(2) == 0 ? Kind::at_least : Kind::at_most;
    const auto one_of = [&](const std::vector<std::string>& list) {
        return list[static_cast<std::size_t>(chance.below(static_cast<int>(list.size())))];
    };
    if (question.type == "N" || question.type == "5")
        return {.kind = order, .name = question.code, .value = std::to_string(chance.below(6)), .parts = {}};
    if (question.type == "M")
        return {.kind = equality, .name = question.code + "_" + one_of(ticks), .value = "Y", .parts = {}};
    if (question.type == "Y")
        return {.kind = equality, .name = question.code, .value = chance.below(2) == 0 ? "Y" : "N", .parts = {}};
    const std::string row = question.type == "F" ? "_" + one_of(question.rows) : std::string{};
    return {.kind = equality, .name = question.code + row, .value = one_of(codes), .parts = {}};
}

Expression any_expression(Chance& chance, const std::vector<LssQuestion>& earlier, int depth) {
    using Kind = Expression::Kind;
    const int kind = depth == 0 ? 0 : chance.below(4);
    if (kind == 0)
        return any_comparison(chance,
                              earlier[static_cast<std::size_t>(chance.below(static_cast<int>(earlier.size())))]);
    if (kind == 1)
        return {.kind = Kind::negation, .name = {}, .value = {}, .parts = {any_expression(chance, earlier, depth - 1)}};
    return {.kind = kind == 2 ? Kind::conjunction : Kind::disjunction,
            .name = {},
            .value = {},
            .parts = {any_expression(chance, earlier, depth - 1), any_expression(chance, earlier, depth - 1)}};
}

struct Asked {
    std::vector<LssQuestion> questions;
    std::map<std::string, Expression> conditions;  ///< by code
};

Asked any_survey(Chance& chance) {
    Asked asked;
    for (int number = 0; number < 14; ++number) {
        const std::string type =
            std::vector<std::string>{"L", "M", "N", "5", "Y", "F"}[static_cast<std::size_t>(number % 6)];
        LssQuestion question{.code = "q" + std::to_string(number), .type = type};
        if (type == "L" || type == "F") question.answers = codes;
        if (type == "M") question.rows = ticks;
        if (type == "F") question.rows = {"R1", "R2"};
        if (number > 0) {
            const Expression condition = any_expression(chance, asked.questions, 3);
            question.relevance = condition.text();
            asked.conditions[question.code] = condition;
        }
        asked.questions.push_back(std::move(question));
    }
    return asked;
}

/// Everything answered by chance, visible or not, as LimeSurvey keeps it.
Given any_answers(Chance& chance, const std::vector<LssQuestion>& questions) {
    Given given;
    const auto code = [&] {
        return chance.below(4) == 0 ? std::string{} : codes[static_cast<std::size_t>(chance.below(3))];
    };
    for (const LssQuestion& question : questions) {
        const std::string number = chance.below(4) == 0 ? "" : std::to_string(1 + chance.below(5));
        if (question.type == "L") given[question.code] = code();
        if (question.type == "N" || question.type == "5") given[question.code] = number;
        if (question.type == "Y")
            given[question.code] = std::vector<std::string>{"", "Y", "N"}[static_cast<std::size_t>(chance.below(3))];
        if (question.type == "M")
            for (const std::string& tick : ticks) given[question.code + "_" + tick] = chance.below(2) == 0 ? "Y" : "";
        if (question.type == "F")
            for (const std::string& row : question.rows) given[question.code + "_" + row] = code();
    }
    return given;
}

/// Names that are visible: an answer to what is hidden counts as none.
std::set<std::string> visible_there(const Asked& asked, Given given) {
    std::set<std::string> visible;
    for (const LssQuestion& question : asked.questions) {
        const auto condition = asked.conditions.find(question.code);
        const bool is_visible = condition == asked.conditions.end() || condition->second.holds(given);
        if (!is_visible)
            for (auto& [name, value] : given)
                if (name == question.code || name.starts_with(question.code + "_")) value.clear();
        if (!is_visible) continue;
        if (question.type == "F")
            for (const std::string& row : question.rows) visible.insert(question.code + "_" + row);
        else
            visible.insert(question.code);
    }
    return visible;
}

/// `A1` → `a1`, `Y` of a yes-or-no question → `yes`.
std::string choice_of(const std::string& code) {
    if (code == "Y") return "yes";
    if (code == "N") return "no";
    return folded(code);
}

survey::Answers answers_here(const TakenOver& taken, const Given& given) {
    survey::Answers answers;
    for (const auto& [id, name] : taken.origins) {
        const catalogue::Question& question = taken.questionnaire.question(id);
        survey::Answer answer{.state = survey::AnswerState::answered};
        if (question.type == catalogue::QuestionType::multiple) {
            std::vector<std::string> ticked;
            for (const std::string& tick : ticks)
                if (given.at(name + "_" + tick) == "Y") ticked.push_back(choice_of(tick));
            if (ticked.empty()) continue;
            answer.value = ticked;
        } else {
            const std::string& value = given.at(name);
            if (value.empty()) continue;
            if (question.type == catalogue::QuestionType::single)
                answer.value = choice_of(value);
            else
                answer.value = std::stod(value);
        }
        answers[id] = std::move(answer);
    }
    return answers;
}

TEST(LssConditions, ShowTheSameQuestionsForAThousandSetsOfAnswers) {
    constexpr int surveys = 40;
    constexpr int sets_of_answers = 25;
    std::set<std::set<std::string>> met;
    for (int number = 0; number < surveys; ++number) {
        Chance chance{static_cast<std::uint64_t>(number)};
        const Asked asked = any_survey(chance);
        LssSurvey survey;
        for (const LssQuestion& question : asked.questions) survey.add(question);
        const TakenOver taken = questionnaire_from_lss(survey.file(number % 2 == 0));
        ASSERT_TRUE(taken.left_out.empty()) << to_string(taken.left_out.front());
        for (int set = 0; set < sets_of_answers; ++set) {
            const Given given = any_answers(chance, asked.questions);
            std::set<std::string> visible;
            for (const QuestionId& id : survey::asked_questions(taken.questionnaire, {catalogue::Level::municipality},
                                                                answers_here(taken, given)))
                visible.insert(taken.origins.at(id));
            ASSERT_EQ(visible, visible_there(asked, given)) << "survey " << number << ", answers " << set;
            met.insert(visible);
        }
    }
    EXPECT_GT(met.size(), 100U) << "or the conditions decide nothing";
}

}  // namespace
}  // namespace resmon::exchange
