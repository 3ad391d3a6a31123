#include "region/case_builder.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace resmon::forecast {

using catalogue::OwnerKind;

namespace {

std::string crew_label(catalogue::CrewKind kind) {
    switch (kind) {
        case catalogue::CrewKind::platform: return "crew/platform";
        case catalogue::CrewKind::application: return "crew/application";
        case catalogue::CrewKind::local: return "crew/local";
        case catalogue::CrewKind::external: return "crew/external";
        case catalogue::CrewKind::none: break;
    }
    return {};
}

int whole_crews(double number) { return std::max(1, static_cast<int>(std::lround(number))); }

/// The crews of each rule of a kind, over the parts: as in the catalogue, or the wished total shared out in proportion
/// by largest remainders (Hare–Niemeyer), at least one each; equal remainders by the part's id.
/// `left_over`: share of the usual number that is there, where nobody wishes another.
std::map<const catalogue::CrewRule*, int> shared_out(const catalogue::Provider& provider, catalogue::CrewKind kind,
                                                     std::optional<int> wished, double left_over) {
    std::map<const catalogue::CrewRule*, int> crews;
    std::vector<std::pair<const catalogue::CrewRule*, double>> rules;
    double total = 0;
    std::vector<const catalogue::ProviderPart*> parts;
    for (const catalogue::ProviderPart& part : provider.parts) parts.push_back(&part);
    std::ranges::sort(parts, {}, &catalogue::ProviderPart::id);
    for (const catalogue::ProviderPart* part : parts)
        for (const catalogue::CrewRule& rule : part->crews)
            if (rule.kind == kind) {
                crews[&rule] = whole_crews(rule.number.value * left_over);
                rules.emplace_back(&rule, rule.number.value);
                total += rule.number.value;
            }
    if (!wished || rules.empty()) return crews;

    int left = *wished;
    for (auto& [rule, number] : rules) {
        number = number / total * *wished;
        crews[rule] = std::max(1, static_cast<int>(std::floor(number)));
        left -= crews[rule];
    }
    std::ranges::stable_sort(rules, [](const auto& one, const auto& other) {
        return one.second - std::floor(one.second) > other.second - std::floor(other.second);
    });
    for (std::size_t next = 0; left > 0; ++next, --left) ++crews[rules[next % rules.size()].first];
    return crews;
}

}  // namespace

CaseBuilder::CaseBuilder(const catalogue::Catalogue& catalogue, const CaseRequest& request, const RegionPart& part)
    : catalogue_{catalogue}, request_{request}, scenario_{catalogue.scenario(request.scenario)}, part_{part},
      incident_{request.incident ? &catalogue.incident(*request.incident) : nullptr} {}

outage::Case CaseBuilder::built() {
    case_.horizon = catalogue_.model.horizon_days;
    case_.is_summed = part_.are_all_others_hit;
    case_.reference_year = catalogue_.model.reference_year;
    case_.office_hours = catalogue_.model.office_hours;
    constexpr double hours = 24;
    if (incident_)
        case_.start = static_cast<double>(incident_->date.time_since_epoch().count()) + incident_->hour / hours;
    else if (!request_.overrides.start.empty())
        case_.start = local_instant_from(request_.overrides.start);
    else if (scenario_.start)
        case_.start =
            static_cast<double>(scenario_.start->date.time_since_epoch().count()) + scenario_.start->hour / hours;
    case_.severity_share = estimate(catalogue_.model.severity_share);
    case_.owner_share = estimate(catalogue_.model.owner_share);
    case_.overtime = estimate(catalogue_.model.overtime_share);
    case_.data_loss_effort = estimate(catalogue_.model.data_loss_effort);
    case_.data_loss_days = estimate(scenario_.data_loss_days);

    add_sites();
    let_sites_see();
    add_pools();
    add_resources();
    add_gates();
    link_tasks();
    link_gates();
    add_bodies();
    add_services();
    add_questions();
    return std::move(case_);
}

CaseBuilder::Index CaseBuilder::estimate(const catalogue::Figure& figure) {
    const auto [row, is_new] = estimates_.try_emplace(figure.id, static_cast<Index>(case_.estimates.size()));
    if (is_new) {
        case_.estimates.push_back({figure.id, figure.low, figure.value, figure.high, figure.spread});
        figures_.emplace(figure.id, figure);
    }
    return row->second;
}

