// Towns of the engine's tests, with names that explanations know.
#pragma once

#include "outage/town.hpp"

namespace resmon::explain {

using outage::Index;
using outage::Town;

/// `town/directory` and such: the common name is what stands behind the last slash.
inline Index named_resource(Town& town, const std::string& name, Index restored_by) {
    const Index number = town.resource(restored_by);
    town.outage.resources[number].id = name;
    town.outage.activities[restored_by].resource = number;
    return number;
}

inline outage::Requirement needs(Index resource) {
    outage::Requirement one;
    one.kind = outage::Requirement::Kind::resource;
    one.resource = resource;
    return one;
}

}  // namespace resmon::explain
