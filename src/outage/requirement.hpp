// When is a requirement met, and by which resource?
#pragma once

#include "outage/case.hpp"

#include <optional>
#include <span>

namespace resmon::outage {

/// The day on which it is met (0 = from the beginning, infinity = never), and the resource whose return met it, if one did.
struct Met {
    double day = 0;
    std::optional<Index> resource;
};

/// all = latest, any = earliest, at_least(k) = k-th smallest; ties by the order of the parts. `up` by resource.
[[nodiscard]] Met met(const Requirement& needs, std::span<const double> up);

}  // namespace resmon::outage