CaseBuilder::Index CaseBuilder::constant(double value) {
    const std::string id = fmt::format("constant/{}", value);
    const auto [row, is_new] = estimates_.try_emplace(id, static_cast<Index>(case_.estimates.size()));
    if (is_new) case_.estimates.push_back({id, value, value, value, catalogue::Spread::uniform});
    return row->second;
}

double CaseBuilder::certain(const catalogue::Figure& figure) {
    figures_.emplace(figure.id, figure);
    return figure.value;
}

CaseBuilder::Index CaseBuilder::owner(const std::string& id) {
    const auto [row, is_new] = owners_.try_emplace(id, static_cast<Index>(case_.owners.size()));
    if (is_new) case_.owners.push_back(id);
    return row->second;
}

int CaseBuilder::first_year() const {
    if (!case_.start) return case_.reference_year;
    const Date day{std::chrono::days{static_cast<int>(*case_.start)}};
    return static_cast<int>(std::chrono::year_month_day{day}.year());
}

CaseBuilder::Index CaseBuilder::calendar(State state) {
    const auto [row, is_new] = calendars_.try_emplace(state, static_cast<Index>(case_.calendars.size()));
    if (is_new) {
        // A year before for the age of lost data; the horizon and some years for backlogs that outlast it.
        const int last = first_year() + static_cast<int>(case_.horizon / 365) + 3;
        case_.calendars.push_back(WorkingCalendar::of(catalogue_.holidays, state, first_year() - 1, last));
        working_shares_[state] = case_.calendars.back().working_share();
    }
    return row->second;
}

CaseBuilder::Index CaseBuilder::own_backups(const Site& site) {
    // The parts of a provider share the fate of their backups: whoever reached one reached the other.
    const std::string& id = site.kind == OwnerKind::provider ? part_.region.provider.id.value : site.id;
    const auto [row, is_new] = backups_.try_emplace(id, static_cast<Index>(case_.backups.size()));
    if (is_new) {
        const auto& wished = request_.overrides.backups_survive;
        case_.backups.push_back({id, wished ? constant(*wished) : estimate(scenario_.backups_survive)});
    }
    return row->second;
}

void CaseBuilder::add_sites() {
    std::set<State> states;
    const catalogue::Provider& provider = part_.region.provider;
    for (const catalogue::ProviderPart& part : provider.parts) {
        Site place{.kind = OwnerKind::provider, .id = provider.id.value + "/" + part.id, .part = &part};
        if (!part.bodies.empty()) place.state = state_of(part.bodies.front());
        sites_.push_back(place);
        for (const BodyKey& key : part.bodies) {
            const catalogue::Body* body = catalogue_.bodies.find_body(key);
            if (body == nullptr) throw NotFound{worded("fault.body.none", {{"key", key.text()}})};
            sites_.push_back(
                {.kind = OwnerKind::body, .id = key.text(), .part = &part, .body = body, .state = body->state});
            states.insert(body->state);
        }
    }
    for (const State state : states)
        sites_.push_back({.kind = OwnerKind::state, .id = fmt::format("state/{}", to_string(state)), .state = state});
    sites_.push_back({.kind = OwnerKind::federation, .id = "federation"});
}

void CaseBuilder::let_sites_see() {
    std::map<const catalogue::ProviderPart*, std::pair<Index, std::vector<Index>>> parts;  // its site, its bodies
    std::map<State, std::array<std::vector<Index>, 4>> states;
    std::array<std::vector<Index>, 4> all;
    const auto kind_of = [](OwnerKind kind) { return static_cast<std::size_t>(kind); };
    for (Index position = 0; position < sites_.size(); ++position) {
        const Site& site = sites_[position];
        all.at(kind_of(site.kind)).push_back(position);
        if (site.kind != OwnerKind::federation) states[site.state].at(kind_of(site.kind)).push_back(position);
        if (site.kind == OwnerKind::provider) parts[site.part].first = position;
        if (site.kind == OwnerKind::body) parts[site.part].second.push_back(position);
    }
    for (Index position = 0; position < sites_.size(); ++position) {
        Site& site = sites_[position];
        if (site.kind == OwnerKind::federation || site.kind == OwnerKind::state)
            site.seen = site.kind == OwnerKind::state ? states.at(site.state) : all;
        if (site.kind == OwnerKind::body) site.seen.at(kind_of(OwnerKind::provider)) = {parts.at(site.part).first};
        if (site.kind == OwnerKind::provider) site.seen.at(kind_of(OwnerKind::body)) = parts.at(site.part).second;
        site.seen.at(kind_of(OwnerKind::federation)) = all.at(kind_of(OwnerKind::federation));
        if (site.kind != OwnerKind::federation)
            site.seen.at(kind_of(OwnerKind::state)) = states.at(site.state).at(kind_of(OwnerKind::state));
        site.seen.at(kind_of(site.kind)) = {position};
    }
}

