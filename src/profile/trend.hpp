// How the levels of a body moved: what was finished before, beside what holds now.
#pragma once

#include "profile/level.hpp"
#include "survey/survey.hpp"

#include <span>
#include <string>
#include <vector>

namespace resmon::profile {

struct TrendLevel {
    TopicLevel level;
    bool is_comparable = true;  ///< the same was asked, and the same demanded, as now
};

struct TrendPoint {
    survey::Response response;
    double share_known = 0;
    std::vector<TrendLevel> topics;  ///< those of now, in their order; one that was not asked then is not comparable
};

/// In the order of `earlier`, `now` last.
[[nodiscard]] std::vector<TrendPoint> trend(std::span<const survey::Sheet> earlier, const survey::Sheet& now);

/// Whether a level of the one says the same as of the other: questions and essentials are equal in all that moves an
/// answer. Why a question is asked and on which source does not count.
[[nodiscard]] bool is_comparable(const catalogue::Topic& one, const catalogue::Topic& other);

}  // namespace resmon::profile
