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
std::map<const catalogue::CrewRule*, int> shared_out(const catalogue::Provider& provider, catalogue::CrewKind kind,
                                                     std::optional<int> wished) {
    std::map<const catalogue::CrewRule*, int> crews;
    std::vector<std::pair<const catalogue::CrewRule*, double>> rules;
    double total = 0;
    std::vector<const catalogue::ProviderPart*> parts;
    for (const catalogue::ProviderPart& part : provider.parts) parts.push_back(&part);
    std::ranges::sort(parts, {}, &catalogue::ProviderPart::id);
    for (const catalogue::ProviderPart* part : parts)
        for (const catalogue::CrewRule& rule : part->crews)
            if (rule.kind == kind) {
                crews[&rule] = whole_crews(rule.number.value);
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

/// A region of one house that is its own provider, with crews by its inhabitants.
catalogue::Region alone(const catalogue::Catalogue& catalogue, const BodyKey& key) {
    const catalogue::Body* body = catalogue.bodies.find_body(key);
    if (body == nullptr) throw NotFound{fmt::format("body {} is not in the register", key.text())};
    std::vector<catalogue::CrewRule> crews = catalogue.preparedness.own_crews;
    for (catalogue::CrewRule& rule : crews)
        for (double* number : {&rule.number.value, &rule.number.low, &rule.number.high})
            *number *= static_cast<double>(body->population) / 10'000;
    return {.name = {body->name, body->name},
            .provider = {.id = {"own"},
                         .name = {body->name, body->name},
                         .parts = {{.id = "house", .bodies = {key}, .crews = std::move(crews)}}}};
}

}  // namespace

CaseBuilder::CaseBuilder(const catalogue::Catalogue& catalogue, const CaseRequest& request)
    : catalogue_{catalogue}, request_{request}, scenario_{catalogue.scenario(request.scenario)},
      own_region_{request.alone ? alone(catalogue, *request.alone) : catalogue::Region{}},
      region_{request.alone ? own_region_ : catalogue.region(request.region)},
      incident_{request.incident ? &catalogue.incident(*request.incident) : nullptr} {}

outage::Case CaseBuilder::built() {
    case_.horizon = catalogue_.model.horizon_days;
    case_.reference_year = catalogue_.model.reference_year;
    if (incident_) case_.start = static_cast<double>(incident_->date.time_since_epoch().count()) + incident_->hour / 24;
    case_.severity_share = estimate(catalogue_.model.severity_share);
    case_.owner_share = estimate(catalogue_.model.owner_share);
    case_.overtime = estimate(catalogue_.model.overtime_share);
    case_.data_loss_effort = estimate(catalogue_.model.data_loss_effort);
    case_.data_loss_days = estimate(scenario_.data_loss_days);

    add_sites();
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

CaseBuilder::Index CaseBuilder::calendar(State state) {
    const auto [row, is_new] = calendars_.try_emplace(state, static_cast<Index>(case_.calendars.size()));
    if (is_new) {
        const int first =
            incident_ ? static_cast<int>(std::chrono::year_month_day{incident_->date}.year()) : case_.reference_year;
        // A year before for the age of lost data; the horizon and some years for backlogs that outlast it.
        const int last = first + static_cast<int>(case_.horizon / 365) + 3;
        case_.calendars.push_back(WorkingCalendar::of(catalogue_.holidays, state, first - 1, last));
    }
    return row->second;
}

CaseBuilder::Index CaseBuilder::own_backups(const Site& site) {
    // The parts of a provider share the fate of their backups: whoever reached one reached the other.
    const std::string id = site.kind == OwnerKind::provider ? region_.provider.id.value : site.id;
    const auto [row, is_new] = backups_.try_emplace(id, static_cast<Index>(case_.backups.size()));
    if (is_new) {
        const auto& wished = request_.overrides.backups_survive;
        case_.backups.push_back({id, wished ? constant(*wished) : estimate(scenario_.backups_survive)});
    }
    return row->second;
}

void CaseBuilder::add_sites() {
    std::set<State> states;
    for (const catalogue::ProviderPart& part : region_.provider.parts) {
        Site place{.kind = OwnerKind::provider, .id = region_.provider.id.value + "/" + part.id, .part = &part};
        if (!part.bodies.empty()) place.state = state_of(part.bodies.front());
        sites_.push_back(place);
        for (const BodyKey& key : part.bodies) {
            const catalogue::Body* body = catalogue_.bodies.find_body(key);
            if (body == nullptr) throw NotFound{fmt::format("body {} is not in the register", key.text())};
            sites_.push_back(
                {.kind = OwnerKind::body, .id = key.text(), .part = &part, .body = body, .state = body->state});
            states.insert(body->state);
        }
    }
    for (const State state : states)
        sites_.push_back({.kind = OwnerKind::state, .id = fmt::format("state/{}", to_string(state)), .state = state});
    sites_.push_back({.kind = OwnerKind::federation, .id = "federation"});
}

std::vector<const Site*> CaseBuilder::sites_seen_from(const Site& from, OwnerKind kind) const {
    std::vector<const Site*> seen;
    for (const Site& site : sites_) {
        if (site.kind != kind) continue;
        if (kind == OwnerKind::federation || &site == &from) {
            seen.push_back(&site);
            continue;
        }
        if (from.kind == kind) continue;
        const bool same_part = from.part == nullptr || site.part == nullptr || from.part == site.part;
        const bool same_state = from.kind == OwnerKind::federation || from.state == site.state;
        if (same_part && same_state) seen.push_back(&site);
    }
    return seen;
}

void CaseBuilder::add_pools() {
    using catalogue::CrewKind;
    for (const CrewKind kind : {CrewKind::platform, CrewKind::application, CrewKind::external}) {
        const auto wished = request_.overrides.crews.find(kind);
        const auto crews =
            shared_out(region_.provider, kind,
                       wished == request_.overrides.crews.end() ? std::nullopt : std::optional{wished->second});
        for (const Site& site : sites_) {
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
            pools_[site.id + "/" + crew_label(kind)] = static_cast<Index>(case_.pools.size());
            case_.pools.push_back(std::move(pool));
        }
    }
    for (const Site& site : sites_)
        if (site.kind == OwnerKind::body) add_local_pool(site);
}

void CaseBuilder::add_local_pool(const Site& body) {
    outage::Pool pool{.id = body.id + "/crew/local", .label = "crew/local"};
    for (const catalogue::CrewRule& rule : catalogue_.model.local_crews) {
        const int crews = whole_crews(certain(rule.number) * static_cast<double>(body.body->population) / 10'000);
        pool.slots.insert(pool.slots.end(), static_cast<std::size_t>(crews),
                          {rule.from_day, rule.to_day > 0 ? rule.to_day : outage::never});
        if (rule.working_days) pool.calendar = calendar(body.state);
    }
    std::ranges::sort(pool.slots, {}, [](const outage::Slot& slot) { return std::pair{slot.from, -slot.to}; });
    pools_[pool.id] = static_cast<Index>(case_.pools.size());
    case_.pools.push_back(std::move(pool));
}

void CaseBuilder::add_bodies() {
    for (const Site& site : sites_) {
        if (site.kind != OwnerKind::body) continue;
        outage::Body body{.key = site.id,
                          .inhabitants = static_cast<double>(site.body->population),
                          .calendar = calendar(site.state)};
        if (const auto gate = activities_.find(site.id + "/declaration"); gate != activities_.end())
            body.declaration = gate->second;
        case_.bodies.push_back(std::move(body));
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
