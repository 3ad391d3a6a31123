// The service side of a case: every service at every body that provides it, its modes and who could help.
#include "region/case_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace resmon::forecast {

using catalogue::OwnerKind;

namespace {

constexpr double days_per_year = 365.25;

/// Independent cities are town hall and district in one.
bool provides(const catalogue::Body& body, catalogue::Level level) {
    const bool is_district = body.kind == catalogue::BodyKind::district;
    return level == catalogue::Level::district ? is_district || body.kind == catalogue::BodyKind::independent_city
                                               : !is_district;
}

/// Great-circle distance (haversine) on a sphere of the mean Earth radius.
Kilometres distance_between(const catalogue::Body& one, const catalogue::Body& other) {
    constexpr double earth_radius_km = 6371.0088;
    constexpr double radians = std::numbers::pi / 180;
    const double north = std::sin((other.latitude - one.latitude) * radians / 2);
    const double east = std::sin((other.longitude - one.longitude) * radians / 2);
    const double chord =
        north * north + std::cos(one.latitude * radians) * std::cos(other.latitude * radians) * east * east;
    return {2 * earth_radius_km * std::asin(std::sqrt(chord))};
}

double noon(Date date) { return static_cast<double>(date.time_since_epoch().count()) + 0.5; }

/// Noon of each day on which something is due for elections of a state.
std::vector<double> election_instants(const std::vector<int>& days_before,
                                      const std::vector<catalogue::Election>& elections, State state) {
    std::vector<double> instants;
    for (const catalogue::Election& election : elections) {
        if (!election.states.empty() && !election.states.contains(state)) continue;
        for (const int days : days_before) instants.push_back(noon(election.day - std::chrono::days{days}));
    }
    std::ranges::sort(instants);
    return instants;
}

/// Noon of each due date from a year before to after the horizon.
std::vector<double> due_instants(const catalogue::DueDates& due, const WorkingCalendar& calendar, int first_year,
                                 int last_year) {
    using namespace std::chrono;
    const bool is_monthly = due.rule == catalogue::DueDates::Rule::monthly;
    std::vector<double> instants;
    for (int in_year = first_year; in_year <= last_year; ++in_year) {
        for (unsigned in_month = 1; is_monthly && in_month <= 12; ++in_month) {
            const auto last = sys_days{year{in_year} / month{in_month} / std::chrono::last};
            Date date = due.day_of_month == 0 ? last
                                              : std::min(last, sys_days{year{in_year} / month{in_month} /
                                                                        day{static_cast<unsigned>(due.day_of_month)}});
            while (due.day_of_month == 0 && !calendar.is_working(noon(date))) date -= days{1};
            instants.push_back(noon(date));
        }
        if (is_monthly) continue;
        for (const auto& [in_month, on_day] : due.yearly)
            instants.push_back(noon(
                sys_days{year{in_year} / month{static_cast<unsigned>(in_month)} / day{static_cast<unsigned>(on_day)}}));
    }
    std::ranges::sort(instants);
    return instants;
}

}  // namespace

CaseBuilder::Needs CaseBuilder::needs_of(const catalogue::Requirement& requirement) const {
    Needs needs;
    switch (requirement.kind) {
        case catalogue::Requirement::Kind::resource: {
            needs.kind = outage::Requirement::Kind::resource;
            needs.owner = catalogue_.resource(requirement.resource).owner;
            needs.resource = &resources_.at(requirement.resource.value);
            return needs;
        }
        case catalogue::Requirement::Kind::all: needs.kind = outage::Requirement::Kind::all; break;
        case catalogue::Requirement::Kind::any: needs.kind = outage::Requirement::Kind::any; break;
        case catalogue::Requirement::Kind::at_least:
            needs.kind = outage::Requirement::Kind::at_least;
            needs.count = requirement.count;
            break;
    }
    for (const catalogue::Requirement& part : requirement.of) needs.of.push_back(needs_of(part));
    return needs;
}

outage::Requirement CaseBuilder::requirement(const Needs& needs, const Site& from) const {
    outage::Requirement mapped{.kind = needs.kind, .count = needs.count};
    if (needs.resource)
        mapped.resource = *needs.resource->at(from.seen.at(static_cast<std::size_t>(needs.owner)).front());
    mapped.of.reserve(needs.of.size());
    for (const Needs& part : needs.of) mapped.of.push_back(requirement(part, from));
    return mapped;
}

double CaseBuilder::daily_demand(Index service, const catalogue::Body& body) {
    const double yearly = anywhere(service).demand_per_1000 * static_cast<double>(body.population) / 1000;
    if (catalogue_.services[service].kind == catalogue::ServiceKind::due_date) return yearly;
    (void)calendar(body.state);
    return yearly / (days_per_year * working_shares_.at(body.state));
}

