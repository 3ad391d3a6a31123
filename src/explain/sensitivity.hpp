// What moves the loss: the share of its variance that each uncertain input explains, from the forecast's own courses.
#pragma once

#include "engine/forecast.hpp"
#include "statistics/first_order_index.hpp"

#include <string>
#include <vector>

namespace resmon::explain {

enum class InputKind { severity, owner, estimate, start, failure, backup, task, activation, set_back, reached };

/// An uncertain input, or many of one kind that are told as one: then their mean over the sites is what is known.
struct Influence {
    InputKind kind = InputKind::severity;
    std::string id;  ///< of the figure, the owner, the backup; label of the task or gate; resource; mode; else empty
    statistics::FirstOrderIndex share;  ///< of the variance of the lost days
};

struct Sensitivity {
    std::vector<Influence> influences;  ///< largest first, ties by kind and id
    double explained = 0;  ///< sum of the distinguishable indices: hundreds of others would add up their noise
};

inline constexpr std::uint32_t least_courses_of_sensitivity = 50;

/// At least 50 replications. Inputs that never vary are left out. Throws as outage::forecast.
[[nodiscard]] Sensitivity sensitivity(const outage::Case& outage, const outage::Sampling& sampling);

}  // namespace resmon::explain
