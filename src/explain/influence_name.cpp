#include "explain/influence_name.hpp"

#include "forecast/words.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace resmon::explain {

using catalogue::Catalogue;

namespace {

Text program_words(const std::string& key) {
    return {program_text(key, Language::german), program_text(key, Language::english)};
}

Text joined(const Text& one, const Text& other) { return {one.de + ": " + other.de, one.en + ": " + other.en}; }

std::vector<std::string> parts_of(const std::string& id) {
    std::vector<std::string> parts{""};
    for (const char character : id)
        if (character == '/')
            parts.emplace_back();
        else
            parts.back() += character;
    return parts;
}

Text resource_name(const Catalogue& catalogue, const std::string& id) {
    const auto found = std::ranges::find(catalogue.resources, ResourceId{id}, &catalogue::Resource::id);
    return found == catalogue.resources.end() ? Text{id, id} : found->name;
}

/// What a figure belongs to; none for those of the whole model.
std::optional<Text> thing_of(const Catalogue& catalogue, const std::map<std::string, Text>& steps,
                             const std::vector<std::string>& parts) {
    if (parts.size() < 3) return std::nullopt;
    const auto step = [&](const std::string& label) -> std::optional<Text> {
        const auto known = steps.find(label);
        return known == steps.end() ? std::nullopt : std::optional{known->second};
    };
    if (parts[0] == "resources" && parts.size() >= 5) return step(parts[1] + "/" + parts[3]);
    if (parts[0] == "scenarios" && parts[2] == "gates") return step(parts[3]);
    if (parts[0] == "scenarios" && parts[2] == "fails") return resource_name(catalogue, parts[3]);
    if (parts[0] == "services") {
        const auto service = std::ranges::find(catalogue.services, ServiceId{parts[1]}, &catalogue::Service::id);
        if (service == catalogue.services.end()) return std::nullopt;
        if (parts[2] != "modes") return service->name;
        const Text mode = program_words("influence.mode." + parts[3]);
        return Text{service->name.de + " (" + mode.de + ")", service->name.en + " (" + mode.en + ")"};
    }
    return std::nullopt;
}

/// The figures' own names, as in the catalogue, that have words.
const std::set<std::string>& figures_with_words() {
    static const std::set<std::string> known{
        "activation_sigma", "backups_survive",   "body_reached",   "capacity",
        "data_loss_days",   "data_loss_effort",  "days",           "delay_days",
        "endurance_days",   "lawful_share",      "overtime_share", "owner_share",
        "probability",      "provider_reached",  "rebuild_days",   "reentry_effort",
        "restore_days",     "severity_share",    "share",          "sigma",
        "vanishing_share",  "sustained_capacity"};
    return known;
}

Text figure_name(const Catalogue& catalogue, const std::map<std::string, Text>& steps, const std::string& id) {
    const std::vector<std::string> parts = parts_of(id);
    if (!figures_with_words().contains(parts.back())) return {id, id};
    std::string key = "influence.figure." + parts.back();
    std::ranges::replace(key, '_', '-');
    const Text what = program_words(key);
    const std::optional<Text> thing = thing_of(catalogue, steps, parts);
    return thing ? joined(*thing, what) : what;
}

Text owner_name(const Catalogue& catalogue, const forecast::CaseRequest& request, const std::string& id) {
    if (id == "bodies" || id == "federation") return program_words("influence.owner." + id);
    if (id.starts_with("state/")) return program_words("influence.owner.state");
    if (!request.alone)
        for (const catalogue::ProviderPart& part : catalogue.region(request.region).provider.parts)
            if (id == catalogue.region(request.region).provider.id.value + "/" + part.id)
                return joined(program_words("influence.owner.provider"), part.name);
    return program_words("influence.owner.provider");
}

}  // namespace

std::string_view to_string(InputKind kind) {
    switch (kind) {
        case InputKind::severity: return "severity";
        case InputKind::owner: return "owner";
        case InputKind::estimate: return "estimate";
        case InputKind::start: return "start";
        case InputKind::failure: return "failure";
        case InputKind::backup: return "backup";
        case InputKind::task: return "task";
        case InputKind::activation: return "activation";
        case InputKind::set_back: return "set-back";
        case InputKind::reached: return "reached";
    }
    return {};
}

Text name_of(const Catalogue& catalogue, const forecast::CaseRequest& request, const Influence& influence) {
    const auto steps = forecast::chain_names(catalogue, request.scenario);
    const auto step = [&](const std::string& label) {
        const auto known = steps.find(label);
        return known == steps.end() ? Text{label, label} : known->second;
    };
    switch (influence.kind) {
        case InputKind::severity:
        case InputKind::start:
        case InputKind::backup: return program_words("influence." + std::string{to_string(influence.kind)});
        case InputKind::owner: return owner_name(catalogue, request, influence.id);
        case InputKind::estimate: return figure_name(catalogue, steps, influence.id);
        case InputKind::failure:
            return joined(resource_name(catalogue, influence.id), program_words("influence.failure"));
        case InputKind::task: return joined(step(influence.id), program_words("influence.task"));
        case InputKind::set_back: return joined(step(influence.id), program_words("influence.set-back"));
        case InputKind::reached: return joined(step(influence.id), program_words("influence.reached"));
        case InputKind::activation:
            return joined(program_words("influence.mode." + influence.id), program_words("influence.activation"));
    }
    return {};
}

Text name_of(const Bottleneck& crews) {
    constexpr std::string_view prefix = "crew/";
    return program_words("bottleneck." + crews.label.substr(prefix.size()));
}

}  // namespace resmon::explain
