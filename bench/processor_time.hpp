// Processor time of this thread: what runs beside a measurement does not count.
#pragma once

#include <ctime>

namespace resmon {

/// Seconds.
inline double processor_time() {
    std::timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace resmon
