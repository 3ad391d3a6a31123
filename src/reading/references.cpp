// What no file can know alone: references, cycles, keys of the register.
#include "reading/readers.hpp"

#include "schema/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>

namespace resmon::catalogue {

namespace {

class References {
public:
    explicit References(const Catalogue& catalogue) : catalogue_{catalogue} {
        for (const Resource& resource : catalogue.resources) {
            resources_.push_back(resource.id.value);
            for (const RestorationTask& task : resource.tasks) tasks_.push_back(resource.id.value + "/" + task.id);
        }
        for (const Service& service : catalogue.services) services_.push_back(service.id.value);
        for (const Incident& incident : catalogue.incidents) incidents_.push_back(incident.id.value);
    }

    std::vector<Fault> broken() {
        for (const Service& service : catalogue_.services) check(service);
        for (const Resource& resource : catalogue_.resources) check(resource);
        for (const Scenario& scenario : catalogue_.scenarios)
            check(scenario, "scenarios/" + scenario.id.value + ".yaml");
        for (const Region& region : catalogue_.regions) check(region);
        if (catalogue_.germany) check(*catalogue_.germany);
        for (const Incident& incident : catalogue_.incidents) check(incident);
        for (const Frequency& frequency : catalogue_.frequencies) check(frequency);
        return std::move(faults_);
    }

    std::vector<Fault> broken(const Scenario& scenario, const std::string& file) {
        check(scenario, file);
        return std::move(faults_);
    }

private:
    using Words = std::vector<std::string_view>;

    void fault(const std::string& file, const std::string& path, Wording expectation) {
        faults_.push_back({{file, 0, path}, std::move(expectation)});
    }

    bool known(const std::string& file, const std::string& path, const std::string& word, const Words& words,
               const char* kind) {
        if (std::ranges::find(words, word) != words.end()) return true;
        const auto nearest = meant(word, words);
        fault(file, path,
              nearest ? worded("fault.read.name-near",
                               {{"kind", kind}, {"word", schema::shortened(word)}, {"near", *nearest}})
                      : worded("fault.read.name", {{"kind", kind}, {"word", schema::shortened(word)}}));
        return false;
    }

