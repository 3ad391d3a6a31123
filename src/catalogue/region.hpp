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

/// A shared provider that is no region: only its customers are public.
struct KnownProvider {
    ProviderId id;
    Text name;
    std::string source;
    std::vector<BodyKey> bodies;
};

/// catalogue/germany.yaml: who has which provider where everybody is hit. Bodies of a region have the region's, those of
/// a known provider theirs, all others share one assumed provider per state.
struct Germany {
    Text name;
    Text description;
    std::vector<CrewRule> assumed_crews;  ///< number per 100,000 inhabitants, of known providers too
    Figure crews_of_at_most_inhabitants;  ///< a larger provider has the crews of that many
    std::vector<KnownProvider> providers;
};

}  // namespace resmon::catalogue
