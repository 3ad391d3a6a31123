#include "catalogue/successor.hpp"

#include <algorithm>
#include <optional>

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

std::vector<BodyKey> continued_keys(std::span<const Successor> successors, const BodyKey& body, Date until) {
    std::vector<BodyKey> keys{body};
    while (true) {
        std::set<BodyKey> before;
        std::optional<Date> last;
        for (const Successor& one : successors) {
            if (one.to != keys.back() || one.date > until || (last && one.date < *last)) continue;
            if (one.date != last) before.clear();
            last = one.date;
            before.insert(one.from);
        }
        if (!last) return keys;
        until = *last - std::chrono::days{1};
        if (before.contains(keys.back())) continue;
        if (before.size() > 1) return keys;
        keys.push_back(*before.begin());
    }
}

}  // namespace resmon::catalogue
