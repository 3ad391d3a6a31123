// How much longer work could take before somebody waits longer for it. Source: float in a schedule with limited crews,
// Wiest 1964, "Some properties of schedules for large projects with limited resources".
#pragma once

#include "explain/courses.hpp"

#include <vector>

namespace resmon::explain {

/// Days by which an activity could end later without one of the provisions returning to normal later, if everything
/// else keeps its order: what waits for it, and what its crew takes up next.
class Slack {
public:
    /// `compiled` must outlive it. `provisions`: whose return counts.
    Slack(const outage::Compiled& compiled, std::vector<outage::Index> provisions);

    /// By activity of the case; infinity: nobody waits for it.
    [[nodiscard]] std::vector<double> in(const SeenCourse& course) const;

private:
    [[nodiscard]] std::vector<double> latest_returns(const SeenCourse& course) const;
    [[nodiscard]] std::vector<std::vector<outage::Index>> taken_up_after(const SeenCourse& course) const;

    const outage::Compiled& compiled_;
    std::vector<outage::Index> provisions_;
    std::vector<outage::Index> place_;                 ///< by step: after those of all steps before it
    std::vector<std::vector<outage::Index>> of_pool_;  ///< steps, by pool
};

}  // namespace resmon::explain
