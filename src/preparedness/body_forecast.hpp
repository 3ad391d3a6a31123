// The forecast of one body from its answers, and what each answer does to it.
#pragma once

#include "catalogue/catalogue.hpp"
#include "engine/forecast.hpp"
#include "preparedness/body_case.hpp"
#include "preparedness/settings.hpp"

#include <array>
#include <set>
#include <vector>

namespace resmon::preparedness {

/// A mean with its 95 % interval.
struct Estimate {
    double mean = 0;
    double low = 0;
    double high = 0;
};

/// What the answer to one question does to the days of loss, all other answers as they are. Paired: all sides have the
/// same draws.
struct AnswerEffect {
    Reading now;
    std::array<Estimate, catalogue::highest_level + 1> saved;  ///< by level: days less than now; negative = longer
    /// How far the mean loss moves, as a standard deviation in days, once the level is known, if all levels are
    /// equally likely: the order in which it pays to find out. 0 for a known level.
    double worth_knowing = 0;

    /// What the best answer would save.
    [[nodiscard]] const Estimate& gain() const { return saved.back(); }
};

struct AnswerEffects {
    Assumption assumption;
    std::vector<AnswerEffect> effects;  ///< in the order of the readings
    std::vector<Reading> not_own;       ///< levers that the body does not move: its provider's
};

/// Of the questions `of`. Pure. Throws NotFound for a body that is not in the register.
[[nodiscard]] AnswerEffects answer_effects(const catalogue::Catalogue& catalogue, const BodyKey& body,
                                           const std::vector<Reading>& readings, const std::set<QuestionId>& of,
                                           const outage::Sampling& sampling);

struct BodyForecast {
    Assumption assumption;
    outage::Forecast answered;          ///< with the answers
    outage::Forecast unanswered;        ///< as if nothing were known: every lever over its whole range
    std::vector<AnswerEffect> effects;  ///< in the order of the readings
    std::vector<Reading> not_own;       ///< levers that the body does not move: its provider's
    int known = 0;                      ///< questions that move the forecast and are answered
    int asked = 0;                      ///< questions that move the forecast

    /// Of answers that could be better, the largest gain first.
    [[nodiscard]] std::vector<const AnswerEffect*> gains() const;
    /// Of answers that nobody knows, what is most worth knowing first.
    [[nodiscard]] std::vector<const AnswerEffect*> unknown() const;
};

/// Pure. Throws NotFound for a body that is not in the register.
[[nodiscard]] BodyForecast body_forecast(const catalogue::Catalogue& catalogue, const BodyKey& body,
                                         const std::vector<Reading>& readings, const outage::Sampling& sampling);

/// Mean and 95 % interval, over the courses, of what one setting of the levers loses more than another on the same
/// draws.
[[nodiscard]] Estimate paired_difference(const BodyCase& body, const std::vector<forecast::LeverSetting>& one,
                                         const std::vector<forecast::LeverSetting>& other,
                                         const outage::Sampling& sampling);

}  // namespace resmon::preparedness
