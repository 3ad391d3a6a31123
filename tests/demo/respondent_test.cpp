// Towns that do not exist answer as the generator says.
#include "demo/respondent.hpp"

#include "support/shipped.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace resmon::demo {
namespace {

using catalogue::shipped;

constexpr std::uint64_t seed = 2026;
const survey::BodyLevels municipality{catalogue::Level::municipality};

TEST(SyntheticTowns, StandInTheRegisterUnderKeysThatNoDistrictHas) {
    const std::string& csv = catalogue::shipped_files().at("register/municipalities.csv");
    const catalogue::Register with = catalogue::Register::from_csv(with_towns(csv, towns()), "municipalities.csv");
    for (const Town& town : towns()) {
        const catalogue::Body* body = with.find_body(town.key);
        ASSERT_NE(body, nullptr) << town.key.text();
        EXPECT_EQ(body->name, town.name);
        EXPECT_EQ(body->population, town.population);
        EXPECT_NE(town.name.find("(synthetisch)"), std::string::npos);
        EXPECT_TRUE(is_synthetic(town.key.text()));
        EXPECT_EQ(shipped().bodies.find_body(town.key), nullptr);
    }
    for (const catalogue::Body& body : shipped().bodies.bodies())
        EXPECT_FALSE(is_synthetic(body.key.text())) << body.name;
}

TEST(SyntheticTowns, HaveNamesOfTheirOwn) {
    std::set<std::string> names;
    for (const Town& town : towns()) names.insert(town.name);
    EXPECT_EQ(names.size(), towns().size());
}

TEST(SyntheticAnswers, FitTheirQuestions) {
    for (const catalogue::Questionnaire& questionnaire : shipped().questionnaires)
        for (int wave : {1, 2})
            for (const Town& town : towns()) {
                const survey::Answers given = answers(town, wave, questionnaire, municipality, seed);
                for (const auto& [question, answer] : given)
                    EXPECT_TRUE(survey::faults_of(questionnaire.question(question), answer).empty())
                        << question.value << " of " << town.name;
                const auto asked = survey::asked_questions(questionnaire, municipality, given);
                EXPECT_EQ(asked.size(), given.size()) << "what is asked is answered, and nothing else";
            }
}

TEST(SyntheticAnswers, AreTheSameEachTimeAndOthersInTheNextWave) {
    const catalogue::Questionnaire& questionnaire = shipped().questionnaires.front();
    const Town town = towns().front();
    EXPECT_EQ(answers(town, 1, questionnaire, municipality, seed), answers(town, 1, questionnaire, municipality, seed));
    EXPECT_NE(answers(town, 1, questionnaire, municipality, seed), answers(town, 2, questionnaire, municipality, seed));
}

/// Many towns of one size, so that the stated shares can be seen.
std::vector<Town> many(long population, int count) {
    std::vector<Town> made;
    for (int number = 0; number < count; ++number)
        made.push_back({BodyKey{"05999" + std::to_string(1'000'000 + number)}, "", population});
    return made;
}

double mean_preparedness(const std::vector<Town>& towns, int wave, auto counts) {
    double sum = 0;
    int number = 0;
    for (const Town& town : towns)
        if (counts(town)) {
            sum += preparedness(town, wave, seed);
            ++number;
        }
    return sum / number;
}

TEST(SyntheticAnswers, ComeFromBetterPreparedTownsThanTheSilentOnes) {
    const auto town = many(10'000, 4000);
    const double answered = mean_preparedness(town, 1, [](const Town& one) { return responds(one, 1, seed); });
    const double silent = mean_preparedness(town, 1, [](const Town& one) { return !responds(one, 1, seed); });
    EXPECT_GT(answered, silent + 0.05);
}

TEST(SyntheticAnswers, GrowWithTheSizeAndTheWaveAsStated) {
    const auto all = [](const Town&) { return true; };
    // 0.9 per power of ten; the standard error of each mean is 0.63 / √4000 = 0.01.
    EXPECT_NEAR(mean_preparedness(many(100'000, 4000), 1, all) - mean_preparedness(many(10'000, 4000), 1, all), 0.9,
                1e-9);
    EXPECT_NEAR(mean_preparedness(many(10'000, 4000), 2, all) - mean_preparedness(many(10'000, 4000), 1, all), 0.25,
                0.02);
}

TEST(SyntheticAnswers, KeepMostOfThePanelAndWinFewOfTheRest) {
    int stayed = 0, answered = 0, joined = 0, silent = 0;
    for (const Town& town : many(10'000, 4000)) {
        if (responds(town, 1, seed)) {
            ++answered;
            stayed += responds(town, 2, seed) ? 1 : 0;
        } else {
            ++silent;
            joined += responds(town, 2, seed) ? 1 : 0;
        }
    }
    EXPECT_GT(stayed, answered * 0.65) << "logistic(1.2 + …)";
    EXPECT_LT(joined, silent * 0.45) << "logistic(−0.8 + …)";
}

}  // namespace
}  // namespace resmon::demo
