// How a town that does not exist answers a survey: a stated generator, so that statistics can be checked against what
// is true of it. Every figure here is made up for that; none says anything about real towns.
#pragma once

#include "demo/towns.hpp"
#include "survey/sheet.hpp"

#include <cstdint>

namespace resmon::demo {

/// Preparedness of a town in a wave (1, 2 …), standard deviation about 1. Correlated by size (larger towns are better
/// prepared) and by state, stable over waves with some progress:
/// θ = 0.9·log₁₀(inhabitants / 10,000) + 0.3·Z(state) + 0.6·Z(town) + 0.25·(wave − 1) + 0.2·Z(town, wave).
[[nodiscard]] double preparedness(const Town& town, int wave, std::uint64_t seed);

/// Whether it answers the wave: logistic(0.2 + 0.5·θ) in the first, so that the better prepared are over-represented;
/// in later waves logistic(1.2 + 0.4·θ) for those of the wave before (panel drop-out), logistic(−0.8 + 0.4·θ) for
/// others.
[[nodiscard]] bool responds(const Town& town, int wave, std::uint64_t seed);

/// What it answers to every question that is asked of it. Ordinal: y = θ + 0.4·Z(topic) + 0.7·Z(question) + 0.3·Z(wave)
/// cut at −0.6, 0.2, 1.0, 1.9. "Don't know" with logistic(−2.4 − 0.8·log₁₀(inhabitants / 10,000)), refused one in a
/// hundred, not applicable one in a hundred.
[[nodiscard]] survey::Answers answers(const Town& town, int wave, const catalogue::Questionnaire& questionnaire,
                                      const survey::BodyLevels& levels, std::uint64_t seed);

}  // namespace resmon::demo
