#include "scenarios/scenarios.hpp"

#include "accounts/permission.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"
#include "scenarios/scenarios_store.hpp"
#include "secrets/digest.hpp"

#include <fmt/format.h>

#include <utility>

namespace resmon::scenarios {

namespace {

NotFound no_scenario() { return NotFound{worded("fault.scenario.none")}; }

std::string now() { return utc_text(std::chrono::system_clock::now()); }

/// An own scenario is a part of a request for a run: whoever reads the one reads the other.
accounts::Filter readable_by(const Principal& who) {
    return accounts::filter_of(accounts::reach(who, Action::read_runs), "own_scenario.organisation",
                               accounts::Shareable::forecasts);
}

/// What no database keeps, or what is no text at all.
void refuse_no_text(const std::string& text) {
    std::vector<Fault> faults;
    if (text.size() > most_bytes)
        faults.push_back({{.path = "/text"},
                          worded("fault.scenario.bytes",
                                 {{"most", std::to_string(most_bytes)}, {"found", std::to_string(text.size())}})});
    if (text.find('\0') != std::string::npos) faults.push_back({{.path = "/text"}, worded("fault.read.nul")});
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
        faults.push_back({{.path = "/text"}, worded("fault.empty")});
    if (!faults.empty()) throw InputError{std::move(faults)};
}

}  // namespace

CheckedText Scenarios::check(const std::string& text) const { return checked(text, {}, catalogue_); }

const std::string& Scenarios::source(const ScenarioId& id) const {
    return files_.at("scenarios/" + catalogue_.scenario(id).id.value + ".yaml");
}

Sheet Scenarios::sheet(const Principal& who, OwnScenario kept) const {
    Sheet sheet{.kept = std::move(kept)};
    sheet.checked = check(sheet.kept.text);
    sheet.may_write = accounts::may(who, Action::start_run, {.organisation = sheet.kept.organisation});
    return sheet;
}

std::vector<Sheet> Scenarios::list(const Principal& who) {
    std::vector<OwnScenario> found;
    database_.read([&](soci::session& sql) { found = select_scenarios(sql, readable_by(who)); });
    std::vector<Sheet> sheets;
    for (OwnScenario& one : found) sheets.push_back(sheet(who, std::move(one)));
    return sheets;
}

Sheet Scenarios::read(const Principal& who, const OwnScenarioId& id) {
    std::optional<OwnScenario> found;
    database_.read([&](soci::session& sql) { found = find_scenario(sql, id, readable_by(who)); });
    if (!found) throw no_scenario();
    return sheet(who, std::move(*found));
}

std::optional<std::string> Scenarios::text_of(const Principal& who, const ScenarioId& id) {
    std::optional<OwnScenario> found;
    database_.read([&](soci::session& sql) { found = find_text(sql, id, readable_by(who)); });
    return found ? std::optional{std::move(found->text)} : std::nullopt;
}

void Scenarios::set_text(OwnScenario& scenario, const Principal& who, const std::string& text) const {
    scenario.text = text;
    scenario.scenario = id_of(text);
    scenario.name = check(text).name;
    scenario.changed_at = now();
    scenario.changed_by = who.person;
}

void Scenarios::append(soci::session& sql, const Principal& who, const char* action, const OwnScenario& scenario) {
    audit_.append(sql, who,
                  {.action = action,
                   .organisation = scenario.organisation.value,
                   .object = scenario.id.value,
                   .detail = fmt::format("version {}", scenario.version)});
}

Sheet Scenarios::create(const Principal& who, const std::optional<OrganisationId>& organisation,
                        const std::string& text) {
    const OrganisationId owner = organisation ? *organisation : accounts::home_of(who, Action::start_run);
    accounts::require(who, Action::start_run, {.organisation = owner});
    refuse_no_text(text);
    constexpr std::size_t bytes = 8;
    OwnScenario scenario{.id = {random_hex(bytes)}, .organisation = owner, .made_at = now()};
    set_text(scenario, who, text);
    database_.write([&](soci::session& sql) {
        if (count_scenarios(sql, owner) >= most_scenarios)
            throw Conflict{worded("fault.scenario.most", {{"most", std::to_string(most_scenarios)}})};
        insert_scenario(sql, scenario);
        append(sql, who, "create-scenario", scenario);
    });
    return read(who, scenario.id);
}

OwnScenario Scenarios::writable(soci::session& sql, const Principal& who, const OwnScenarioId& id) const {
    const std::optional<OwnScenario> found = find_scenario(sql, id, accounts::no_filter);
    // The same answer whether there is none or it is none of theirs.
    if (!found || !accounts::may(who, Action::start_run, {.organisation = found->organisation})) throw no_scenario();
    return *found;
}

Sheet Scenarios::change(const Principal& who, const OwnScenarioId& id, const std::string& text, int seen) {
    refuse_no_text(text);
    // Read before the transaction: nobody waits for it.
    OwnScenario scenario{.id = id, .version = seen + 1};
    set_text(scenario, who, text);
    database_.write([&](soci::session& sql) {
        const OwnScenario latest = writable(sql, who, id);
        scenario.organisation = latest.organisation;
        if (!update_scenario(sql, scenario))
            throw Conflict{worded("fault.scenario.changed", {{"version", std::to_string(latest.version)}})};
        append(sql, who, "change-scenario", scenario);
    });
    return read(who, id);
}

void Scenarios::remove(const Principal& who, const OwnScenarioId& id) {
    database_.write([&](soci::session& sql) {
        const OwnScenario scenario = writable(sql, who, id);
        delete_scenario(sql, id);
        append(sql, who, "delete-scenario", scenario);
    });
}

}  // namespace resmon::scenarios
