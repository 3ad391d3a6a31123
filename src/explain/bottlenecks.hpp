// Which crews hold up the return, and what one more would bring.
#pragma once

#include "engine/forecast.hpp"
#include "statistics/paired.hpp"

#include <string>
#include <vector>

namespace resmon::explain {

/// All crews of one kind: `crew/platform`. Many sites may have some of their own.
struct Bottleneck {
    std::string label;
    std::size_t sites = 0;
    std::size_t crews = 0;  ///< at all sites together, also those who come later
    /// Mean share of their time at work, from the disruption until the last task of their site is done.
    double busy = 0;
    double critical = 0;      ///< share of courses in which work that decides a return waits for such a crew
    double waiting_days = 0;  ///< mean days that it waits, over all courses
    /// Lost days less with one more crew at every site from the first hour, course by course under the same chance.
    statistics::MeanInterval gained;
};

/// By what one more would bring, largest first, ties by label. Throws as outage::forecast.
[[nodiscard]] std::vector<Bottleneck> bottlenecks(const outage::Case& outage, const outage::Sampling& sampling);

}  // namespace resmon::explain