double CaseBuilder::crews_left(catalogue::CrewKind kind) {
    const auto change = std::ranges::find(scenario_.crews, kind, &catalogue::CrewChange::kind);
    return change == scenario_.crews.end() ? 1 : certain(change->factor);
}

void CaseBuilder::add_pools() {
    using catalogue::CrewKind;
    for (const CrewKind kind : {CrewKind::platform, CrewKind::application, CrewKind::external}) {
        const auto wished = request_.overrides.crews.find(kind);
        const auto crews = shared_out(
            part_.region.provider, kind,
            wished == request_.overrides.crews.end() ? std::nullopt : std::optional{wished->second}, crews_left(kind));
        for (Index position = 0; position < sites_.size(); ++position) {
            const Site& site = sites_[position];
            if (site.kind != OwnerKind::provider) continue;
            outage::Pool pool{.id = site.id + "/" + crew_label(kind), .label = crew_label(kind)};
            for (const catalogue::CrewRule& rule : site.part->crews) {
                if (rule.kind != kind) continue;
                (void)certain(rule.number);
                pool.slots.insert(pool.slots.end(), static_cast<std::size_t>(crews.at(&rule)),
                                  {rule.from_day * request_.overrides.delays.value_or(1),
                                   rule.to_day > 0 ? rule.to_day : outage::never});
                if (rule.working_days) pool.calendar = calendar(site.state);
            }
            if (pool.slots.empty()) continue;
            // Who stays longest has the lowest number: a step down ends the highest ones.
            std::ranges::sort(pool.slots, {}, [](const outage::Slot& slot) { return std::pair{slot.from, -slot.to}; });
            pools_[{position, kind}] = static_cast<Index>(case_.pools.size());
            case_.pools.push_back(std::move(pool));
        }
    }
    for (Index site = 0; site < sites_.size(); ++site)
        if (sites_[site].kind == OwnerKind::body) add_local_pool(site);
}

void CaseBuilder::add_local_pool(Index body) {
    const Site& site = sites_[body];
    outage::Pool pool{.id = site.id + "/crew/local", .label = "crew/local"};
    const double left = crews_left(catalogue::CrewKind::local);
    for (const catalogue::CrewRule& rule : catalogue_.model.local_crews) {
        const int crews =
            whole_crews(certain(rule.number) * left * static_cast<double>(site.body->population) / 10'000);
        pool.slots.insert(pool.slots.end(), static_cast<std::size_t>(crews),
                          {rule.from_day, rule.to_day > 0 ? rule.to_day : outage::never});
        if (rule.working_days) pool.calendar = calendar(site.state);
    }
    std::ranges::sort(pool.slots, {}, [](const outage::Slot& slot) { return std::pair{slot.from, -slot.to}; });
    pools_[{body, catalogue::CrewKind::local}] = static_cast<Index>(case_.pools.size());
    case_.pools.push_back(std::move(pool));
}

void CaseBuilder::add_bodies() {
    const AtSites& declarations = activities_["declaration"];
    for (Index position = 0; position < sites_.size(); ++position) {
        const Site& site = sites_[position];
        if (site.kind != OwnerKind::body) continue;
        case_.bodies.push_back({.key = site.id,
                                .inhabitants = static_cast<double>(site.body->population),
                                .calendar = calendar(site.state),
                                .declaration = declarations.at(position)});
    }
}

void CaseBuilder::add_questions() {
    if (incident_ == nullptr) return;
    for (const catalogue::Milestone& milestone : incident_->milestones) {
        outage::Question question{.id = milestone.id,
                                  .kind = milestone.output == catalogue::MilestoneOutput::ability
                                              ? outage::Question::Kind::ability
                                              : outage::Question::Kind::services_in_mode,
                                  .mode = milestone.mode,
                                  .threshold = milestone.threshold};
        for (Index position = 0; position < case_.provisions.size(); ++position) {
            const outage::Provision& provision = case_.provisions[position];
            const ServiceId service{case_.services[provision.service].id};
            const bool asked = milestone.services.empty() ||
                               std::ranges::find(milestone.services, service) != milestone.services.end();
            const bool here = !milestone.body || milestone.body->text() == case_.bodies[provision.body].key;
            if (asked && here) question.provisions.push_back(position);
        }
        case_.questions.push_back(std::move(question));
    }
}

}  // namespace resmon::forecast
