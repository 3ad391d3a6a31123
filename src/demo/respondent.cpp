#include "demo/respondent.hpp"

#include "base/random.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace resmon::demo {

using catalogue::Question;
using catalogue::QuestionType;
using survey::Answer;
using survey::AnswerState;

namespace {

/// Draws are named by what they are of, so that a question more changes no other answer.
class Draws {
public:
    Draws(std::uint64_t seed, const Town& town) : seed_{seed}, town_{town.key.text()} {}

    [[nodiscard]] double normal(const std::string& of, int wave = 0) const {
        return normal_draw(seed_, static_cast<std::uint32_t>(wave), entity_hash(town_ + "/" + of), Purpose::estimate);
    }
    [[nodiscard]] double uniform(const std::string& of, int wave = 0) const {
        return uniform_draw(seed_, static_cast<std::uint32_t>(wave), entity_hash(town_ + "/" + of), Purpose::lot);
    }

private:
    std::uint64_t seed_;
    std::string town_;
};

double logistic(double value) { return 1 / (1 + std::exp(-value)); }

double size_of(const Town& town) {
    constexpr double middle = 10'000;
    return std::log10(static_cast<double>(town.population) / middle);
}

int level_of(double latent) {
    constexpr std::array thresholds{-0.6, 0.2, 1.0, 1.9};
    return static_cast<int>(std::ranges::count_if(thresholds, [&](double threshold) { return latent > threshold; }));
}

double number_of(const Question& question, double share) {
    constexpr double usual_most = 100;
    const double low = std::isfinite(question.lowest) ? question.lowest : 0;
    const double high = std::min(std::isfinite(question.highest) ? question.highest : usual_most, low + usual_most);
    const double scale = std::pow(10, question.decimals);
    return std::clamp(std::round((low + share * (high - low)) * scale) / scale, low, high);
}

/// `share`: between 0 and 1, larger for those who are better prepared.
survey::Value value_of(const Question& question, double latent, double share, const Draws& draws, int wave) {
    switch (question.type) {
        case QuestionType::ordinal: return static_cast<double>(level_of(latent));
        case QuestionType::scale:
        case QuestionType::number: return number_of(question, share);
        case QuestionType::single:
            return question.choices
                .at(std::min(question.choices.size() - 1,
                             static_cast<std::size_t>(share * static_cast<double>(question.choices.size()))))
                .id;
        case QuestionType::multiple: {
            std::vector<std::string> chosen;
            for (const catalogue::Choice& choice : question.choices)
                if (draws.uniform(question.id.value + "/" + choice.id, wave) < 0.3) chosen.push_back(choice.id);
            if (chosen.empty()) chosen.push_back(question.choices.front().id);
            std::ranges::sort(chosen);
            return chosen;
        }
        case QuestionType::duration: return survey::Span{1 + std::floor((1 - share) * 20), survey::SpanUnit::days};
        case QuestionType::date: return fmt::format("{}-{:02}-15", 2022 + wave, 1 + static_cast<int>(share * 11));
        case QuestionType::text: return std::string{"Synthetische Angabe"};
        case QuestionType::matrix: {
            std::map<std::string, double> rows;
            for (const ServiceId& row : question.rows)
                rows[row.value] = level_of(latent + 0.5 * draws.normal(question.id.value + "/" + row.value));
            return rows;
        }
    }
    return {};
}

Answer answer_of(const Question& question, double latent, double size, const Draws& draws, int wave) {
    constexpr double refused = 0.01;
    constexpr double not_applicable = 0.02;  // up to here
    const double said = draws.uniform(question.id.value + "/state", wave);
    if (said < refused) return {.state = AnswerState::refused};
    if (said < not_applicable) return {.state = AnswerState::not_applicable, .reason = "Synthetische Begründung"};
    if (said < not_applicable + logistic(-2.4 - 0.8 * size)) return {.state = AnswerState::dont_know};
    Answer answer{.state = AnswerState::answered};
    answer.value = value_of(question, latent, normal_probability(latent), draws, wave);
    return answer;
}

}  // namespace

double preparedness(const Town& town, int wave, std::uint64_t seed) {
    const Draws draws{seed, town};
    const double of_state =
        normal_draw(seed, 0, entity_hash("state/" + town.key.text().substr(0, 2)), Purpose::estimate);
    return 0.9 * size_of(town) + 0.3 * of_state + 0.6 * draws.normal("town") + 0.25 * (wave - 1) +
           0.2 * draws.normal("wave", wave);
}

bool responds(const Town& town, int wave, std::uint64_t seed) {
    const double prepared = preparedness(town, wave, seed);
    const double chance = wave == 1                        ? logistic(0.2 + 0.5 * prepared)
                          : responds(town, wave - 1, seed) ? logistic(1.2 + 0.4 * prepared)
                                                           : logistic(-0.8 + 0.4 * prepared);
    return Draws{seed, town}.uniform("responds", wave) < chance;
}

survey::Answers answers(const Town& town, int wave, const catalogue::Questionnaire& questionnaire,
                        const survey::BodyLevels& levels, std::uint64_t seed) {
    const Draws draws{seed, town};
    const double prepared = preparedness(town, wave, seed);
    survey::Answers answers;
    for (const catalogue::Topic& topic : questionnaire.topics) {
        const double of_topic = prepared + 0.4 * draws.normal("topic/" + topic.id);
        for (const Question& question : topic.questions) {
            // Conditions look back only.
            if (!survey::asked_questions(questionnaire, levels, answers).contains(question.id)) continue;
            const double latent = of_topic + 0.7 * draws.normal(question.id.value) +
                                  0.3 * draws.normal(question.id.value + "/wave", wave);
            answers[question.id] = answer_of(question, latent, size_of(town), draws, wave);
        }
    }
    return answers;
}

}  // namespace resmon::demo
