#include "risk/risk.hpp"

#include "base/error.hpp"
#include "engine/forecast.hpp"
#include "region/germany.hpp"
#include "region/one_body.hpp"
#include "region/region.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <ranges>

namespace resmon::risk {

using catalogue::Body;
using catalogue::BodyKind;
using catalogue::Catalogue;
using catalogue::Frequency;
using forecast::RegionPart;

namespace {

/// A body of the place with its part in the whole, as the engine weighs it: people times the weights of its services.
struct Member {
    const Body* body = nullptr;
    double share = 0;
};

/// A provider with the customers that belong to the place.
struct Customers {
    RegionPart part;
    double share = 0;
};

std::vector<Member> members_of(const Catalogue& catalogue, const std::vector<BodyKey>& keys) {
    std::map<catalogue::Level, double> of_level;
    for (const catalogue::Service& service : catalogue.services)
        of_level[service.level] +=
            catalogue.model.class_weights.at(static_cast<std::size_t>(service.service_class)).value;
    std::vector<Member> members;
    double total = 0;
    for (const BodyKey& key : keys) {
        const Body* body = catalogue.bodies.find_body(key);
        const double district = body->kind == BodyKind::district || body->kind == BodyKind::independent_city
                                    ? of_level[catalogue::Level::district]
                                    : 0;
        const double municipality = body->kind == BodyKind::district ? 0 : of_level[catalogue::Level::municipality];
        members.push_back({body, static_cast<double>(body->population) * (district + municipality)});
        total += members.back().share;
    }
    for (Member& member : members) member.share /= total;
    return members;
}

std::vector<BodyKey> bodies_of(const catalogue::Region& region) {
    std::vector<BodyKey> keys;
    for (const catalogue::ProviderPart& part : region.provider.parts)
        keys.insert(keys.end(), part.bodies.begin(), part.bodies.end());
    return keys;
}

std::vector<double> losses_alone(const Catalogue& catalogue, const ScenarioId& scenario, const BodyKey& body,
                                 const outage::Sampling& sampling) {
    return outage::course_losses(forecast::case_of(catalogue, {.scenario = scenario, .alone = body}), sampling);
}

/// Every body with losses: those of the body next in size, among at most so many that are computed.
std::vector<Target> each_by_itself(const Catalogue& catalogue, const ScenarioId& scenario, std::vector<Member> members,
                                   const outage::Sampling& sampling) {
    constexpr std::size_t most = 24;
    // Districts provide other services than towns, so kinds are not mixed.
    std::ranges::sort(members, {}, [](const Member& member) {
        return std::tuple{member.body->kind == BodyKind::district, member.body->population, member.body->key};
    });
    const std::size_t computed = std::min(most, members.size());
    std::vector<Target> targets;
    std::map<std::size_t, std::vector<double>> known;
    for (std::size_t place = 0; place < members.size(); ++place) {
        const std::size_t group = place * computed / members.size();
        const std::size_t first = (group * members.size() + computed - 1) / computed;
        const std::size_t after = ((group + 1) * members.size() + computed - 1) / computed;
        const std::size_t middle = (first + after - 1) / 2;
        if (!known.contains(middle))
            known[middle] = losses_alone(catalogue, scenario, members[middle].body->key, sampling);
        targets.push_back({members[place].share, known[middle]});
    }
    return targets;
}

/// The place as the streams see it.
struct Scope {
    std::vector<Member> members;
    std::vector<Customers> customers;
    std::optional<BodyKey> alone;  ///< one body: its own losses count
    RiskReport report;
};

RegionPart part_of_region(const catalogue::Region& region) { return {.region = region}; }

Scope scope_of_body(const Catalogue& catalogue, const BodyKey& key) {
    const Body& body = catalogue.bodies.body(key.text());
    Scope scope{.members = members_of(catalogue, {body.key}), .alone = body.key};
    scope.report.name = {body.name, body.name};
    if (auto part = forecast::known_provider(catalogue, body.key)) scope.customers.push_back({std::move(*part), 1});
    scope.report.is_own_provider = scope.customers.empty();
    return scope;
}

Scope scope_of_region(const Catalogue& catalogue, const RegionId& id) {
    const catalogue::Region& region = catalogue.region(id);
    Scope scope{.members = members_of(catalogue, bodies_of(region)), .customers = {{part_of_region(region), 1}}};
    scope.report.name = region.name;
    return scope;
}

Scope scope_of_state(const Catalogue& catalogue, State state) {
    if (!catalogue.germany) throw NotFound{worded("fault.risk.no-providers")};
    std::vector<BodyKey> keys;
    for (const Body& body : catalogue.bodies.bodies())
        if (body.state == state) keys.push_back(body.key);
    Scope scope{.members = members_of(catalogue, keys)};
    const std::string name{to_string(state)};
    scope.report.name = {name, name};
    std::map<BodyKey, double> shares;
    for (const Member& member : scope.members) shares[member.body->key] = member.share;
    for (RegionPart& part : forecast::germany_parts(catalogue)) {
        double share = 0;
        for (const BodyKey& key : bodies_of(part.region))
            if (const auto found = shares.find(key); found != shares.end()) share += found->second;
        part.are_all_others_hit = false;
        if (share > 0) scope.customers.push_back({std::move(part), share});
    }
    return scope;
}

Scope scope_of(const Catalogue& catalogue, const Place& place) {
    if (place.body) return scope_of_body(catalogue, *place.body);
    return place.state ? scope_of_state(catalogue, *place.state) : scope_of_region(catalogue, place.region);
}

Target hit_through_provider(const Catalogue& catalogue, const ScenarioId& scenario, const Scope& scope,
                            const Customers& customers, const outage::Sampling& sampling) {
    outage::Case outage = forecast::case_at(catalogue, scenario, customers.part);
    // Its own losses while all customers of the provider are down, and share its crews.
    if (scope.alone) outage = forecast::seen_by(std::move(outage), *scope.alone);
    return {customers.share, outage::course_losses(outage, sampling)};
}

Stream stream_of(const Catalogue& catalogue, const Frequency& frequency, const Scope& scope,
                 const outage::Sampling& sampling) {
    Stream stream{.scenario = frequency.scenario.value,
                  .rate = {frequency.prior_incidents + static_cast<double>(frequency.observed.size()),
                           frequency.prior_years + frequency.observed_years}};
    if (frequency.per == Frequency::Per::body || scope.report.is_own_provider)
        stream.targets = each_by_itself(catalogue, frequency.scenario, scope.members, sampling);
    else
        for (const Customers& customers : scope.customers)
            stream.targets.push_back(hit_through_provider(catalogue, frequency.scenario, scope, customers, sampling));
    return stream;
}

}  // namespace

RiskReport risk_of(const Catalogue& catalogue, const Place& place, const Wish& wish) {
    if (catalogue.frequencies.empty()) throw InputError{worded("fault.risk.frequencies")};
    Scope scope = scope_of(catalogue, place);
    const outage::Sampling sampling{.seed = wish.seed, .replications = wish.replications};
    std::vector<Stream> streams;
    for (const Frequency& frequency : catalogue.frequencies)
        streams.push_back(stream_of(catalogue, frequency, scope, sampling));
    RiskReport report = std::move(scope.report);
    report.bodies = static_cast<int>(scope.members.size());
    report.seed = wish.seed;
    report.replications = wish.replications;
    report.loss = annual_loss(streams, wish.seed);
    return report;
}

}  // namespace resmon::risk
