// The critical chain: which task, gate or wait decided a return, and how many days of it each link holds.
#pragma once

#include "outage/compile.hpp"
#include "outage/restore.hpp"

#include <vector>

namespace resmon::outage {

struct Link {
    Index label = 0;            ///< of Compiled::labels
    bool waiting = false;
    double days = 0;
};

/// From the return of the resource back to the disruption: the days of all links add up to `up` of the resource.
/// Last link first. Empty for a resource that did not fail.
void chain_to(const Compiled& compiled, const Schedule& schedule, Index resource, std::vector<Link>& links);

/// Of an activity's completion.
void chain_to_activity(const Compiled& compiled, const Schedule& schedule, Index activity, std::vector<Link>& links);

}  // namespace resmon::outage
