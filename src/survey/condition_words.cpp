#include "survey/condition_words.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

namespace resmon::survey {

using catalogue::Choice;
using catalogue::Condition;
using catalogue::Level;
using catalogue::Question;

namespace {

class Wording {
public:
    Wording(const catalogue::Questionnaire& questionnaire, Language language)
        : questionnaire_{questionnaire}, language_{language} {}

    [[nodiscard]] std::string sentence(const Question& question) const {
        std::string words;
        if (question.asked_of == std::vector{Level::municipality}) words = text("condition.municipalities");
        if (question.asked_of == std::vector{Level::district}) words = text("condition.districts");
        if (question.when.kind == Condition::Kind::always) return words;
        if (!words.empty()) words += " ";
        const bool is_denied = question.when.kind == Condition::Kind::none;
        return words + text(is_denied ? "condition.only-not" : "condition.only",
                            {{"what", is_denied ? joined(question.when.of, "condition.or") : phrase(question.when)}});
    }

    [[nodiscard]] std::string phrase(const Condition& condition) const {
        switch (condition.kind) {
            case Condition::Kind::always: return {};
            case Condition::Kind::all: return joined(condition.of, "condition.and");
            case Condition::Kind::any:
                if (const auto other = anything_but(condition.of)) return *other;
                return joined(condition.of, "condition.or");
            case Condition::Kind::none: return text("condition.not", {{"what", joined(condition.of, "condition.or")}});
            case Condition::Kind::answer: break;
        }
        const std::string& question = condition.question.value;
        if (condition.at_least && condition.at_most)
            return text("condition.between",
                        {{"question", question}, {"low", *condition.at_least}, {"high", *condition.at_most}});
        if (condition.at_least)
            return text("condition.at-least", {{"question", question}, {"level", *condition.at_least}});
        if (condition.at_most)
            return text("condition.at-most", {{"question", question}, {"level", *condition.at_most}});
        return text("condition.is", {{"question", question}, {"choice", choice(condition)}});
    }

private:
    [[nodiscard]] std::string text(const char* key, const std::vector<TextArgument>& arguments = {}) const {
        return program_text(key, language_, arguments);
    }

    [[nodiscard]] std::string joined(const std::vector<Condition>& parts, const char* word) const {
        std::string words;
        for (const Condition& part : parts) {
            if (!words.empty()) words += " " + text(word) + " ";
            const bool has_parts = part.of.size() > 1 && parts.size() > 1;
            words += has_parts ? "(" + phrase(part) + ")" : phrase(part);
        }
        return words;
    }

    [[nodiscard]] std::string choice(const Condition& condition) const {
        const Question* question = questionnaire_.find(condition.question);
        if (question == nullptr) return condition.is;
        const auto found = std::ranges::find(question->choices, condition.is, &Choice::id);
        return found == question->choices.end() ? condition.is : found->text.in(language_);
    }

    /// Where all choices of one question but one are listed, the one that is not says it shorter.
    [[nodiscard]] std::optional<std::string> anything_but(const std::vector<Condition>& parts) const {
        std::set<std::string> listed;
        for (const Condition& part : parts) {
            if (part.kind != Condition::Kind::answer || part.is.empty() || part.question != parts.front().question)
                return std::nullopt;
            listed.insert(part.is);
        }
        std::vector<Condition> left;
        for (const Choice& one : questionnaire_.question(parts.front().question).choices)
            if (!listed.contains(one.id)) {
                left.push_back(parts.front());
                left.back().is = one.id;
            }
        if (left.size() != 1 || listed.size() < 2) return std::nullopt;
        return text("condition.anything-but",
                    {{"question", parts.front().question.value}, {"choice", choice(left.front())}});
    }

    const catalogue::Questionnaire& questionnaire_;
    Language language_;
};

}  // namespace

std::string condition_words(const catalogue::Questionnaire& questionnaire, const Condition& condition,
                            Language language) {
    return Wording{questionnaire, language}.phrase(condition);
}

std::string when_asked(const catalogue::Questionnaire& questionnaire, const Question& question, Language language) {
    return Wording{questionnaire, language}.sentence(question);
}

}  // namespace resmon::survey