    static Words views(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

    void check(const Figure& figure, const std::string& file) {
        for (const IncidentId& incident : figure.derived_from)
            known(file, figure.place.path + ".derived_from", incident.value, views(incidents_), "incident");
    }
    void check(const std::optional<Figure>& figure, const std::string& file) {
        if (figure) check(*figure, file);
    }

    void check(const Service& service) {
        const std::string file = "services/" + service.id.value + ".yaml";
        check(service.demand_per_1000, file);
        check(service.maximum_tolerable_outage_days, file);
        check(service.statutory_deadline, file);
        check(service.vanishing_share, file);
        for (const Mode& mode : service.modes) {
            for (const ResourceId& resource : resources_in(mode.needs))
                known(file, "modes", resource.value, views(resources_), "resource");
            for (const auto* figure : {&mode.delay_days, &mode.capacity, &mode.lawful_share, &mode.endurance_days,
                                       &mode.sustained_capacity, &mode.reentry_effort, &mode.helper_spare})
                check(*figure, file);
        }
    }

    void check(const Resource& resource) {
        const std::string file = "resources/" + resource.id.value + ".yaml";
        for (const RestorationTask& task : resource.tasks) {
            check(task.restore_days, file);
            check(task.rebuild_days, file);
            check(task.sigma, file);
            for (const std::string& before : task.after) known_work(file, "tasks." + task.id + ".after", before, {});
        }
    }

    /// A resource, a task, or one of the gates.
    bool known_work(const std::string& file, const std::string& path, const std::string& word,
                    const std::vector<std::string>& gates) {
        Words words = views(resources_);
        words.insert(words.end(), tasks_.begin(), tasks_.end());
        words.insert(words.end(), gates.begin(), gates.end());
        return known(file, path, word, words, gates.empty() ? "resource_or_task" : "gate_resource_or_task");
    }

    /// Of two things with one id the second would be the first.
    void once(const std::string& file, const std::string& path, const std::vector<std::string>& ids) {
        std::set<std::string> seen;
        for (const std::string& id : ids)
            if (!seen.insert(id).second)
                fault(file, path, worded("fault.read.id-twice", {{"id", schema::shortened(id)}}));
    }

    void check_ids(const Scenario& scenario, const std::string& file) {
        const auto ids = [](const auto& things, auto id_of) {
            std::vector<std::string> found;
            for (const auto& thing : things) found.push_back(id_of(thing));
            return found;
        };
        once(file, "fails", ids(scenario.fails, [](const FailingResource& one) { return one.resource.value; }));
        once(file, "durations", ids(scenario.durations, [](const DurationChange& one) { return one.id; }));
        once(file, "gates", ids(scenario.gates, [](const Gate& one) { return one.id; }));
    }

    void check(const Scenario& scenario, const std::string& file) {
        std::vector<std::string> gates;
        for (const Gate& gate : scenario.gates) gates.push_back(gate.id);
        check_ids(scenario, file);
        bool whole = true;
        for (const FailingResource& failing : scenario.fails) {
            if (!known(file, "fails", failing.resource.value, views(resources_), "resource")) continue;
            if (catalogue_.resource(failing.resource).tasks.empty())
                fault(file, "fails",
                      worded("fault.read.no-tasks", {{"word", schema::shortened(failing.resource.value)}}));
        }
        for (const DurationChange& change : scenario.durations) check(change, scenario, file);
        for (const CrewChange& change : scenario.crews) check(change.factor, file);
        for (const Gate& gate : scenario.gates) {
            check(gate.days, file);
            check(gate.sigma, file);
            for (const std::string& before : gate.after)
                whole &= known_work(file, "gates." + gate.id + ".after", before, gates);
            for (const std::string& held : gate.holds)
                whole &= known_work(file, "gates." + gate.id + ".holds", held, gates);
            if (gate.on_call && catalogue_.model.body_reached.id.empty())
                fault(file, "gates." + gate.id + ".on_call", worded("fault.read.on-call-unknown"));
            if (!gate.setback) continue;
            for (const std::string& again : gate.setback->repeats)
                whole &= known_work(file, "gates." + gate.id + ".setback.repeats", again, {});
        }
        check(scenario.backups_survive, file);
        check(scenario.data_loss_days, file);
        const auto declaration = std::ranges::find(scenario.gates, "declaration", &Gate::id);
        if (declaration == scenario.gates.end() || declaration->decided_by != OwnerKind::body)
            fault(file, "gates", worded("fault.read.declaration"));
        if (whole && faults_.empty()) check_cycles(scenario, file);
    }

    void check(const DurationChange& change, const Scenario& scenario, const std::string& file) {
        const std::string path = "durations." + change.id + ".of";
        check(change.factor, file);
        for (const std::string& work : change.of) {
            if (!known_work(file, path, work, {})) continue;
            const ResourceId resource{work.substr(0, work.find('/'))};
            if (std::ranges::find(scenario.fails, resource, &FailingResource::resource) == scenario.fails.end())
                fault(file, path, worded("fault.read.fails-not", {{"word", schema::shortened(work)}}));
        }
    }

    /// The work of a scenario as a graph: names of gates and `resource/task`.
    void check_cycles(const Scenario& scenario, const std::string& file) {
        std::map<std::string, std::set<std::string>> before;
        const auto work_of = [&](const std::string& word) {
            std::vector<std::string> work;
            const auto resource =
                std::ranges::find(catalogue_.resources, word, [](const Resource& one) { return one.id.value; });
            if (resource == catalogue_.resources.end()) return std::vector{word};
            for (const RestorationTask& task : resource->tasks) work.push_back(word + "/" + task.id);
            return work;
        };
        for (const Resource& resource : catalogue_.resources)
            for (const RestorationTask& task : resource.tasks)
                for (const std::string& word : task.after)
                    for (const std::string& work : work_of(word))
                        before[resource.id.value + "/" + task.id].insert(work);
        for (const Gate& gate : scenario.gates) {
            for (const std::string& word : gate.after)
                for (const std::string& work : work_of(word)) before[gate.id].insert(work);
            for (const std::string& word : gate.holds)
                for (const std::string& work : work_of(word)) before[work].insert(gate.id);
        }
        std::set<std::string> done;
        std::vector<std::string> path;
        const std::function<void(const std::string&)> visit = [&](const std::string& work) {
            if (done.contains(work)) return;
            if (const auto again = std::ranges::find(path, work); again != path.end()) {
                const std::string circle = fmt::format("{} → {}", fmt::join(again, path.end(), " → "), work);
                fault(file, "gates", worded("fault.read.cycle", {{"path", circle}}));
                return;
            }
            path.push_back(work);
            for (const std::string& earlier : before[work]) visit(earlier);
            path.pop_back();
            done.insert(work);
        };
        std::vector<std::string> all;
        for (const auto& [work, earlier] : before) all.push_back(work);
        for (const std::string& work : all) visit(work);
    }

    void check(const Region& region) {
        const std::string file = "regions/" + region.id.value + ".yaml";
        std::set<BodyKey> seen;
        for (const ProviderPart& part : region.provider.parts) {
            for (const BodyKey& key : part.bodies) {
                const std::string path = "provider.parts." + part.id + ".bodies";
                if (catalogue_.bodies.find_body(key) == nullptr)
                    fault(file, path, worded("fault.read.body-unknown", {{"body", key.text()}}));
                if (!seen.insert(key).second) fault(file, path, worded("fault.read.id-twice", {{"id", key.text()}}));
            }
            check(part.crews, file, "provider.parts." + part.id + ".crews");
        }
    }

    /// Every kind that a task needs.
    void check(const std::vector<CrewRule>& crews, const std::string& file, const std::string& path) {
        for (const Resource& resource : catalogue_.resources)
            for (const RestorationTask& task : resource.tasks) {
                const bool is_own = task.crew == CrewKind::none || task.crew == CrewKind::local;
                if (!is_own && std::ranges::find(crews, task.crew, &CrewRule::kind) == crews.end())
                    fault(file, path, worded("fault.read.crew-needed", {{"task", resource.id.value + "/" + task.id}}));
            }
        for (const CrewRule& rule : crews) check(rule.number, file);
    }

    void check(const Germany& germany) {
        const std::string file = "germany.yaml";
        check(germany.assumed_crews, file, "assumed_crews");
        check(germany.crews_of_at_least_inhabitants, file);
        check(germany.crews_of_at_most_inhabitants, file);
        if (germany.crews_of_at_least_inhabitants.value > germany.crews_of_at_most_inhabitants.value)
            fault(file, "crews_of_at_least_inhabitants", worded("fault.read.crews-order"));
        std::map<BodyKey, std::string> taken;
        for (const Region& region : catalogue_.regions)
            for (const ProviderPart& part : region.provider.parts)
                for (const BodyKey& key : part.bodies) taken.try_emplace(key, region.provider.id.value);
        for (const KnownProvider& provider : germany.providers)
            for (const BodyKey& key : provider.bodies) {
                const std::string path = "providers." + provider.id.value + ".bodies";
                if (catalogue_.bodies.find_body(key) == nullptr)
                    fault(file, path, worded("fault.read.body-unknown", {{"body", key.text()}}));
                const auto [row, is_free] = taken.try_emplace(key, provider.id.value);
                if (!is_free)
                    fault(file, path,
                          worded("fault.read.one-provider", {{"body", key.text()}, {"provider", row->second}}));
            }
    }

    void check(const Incident& incident) {
        if (incident.milestones.empty()) return;
        const std::string file = "incidents/" + incident.id.value + ".yaml";
        const auto ids = [](const auto& things) {
            std::vector<std::string> found;
            for (const auto& thing : things) found.push_back(thing.id.value);
            return found;
        };
        const auto scenarios = ids(catalogue_.scenarios);
        const auto regions = ids(catalogue_.regions);
        known(file, "scenario", incident.scenario.value, views(scenarios), "scenario");
        for (const Milestone& milestone : incident.milestones)
            for (const ServiceId& service : milestone.services)
                known(file, "milestones." + milestone.id + ".services", service.value, views(services_), "service");
        if (incident.body) {
            if (catalogue_.bodies.find_body(*incident.body) == nullptr)
                fault(file, "body", worded("fault.read.body-unknown", {{"body", incident.body->text()}}));
            for (const Milestone& milestone : incident.milestones)
                if (milestone.body)
                    fault(file, "milestones." + milestone.id + ".body", worded("fault.read.body-alone"));
            return;
        }
        if (!known(file, "region", incident.region.value, views(regions), "region")) return;
        for (const Milestone& milestone : incident.milestones) {
            const auto& parts = catalogue_.region(incident.region).provider.parts;
            const bool is_here = !milestone.body || std::ranges::any_of(parts, [&](const ProviderPart& part) {
                return std::ranges::find(part.bodies, *milestone.body) != part.bodies.end();
            });
            if (!is_here)
                fault(file, "milestones." + milestone.id + ".body",
                      worded("fault.read.body-elsewhere",
                             {{"region", incident.region.value}, {"body", milestone.body->text()}}));
        }
    }

    void check(const Frequency& frequency) {
        std::vector<std::string> scenarios;
        for (const Scenario& scenario : catalogue_.scenarios) scenarios.push_back(scenario.id.value);
        known("frequencies.yaml", "frequencies", frequency.scenario.value, views(scenarios), "scenario");
        for (const IncidentId& incident : frequency.observed)
            known("frequencies.yaml", "frequencies", incident.value, views(incidents_), "incident");
    }

    const Catalogue& catalogue_;
    std::vector<std::string> resources_, tasks_, services_, incidents_;
    std::vector<Fault> faults_;
};

/// The last text below that the expectation speaks of: of two that are equal, the second is one too many.
const Tree* word_in(const Tree& tree, const std::string& expectation) {
    if (tree.kind == Tree::Kind::scalar) {
        const bool is_told = expectation.find(", " + tree.scalar + " ") != std::string::npos ||
                             expectation.starts_with(tree.scalar + " ");
        return !tree.scalar.empty() && is_told ? &tree : nullptr;
    }
    const Tree* found = nullptr;
    for (const Tree& item : tree.items)
        if (const Tree* word = word_in(item, expectation)) found = word;
    for (const TreeEntry& entry : tree.entries)
        if (const Tree* word = word_in(entry.value, expectation)) found = word;
    return found;
}

}  // namespace

int locate(const Tree& root, Place& place, const std::string& expectation) {
    const Tree& near = tree_at(root, place.path);
    const Tree* word = word_in(near, expectation);
    const Tree& meant = word != nullptr ? *word : near;
    place.line = meant.line;
    return meant.column;
}

std::vector<Fault> broken_references(const Catalogue& catalogue) { return References{catalogue}.broken(); }

std::vector<Fault> broken_references(const Catalogue& catalogue, const Scenario& scenario, const std::string& file) {
    return References{catalogue}.broken(scenario, file);
}

}  // namespace resmon::catalogue
