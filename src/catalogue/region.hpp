// The bodies that share a provider, and the people who restore it.
#pragma once

#include "base/body_key.hpp"
#include "base/text.hpp"
#include "catalogue/figure.hpp"
#include "catalogue/resource.hpp"

#include <string>
#include <vector>

namespace resmon::catalogue {

struct CrewRule {
    CrewKind kind = CrewKind::application;
    Figure number;              ///< crews; rounded, at least 1
    double from_day = 0;        ///< reinforcement arrives
    double to_day = 0;          ///< leaves; 0 = stays
    bool working_days = false;  ///< else every day
};

/// A site or former data centre of a provider: fails and recovers apart.
struct ProviderPart {
    std::string id;
    Text name;
    std::vector<BodyKey> bodies;
    std::vector<CrewRule> crews;
};

struct Provider {
    ProviderId id;
    Text name;
    std::vector<ProviderPart> parts;
};

struct Region {
    RegionId id;
    Text name;
    Text description;
    std::string source;
    Provider provider;
};

}  // namespace resmon::catalogue
