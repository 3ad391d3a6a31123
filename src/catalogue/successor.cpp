#include "catalogue/successor.hpp"

#include <algorithm>

namespace resmon::catalogue {

std::set<BodyKey> keys_at(std::span<const Successor> successors, const BodyKey& body, Date since, Date until) {
    Date last = since;
    for (const Successor& one : successors)
        if (one.to == body && one.date <= until) last = std::max(last, one.date);
    if (last == since) return {body};
    std::set<BodyKey> found;
    for (const Successor& one : successors)
        if (one.to == body && one.date == last)
            found.merge(keys_at(successors, one.from, since, last - std::chrono::days{1}));
    return found;
}

}  // namespace resmon::catalogue
