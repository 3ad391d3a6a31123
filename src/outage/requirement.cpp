#include "outage/requirement.hpp"

#include <algorithm>
#include <cassert>
#include <vector>

namespace resmon::outage {

Met met(const Requirement& needs, std::span<const double> up) {
    switch (needs.kind) {
        case Requirement::Kind::resource: return {up[needs.resource], needs.resource};
        case Requirement::Kind::all: {
            Met latest;
            for (const Requirement& part : needs.of)
                if (const Met one = met(part, up); one.day > latest.day) latest = one;
            return latest;
        }
        case Requirement::Kind::any: {
            Met earliest{never, std::nullopt};
            for (const Requirement& part : needs.of)
                if (const Met one = met(part, up); one.day < earliest.day) earliest = one;
            return earliest;
        }
        case Requirement::Kind::at_least: break;
    }
    assert(0 < needs.count && needs.count <= needs.of.size());
    std::vector<Met> parts;
    for (const Requirement& part : needs.of) parts.push_back(met(part, up));
    std::ranges::stable_sort(parts, {}, &Met::day);
    return parts[needs.count - 1];
}

}  // namespace resmon::outage
