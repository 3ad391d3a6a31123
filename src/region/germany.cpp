#include "region/germany.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace resmon::forecast {

namespace {

/// Whom the bodies serve, each person once: a district serves the people of its town halls too.
double people_of(const catalogue::Catalogue& catalogue, const std::vector<BodyKey>& bodies) {
    std::map<DistrictKey, long> of_town_halls, of_districts;
    for (const BodyKey& key : bodies) {
        const catalogue::Body& body = *catalogue.bodies.find_body(key);
        (body.kind == catalogue::BodyKind::district ? of_districts : of_town_halls)[body.district] += body.population;
    }
    long people = 0;
    for (const auto& [district, served] : of_town_halls) people += std::max(served, of_districts[district]);
    for (const auto& [district, served] : of_districts)
        if (!of_town_halls.contains(district)) people += served;
    return static_cast<double>(people);
}

std::vector<catalogue::CrewRule> crews_for(const catalogue::Germany& germany, double people) {
    std::vector<catalogue::CrewRule> crews = germany.assumed_crews;
    constexpr double per_people = 100'000;
    const double counted =
        std::clamp(people, germany.crews_of_at_least_inhabitants.value, germany.crews_of_at_most_inhabitants.value);
    for (catalogue::CrewRule& rule : crews)
        for (double* number : {&rule.number.value, &rule.number.low, &rule.number.high})
            *number *= counted / per_people;
    return crews;
}

catalogue::Region region_of(const catalogue::Catalogue& catalogue, const std::string& id, const Text& name,
                            std::vector<BodyKey> bodies) {
    std::vector<catalogue::CrewRule> crews = crews_for(*catalogue.germany, people_of(catalogue, bodies));
    return {
        .id = {id},
        .name = name,
        .provider = {.id = {id},
                     .name = name,
                     .parts = {{.id = "all", .name = name, .bodies = std::move(bodies), .crews = std::move(crews)}}}};
}

Text assumed_name(State state) {
    const auto in = [state](Language language) {
        const std::string name = program_text(fmt::format("wave.group.{}", to_string(state)), language);
        return program_text("germany.assumed-provider", language, {{"state", name}});
    };
    return {in(Language::german), in(Language::english)};
}

}  // namespace

std::vector<RegionPart> germany_parts(const catalogue::Catalogue& catalogue) {
    std::vector<RegionPart> parts;
    std::set<BodyKey> placed;
    const auto add = [&](catalogue::Region region, bool is_assumed) {
        for (const catalogue::ProviderPart& part : region.provider.parts)
            placed.insert(part.bodies.begin(), part.bodies.end());
        parts.push_back({.region = std::move(region), .is_assumed = is_assumed, .are_all_others_hit = true});
    };
    for (const catalogue::Region& region : catalogue.regions) {
        // Regions may overlap; whoever stands in two belongs to the first by id.
        catalogue::Region rest = region;
        for (catalogue::ProviderPart& part : rest.provider.parts)
            std::erase_if(part.bodies, [&placed](const BodyKey& key) { return placed.contains(key); });
        std::erase_if(rest.provider.parts, [](const catalogue::ProviderPart& part) { return part.bodies.empty(); });
        if (!rest.provider.parts.empty()) add(std::move(rest), false);
    }
    for (const catalogue::KnownProvider& provider : catalogue.germany->providers)
        add(region_of(catalogue, provider.id.value, provider.name, provider.bodies), false);
    std::map<State, std::vector<BodyKey>> others;
    for (const catalogue::Body& body : catalogue.bodies.bodies())
        if (!placed.contains(body.key)) others[body.state].push_back(body.key);
    for (auto& [state, bodies] : others)
        add(region_of(catalogue, fmt::format("assumed-{}", to_string(state)), assumed_name(state), std::move(bodies)),
            true);
    std::ranges::sort(parts, {}, [](const RegionPart& part) { return part.region.provider.id.value; });
    return parts;
}

std::optional<RegionPart> known_provider(const catalogue::Catalogue& catalogue, const BodyKey& body) {
    const auto is_among = [&body](const std::vector<BodyKey>& bodies) {
        return std::ranges::find(bodies, body) != bodies.end();
    };
    for (const catalogue::Region& region : catalogue.regions)
        if (std::ranges::any_of(region.provider.parts, is_among, &catalogue::ProviderPart::bodies))
            return RegionPart{.region = region};
    if (!catalogue.germany) return std::nullopt;
    for (const catalogue::KnownProvider& provider : catalogue.germany->providers)
        if (is_among(provider.bodies))
            return RegionPart{.region = region_of(catalogue, provider.id.value, provider.name, provider.bodies)};
    return std::nullopt;
}

}  // namespace resmon::forecast