const std::vector<const catalogue::Body*>& CaseBuilder::nearest_unharmed(const Site& site, catalogue::Level level) {
    std::vector<const catalogue::Body*>& found = nearest_[{site.id, level}];
    if (!found.empty() || part_.are_all_others_hit) return found;
    const auto is_hit = [this](const catalogue::Body& body) {
        return std::ranges::find(sites_, &body, &Site::body) != sites_.end();
    };
    std::vector<std::pair<double, const catalogue::Body*>> candidates;
    for (const catalogue::Body& candidate : catalogue_.bodies.bodies())
        if (candidate.state == site.state && provides(candidate, level) && !is_hit(candidate))
            candidates.emplace_back(distance_between(*site.body, candidate).value, &candidate);
    const auto wanted = static_cast<std::size_t>(std::lround(certain(catalogue_.model.helpers_per_body)));
    const auto last = candidates.begin() + static_cast<std::ptrdiff_t>(std::min(candidates.size(), wanted));
    std::ranges::partial_sort(candidates, last, [](const auto& one, const auto& other) {
        return std::pair{one.first, one.second->key} < std::pair{other.first, other.second->key};
    });
    for (auto candidate = candidates.begin(); candidate != last; ++candidate) found.push_back(candidate->second);
    return found;
}

std::vector<outage::Helper> CaseBuilder::helpers_of(Index service, double spare, const Site& site) {
    std::vector<outage::Helper> helpers;
    for (const catalogue::Body* body : nearest_unharmed(site, catalogue_.services[service].level))
        helpers.push_back({.body = body->key.text(), .spare = spare * daily_demand(service, *body)});
    std::ranges::sort(helpers, {}, &outage::Helper::body);
    return helpers;
}

const CaseBuilder::ServiceAnywhere& CaseBuilder::anywhere(Index number) {
    services_.resize(catalogue_.services.size());
    if (services_[number]) return *services_[number];
    const catalogue::Service& service = catalogue_.services[number];
    const auto optional = [this](const std::optional<catalogue::Figure>& figure) {
        return figure ? std::optional{estimate(*figure)} : std::nullopt;
    };
    ServiceAnywhere& known = services_[number].emplace();
    known.class_weight = certain(catalogue_.model.class_weights.at(static_cast<std::size_t>(service.service_class)));
    known.demand_per_1000 = certain(service.demand_per_1000);
    for (const catalogue::Mode& mode : service.modes) {
        const auto& without = request_.overrides.without_modes;
        if (std::ranges::find(without, mode.kind) != without.end()) continue;
        ModeAnywhere& mapped = known.modes.emplace_back();
        mapped.needs = needs_of(mode.needs);
        mapped.mode.kind = mode.kind;
        if (mode.delay_days)
            mapped.mode.delay = outage::Duration{.median = estimate(*mode.delay_days),
                                                 .sigma = estimate(catalogue_.model.activation_sigma)};
        mapped.mode.capacity = optional(mode.capacity);
        mapped.mode.lawful_share = optional(mode.lawful_share);
        mapped.mode.endurance = optional(mode.endurance_days);
        mapped.mode.sustained = optional(mode.sustained_capacity);
        mapped.mode.reentry = optional(mode.reentry_effort);
        if (mode.helper_spare) mapped.helper_spare = certain(*mode.helper_spare);
    }
    return known;
}

void CaseBuilder::add_services() {
    for (Index number = 0; number < catalogue_.services.size(); ++number) {
        const catalogue::Service& service = catalogue_.services[number];
        outage::Service mapped{.id = service.id.value, .kind = service.kind};
        mapped.tolerable_days = certain(service.maximum_tolerable_outage_days);
        // One region, one state: the calendar of its first body serves for what is common to a service.
        const auto first_body = std::ranges::find(sites_, OwnerKind::body, &Site::kind);
        const WorkingCalendar& days = case_.calendars[calendar(first_body->state)];
        if (service.statutory_deadline) {
            const double deadline = certain(*service.statutory_deadline);
            mapped.deadline =
                service.deadline_unit == catalogue::DayUnit::working_days ? deadline : deadline * days.working_share();
        }
        if (service.vanishing_share) mapped.vanishing = estimate(*service.vanishing_share);
        if (service.kind == catalogue::ServiceKind::due_date) {
            const catalogue::DueDates& due = service.due_dates;
            mapped.due_instants =
                due.rule == catalogue::DueDates::Rule::elections
                    ? election_instants(due.days_before, catalogue_.elections, first_body->state)
                    : due_instants(due, days, first_year(), first_year() + 2 + static_cast<int>(case_.horizon / 365));
        }
        case_.services.push_back(std::move(mapped));
    }
    Index body = 0;
    for (Index site = 0; site < sites_.size(); ++site) {
        if (sites_[site].kind != OwnerKind::body) continue;
        for (Index number = 0; number < catalogue_.services.size(); ++number)
            if (provides(*sites_[site].body, catalogue_.services[number].level)) add_provision(number, body, site);
        ++body;
    }
}

void CaseBuilder::add_provision(Index number, Index body, Index position) {
    const Site& site = sites_[position];
    const ServiceAnywhere& service = anywhere(number);
    outage::Provision& provision = case_.provisions.emplace_back();
    provision.id = site.id + "/" + catalogue_.services[number].id.value;
    provision.body = body;
    provision.service = number;
    provision.weight = static_cast<double>(site.body->population) * service.class_weight;
    provision.demand = daily_demand(number, *site.body);
    provision.modes.reserve(service.modes.size());
    for (const ModeAnywhere& known : service.modes) {
        std::vector<outage::Helper> helpers;
        if (known.mode.kind == catalogue::ModeKind::neighbour) {
            helpers = helpers_of(number, known.helper_spare, site);
            if (helpers.empty()) continue;
        }
        outage::Mode& mode = provision.modes.emplace_back(known.mode);
        mode.needs = requirement(known.needs, site);
        mode.helpers = std::move(helpers);
    }
}

}  // namespace resmon::forecast
