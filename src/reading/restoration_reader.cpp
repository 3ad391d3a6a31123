// Reads resources, scenarios and regions: what fails, and what it takes to bring it back.
#include "reading/readers.hpp"

#include <fmt/format.h>

#include <array>

namespace resmon::catalogue {

namespace {

constexpr std::array<std::string_view, 14> resource_kinds{
    "site",   "power",     "network",    "identity",    "virtualisation",      "storage", "backup",
    "e-mail", "telephony", "workplaces", "application", "register-connection", "printer", "supplies"};
constexpr std::array<std::string_view, 4> owners{"provider", "body", "state", "federation"};
constexpr std::array<std::string_view, 5> crew_kinds{"none", "platform", "application", "local", "external"};
constexpr std::array<std::string_view, 8> causes{"attack",   "power",          "fire-or-water",
                                                 "hardware", "software-fault", "provider-insolvency",
                                                 "cut-line", "operator-error"};
constexpr std::array<std::string_view, 2> hits{"provider", "house"};

std::vector<std::string> texts(const Cursor& list) {
    std::vector<std::string> found;
    if (!list.exists()) return found;
    for (const Cursor& text : list.items()) found.push_back(text.text());
    return found;
}

/// List items are named by their id in places and figures: `gates.containment.days`.
Cursor by_id(const Cursor& list, const Cursor& item, const char* key = "id") {
    constexpr std::size_t longest = 80;  // of an id (schemas/scenario.json)
    if (!item.at(key).is_text()) return item;
    const std::string id = item.at(key).text();
    return id.size() <= longest ? item.named(list.path() + "." + id) : item;
}

RestorationTask task_from(const Cursor& from, OwnerKind owner) {
    from.only({"id", "name", "owner", "after", "crew", "crews", "restore_days", "rebuild_days", "sigma"});
    RestorationTask task;
    task.id = from.at("id").text();
    task.name = from.at("name").both_languages();
    task.owner = from.at("owner").exists() ? static_cast<OwnerKind>(from.at("owner").one_of(owners)) : owner;
    task.after = texts(from.at("after"));
    task.crew = static_cast<CrewKind>(from.at("crew").one_of(crew_kinds));
    task.crews = static_cast<int>(from.at("crews").number_or(1, Bounds::positive));
    task.restore_days = from.at("restore_days").figure(Bounds::not_negative, Spread::logarithmic);
    task.rebuild_days = from.at("rebuild_days").figure_or_none(Bounds::not_negative, Spread::logarithmic);
    task.sigma = from.at("sigma").figure(Bounds::not_negative, Spread::logarithmic);
    return task;
}

Gate gate_from(const Cursor& from) {
    from.only({"id", "name", "decided_by", "after", "holds", "days", "sigma", "office_hours", "on_call", "setback"});
    Gate gate;
    gate.id = from.at("id").text();
    gate.name = from.at("name").both_languages();
    gate.decided_by = static_cast<OwnerKind>(from.at("decided_by").one_of(owners));
    gate.after = texts(from.at("after"));
    gate.holds = texts(from.at("holds"));
    gate.days = from.at("days").figure(Bounds::not_negative, Spread::logarithmic);
    gate.sigma = from.at("sigma").figure(Bounds::not_negative, Spread::logarithmic);
    gate.office_hours = from.at("office_hours").flag_or(false);
    gate.on_call = from.at("on_call").flag_or(false);
    if (gate.on_call && gate.office_hours) from.at("on_call").fault(worded("fault.read.on-call-office-hours"));
    if (gate.on_call && gate.decided_by != OwnerKind::body && gate.decided_by != OwnerKind::provider)
        from.at("on_call").fault(worded("fault.read.on-call-by"));
    if (const Cursor setback = from.at("setback"); setback.exists()) {
        setback.only({"probability", "repeats", "share"});
        gate.setback = Setback{.probability = setback.at("probability").figure(Bounds::share, Spread::uniform),
                               .repeats = texts(setback.at("repeats")),
                               .share = setback.at("share").figure(Bounds::share, Spread::uniform)};
    }
    return gate;
}

std::vector<FailingResource> failing_from(const Cursor& list, const Cursor& from) {
    if (from.is_text()) return {{{from.text()}, std::nullopt, {}}};
    const bool is_group = from.at("together").exists();
    if (is_group)
        from.only({"id", "together", "probability"});
    else
        from.only({"resource", "probability"});
    const Cursor named = by_id(list, from, is_group ? "id" : "resource");
    const Figure probability = named.at("probability").figure(Bounds::share, Spread::uniform);
    if (!is_group) return {{{from.at("resource").text()}, probability, {}}};
    std::vector<FailingResource> failing;
    for (const std::string& resource : texts(from.at("together")))
        failing.push_back({{resource}, probability, from.at("id").text()});
    return failing;
}

DurationChange duration_change_from(const Cursor& from) {
    from.only({"id", "of", "factor", "by_itself"});
    return {.id = from.at("id").text(),
            .of = texts(from.at("of")),
            .factor = from.at("factor").figure(Bounds::not_negative, Spread::logarithmic),
            .by_itself = from.at("by_itself").flag_or(false)};
}

CrewChange crew_change_from(const Cursor& from) {
    from.only({"kind", "factor"});
    const CrewChange change{.kind = static_cast<CrewKind>(from.at("kind").one_of(crew_kinds)),
                            .factor = from.at("factor").figure(Bounds::positive, Spread::uniform)};
    if (change.kind == CrewKind::none) from.at("kind").fault(worded("fault.read.crew"));
    return change;
}

FixedStart start_from(const Cursor& from) {
    from.only({"date", "hour", "source"});
    const FixedStart start{.date = date_from(from.at("date")),
                           .hour = from.at("hour").number(Bounds::not_negative),
                           .source = from.at("source").text()};
    constexpr double hours = 24;
    if (start.hour >= hours)
        from.at("hour").fault(worded("fault.read.below-24", {{"found", fmt::format("{}", start.hour)}}));
    return start;
}

std::vector<BodyKey> bodies_from(const Cursor& list) {
    std::vector<BodyKey> bodies;
    for (const Cursor& key : list.items())
        if (const auto digits = key.digits(12)) bodies.emplace_back(*digits);
    return bodies;
}

ProviderPart part_from(const Cursor& from) {
    from.only({"id", "name", "bodies", "crews"});
    ProviderPart part;
    part.id = from.at("id").text();
    part.name = from.at("name").both_languages();
    part.bodies = bodies_from(from.at("bodies"));
    part.crews = crews_from(from.at("crews"), false);
    return part;
}

}  // namespace

std::vector<CrewRule> crews_from(const Cursor& list, bool of_body) {
    std::vector<CrewRule> crews;
    for (const Cursor& item : list.items()) {
        const Cursor from = by_id(list, item, "kind");
        from.only({"kind", "number", "from_day", "to_day", "working_days"});
        CrewRule rule;
        rule.kind = static_cast<CrewKind>(from.at("kind").one_of(crew_kinds));
        rule.number = from.at("number").figure(Bounds::not_negative, Spread::uniform);
        rule.from_day = from.at("from_day").number_or(0, Bounds::not_negative);
        rule.to_day = from.at("to_day").number_or(0, Bounds::positive);
        rule.working_days = from.at("working_days").flag_or(false);
        if ((rule.kind == CrewKind::local) != of_body)
            from.at("kind").fault(worded(of_body ? "fault.read.crew-local" : "fault.read.crew-provider"));
        crews.push_back(std::move(rule));
    }
    return crews;
}

Resource resource_from(const Cursor& root) {
    root.only({"id", "name", "description", "kind", "owner", "products", "tasks"});
    Resource resource;
    resource.id = {root.at("id").text()};
    resource.name = root.at("name").both_languages();
    resource.kind = static_cast<ResourceKind>(root.at("kind").one_of(resource_kinds));
    resource.owner = static_cast<OwnerKind>(root.at("owner").one_of(owners));
    resource.products = texts(root.at("products"));
    if (root.at("tasks").exists())
        for (const Cursor& task : root.at("tasks").items())
            resource.tasks.push_back(task_from(by_id(root.at("tasks"), task), resource.owner));
    return resource;
}

Scenario scenario_from(const Cursor& root) {
    root.only({"id", "name", "description", "cause", "hits", "start", "fails", "durations", "crews", "gates",
               "backups_survive", "data_loss_days"});
    Scenario scenario;
    scenario.id = {root.at("id").text()};
    scenario.name = root.at("name").both_languages();
    scenario.description = root.at("description").both_languages();
    scenario.cause = static_cast<Cause>(root.at("cause").one_of(causes));
    if (root.at("hits").exists()) scenario.hits = static_cast<Hit>(root.at("hits").one_of(hits));
    if (root.at("start").exists()) scenario.start = start_from(root.at("start"));
    for (const Cursor& failing : root.at("fails").items())
        for (FailingResource& resource : failing_from(root.at("fails"), failing))
            scenario.fails.push_back(std::move(resource));
    if (const Cursor changes = root.at("durations"); changes.exists())
        for (const Cursor& change : changes.items())
            scenario.durations.push_back(duration_change_from(by_id(changes, change)));
    if (const Cursor changes = root.at("crews"); changes.exists())
        for (const Cursor& change : changes.items())
            scenario.crews.push_back(crew_change_from(by_id(changes, change, "kind")));
    for (const Cursor& gate : root.at("gates").items())
        scenario.gates.push_back(gate_from(by_id(root.at("gates"), gate)));
    scenario.backups_survive = root.at("backups_survive").figure(Bounds::share, Spread::uniform);
    scenario.data_loss_days = root.at("data_loss_days").figure(Bounds::not_negative, Spread::logarithmic);
    return scenario;
}

Region region_from(const Cursor& root) {
    root.only({"id", "name", "description", "source", "provider"});
    Region region;
    region.id = {root.at("id").text()};
    region.name = root.at("name").both_languages();
    region.description = root.at("description").both_languages();
    region.source = root.at("source").text();
    const Cursor provider = root.at("provider");
    provider.only({"id", "name", "parts"});
    region.provider.id = {provider.at("id").text()};
    region.provider.name = provider.at("name").both_languages();
    for (const Cursor& part : provider.at("parts").items())
        region.provider.parts.push_back(part_from(by_id(provider.at("parts"), part)));
    return region;
}

Germany germany_from(const Cursor& root) {
    root.only({"name", "description", "assumed_crews", "crews_of_at_least_inhabitants", "crews_of_at_most_inhabitants",
               "providers"});
    Germany germany;
    germany.name = root.at("name").both_languages();
    germany.description = root.at("description").both_languages();
    germany.assumed_crews = crews_from(root.at("assumed_crews"), false);
    germany.crews_of_at_least_inhabitants =
        root.at("crews_of_at_least_inhabitants").figure(Bounds::positive, Spread::uniform);
    germany.crews_of_at_most_inhabitants =
        root.at("crews_of_at_most_inhabitants").figure(Bounds::positive, Spread::uniform);
    for (const Cursor& from : root.at("providers").items()) {
        from.only({"id", "name", "source", "bodies"});
        germany.providers.push_back({.id = {from.at("id").text()},
                                     .name = from.at("name").both_languages(),
                                     .source = from.at("source").text(),
                                     .bodies = bodies_from(from.at("bodies"))});
    }
    return germany;
}

}  // namespace resmon::catalogue
