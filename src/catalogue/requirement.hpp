// What a mode of a service needs: an expression over resources, without negation.
#pragma once

#include "base/quantity.hpp"

#include <cstddef>
#include <vector>

namespace resmon::catalogue {

/// In YAML: a resource id, or `{all: […]}`, `{any: […]}`, `{at_least: {count: 2, of: […]}}`, nested. `all` of nothing
/// is met.
struct Requirement {
    enum class Kind { resource, all, any, at_least };
    Kind kind = Kind::all;
    ResourceId resource;    ///< for resource
    std::size_t count = 0;  ///< for at_least: 1 ≤ count ≤ |of|
    std::vector<Requirement> of;
};

/// Every resource that occurs, once, ordered.
[[nodiscard]] std::vector<ResourceId> resources_in(const Requirement& requirement);

}  // namespace resmon::catalogue
