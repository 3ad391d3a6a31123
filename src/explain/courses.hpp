// Every course of a case, one by one: what entered it and what came out. The only place here that knows the engine from
// inside.
#pragma once

#include "engine/courses.hpp"
#include "engine/forecast.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace resmon::explain {

/// One course of the eight that the engine computes at once. Valid while it is seen.
class SeenCourse {
public:
    /// `back`: a row per provision of the case.
    SeenCourse(const outage::Courses& courses, const outage::Compiled& compiled, std::span<const Lanes> back,
               const Lanes& loss, std::size_t lane)
        : compiled_{compiled}, courses_{courses}, back_{back}, loss_{loss}, lane_{lane} {}

    [[nodiscard]] std::uint32_t number() const { return courses_.first + static_cast<std::uint32_t>(lane_); }
    [[nodiscard]] const outage::Compiled& compiled() const { return compiled_; }

    /// Draws. Of things that no part of the case asks for they have no meaning.
    [[nodiscard]] std::uint64_t seed() const { return courses_.seed; }
    [[nodiscard]] double severity() const { return courses_.severity[lane_]; }
    [[nodiscard]] double start() const { return courses_.start[lane_]; }  ///< instant
    [[nodiscard]] double estimate(outage::Index number) const { return courses_.estimates[number][lane_]; }
    [[nodiscard]] double owner(outage::Index number) const { return courses_.owners[number][lane_]; }
    [[nodiscard]] bool fails(outage::Index resource) const { return holds(courses_.fails[resource]); }
    [[nodiscard]] bool survives(outage::Index backup) const { return holds(courses_.survives[backup]); }

    /// Days since the disruption; infinity = never.
    [[nodiscard]] double started(outage::Index activity) const { return of_step(courses_.begin, activity); }
    [[nodiscard]] double finished(outage::Index activity) const { return of_step(courses_.finish, activity); }
    /// Of one step (attempts at a gate and what they repeat are steps of their own).
    [[nodiscard]] bool is_needed(outage::Index step) const { return holds(courses_.needed[step]); }
    [[nodiscard]] double step_ready(outage::Index step) const { return courses_.ready[step][lane_]; }
    [[nodiscard]] double step_start(outage::Index step) const { return courses_.begin[step][lane_]; }
    [[nodiscard]] double step_finish(outage::Index step) const { return courses_.finish[step][lane_]; }
    [[nodiscard]] double up(outage::Index resource) const { return courses_.up[resource][lane_]; }
    /// When the provision is back to normal; 0 = never left it.
    [[nodiscard]] double back(outage::Index provision) const { return back_[provision][lane_]; }
    /// Days, all bodies by weight, as outage::course_losses.
    [[nodiscard]] double loss() const { return loss_[lane_]; }

private:
    [[nodiscard]] bool holds(outage::LaneBits bits) const { return (bits >> lane_ & 1) != 0; }
    [[nodiscard]] double of_step(const outage::Rows& rows, outage::Index activity) const {
        return rows[compiled_.final_step[activity]][lane_];
    }

    const outage::Compiled& compiled_;
    const outage::Courses& courses_;
    std::span<const Lanes> back_;
    const Lanes& loss_;
    std::size_t lane_;
};

/// Courses from `first` to before `end`. Calls `seen` from several threads at once, each course once, in no order: what
/// is kept must lie apart by the course's number. `threads`: 0 = all.
void each_course(const outage::Case& outage, std::uint64_t seed, std::uint32_t first, std::uint32_t end,
                 const std::function<void(const SeenCourse&)>& seen, unsigned threads = 0);

/// The first day on which things with these days and weights (people) make up half of the weight; infinity if never.
/// Empty: 0.
[[nodiscard]] double day_of_half(std::vector<std::pair<double, double>> days);

}  // namespace resmon::explain
