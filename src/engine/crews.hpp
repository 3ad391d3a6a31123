// Crews over eight courses: parallel schedule generation, group by group. Source: Kolisch 1996, parallel scheduling
// scheme; docs/model.md, restoration.
#pragma once

#include "engine/program.hpp"
#include "lanes/lanes.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace resmon::outage {

struct Courses;

/// What a scheduler keeps from course to course: memory only.
struct CrewDesk {
    struct Event {
        double at = 0;
        std::uint32_t what = 0;
    };
    struct Crew {
        std::vector<std::pair<double, std::uint32_t>> waiting;  ///< key and member, ascending
        std::vector<bool> busy;                                 ///< by slot
        std::uint32_t free = 0;                                 ///< of a pool whose slots are always there
        bool is_plain = true;
    };
    std::vector<Event> events;  ///< a heap, earliest first
    std::vector<std::uint32_t> missing;
    std::vector<Crew> crews;                        ///< by pool of the group
    std::vector<std::vector<std::uint32_t>> slots;  ///< by member
    std::vector<Lanes> free;                        ///< of eight courses: when crews become free, earliest first
    std::vector<LaneMask> done, waits;              ///< of eight courses, by member
};

/// Fills `ready`, `begin` and `finish` of all steps.
void schedule_crews(const Program& program, Courses& courses);

}  // namespace resmon::outage
