#include "scenarios/scenarios_store.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace resmon::scenarios {

namespace {

constexpr const char* columns =
    "own_scenario.id, own_scenario.organisation, name_de, name_en, scenario, content, made_at, changed_at, changed_by, "
    "COALESCE(person.name, ''), version";

/// `value` is that of `:value` in the condition.
std::vector<OwnScenario> scenarios_where(soci::session& sql, const accounts::Filter& filter,
                                         const std::string& condition, const std::string& value) {
    OwnScenario row;
    long long version = 0;
    soci::statement query{sql};
    for (std::string* field : {&row.id.value, &row.organisation.value, &row.name.de, &row.name.en, &row.scenario.value,
                               &row.text, &row.made_at, &row.changed_at, &row.changed_by.value, &row.changed_by_name})
        query.exchange(soci::into(*field));
    query.exchange(soci::into(version));
    accounts::bind(query, filter);
    if (!value.empty()) query.exchange(soci::use(value, "value"));
    query.alloc();
    query.prepare(
        fmt::format("SELECT {} FROM own_scenario LEFT JOIN person ON person.id = changed_by WHERE {} AND {} "
                    "ORDER BY changed_at DESC, own_scenario.id",
                    columns, filter.condition, condition));
    query.define_and_bind();
    query.execute();
    std::vector<OwnScenario> found;
    while (query.fetch()) {
        found.push_back(row);
        found.back().version = static_cast<int>(version);
    }
    return found;
}

std::optional<OwnScenario> first_of(std::vector<OwnScenario> found) {
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

}  // namespace

void insert_scenario(soci::session& sql, const OwnScenario& scenario) {
    const auto version = static_cast<long long>(scenario.version);
    sql << "INSERT INTO own_scenario (id, organisation, name_de, name_en, scenario, content, version, made_at, "
           "changed_at, changed_by) VALUES (:id, :organisation, :german, :english, :scenario, :content, :version, "
           ":made, :changed, :person)",
        soci::use(scenario.id.value, "id"), soci::use(scenario.organisation.value, "organisation"),
        soci::use(scenario.name.de, "german"), soci::use(scenario.name.en, "english"),
        soci::use(scenario.scenario.value, "scenario"), soci::use(scenario.text, "content"),
        soci::use(version, "version"), soci::use(scenario.made_at, "made"), soci::use(scenario.changed_at, "changed"),
        soci::use(scenario.changed_by.value, "person");
}

bool update_scenario(soci::session& sql, const OwnScenario& scenario) {
    const auto version = static_cast<long long>(scenario.version);
    const long long before = version - 1;
    // Of two simultaneous writers one finds the version that it has seen.
    soci::statement update =
        (sql.prepare << "UPDATE own_scenario SET name_de = :german, name_en = :english, scenario = :scenario, content "
                        "= :content, version = :version, changed_at = :changed, changed_by = :person WHERE id = :id "
                        "AND version = :before",
         soci::use(scenario.name.de, "german"), soci::use(scenario.name.en, "english"),
         soci::use(scenario.scenario.value, "scenario"), soci::use(scenario.text, "content"),
         soci::use(version, "version"), soci::use(scenario.changed_at, "changed"),
         soci::use(scenario.changed_by.value, "person"), soci::use(scenario.id.value, "id"),
         soci::use(before, "before"));
    update.execute(true);
    return update.get_affected_rows() == 1;
}

void delete_scenario(soci::session& sql, const OwnScenarioId& id) {
    sql << "DELETE FROM own_scenario WHERE id = :id", soci::use(id.value, "id");
}

std::vector<OwnScenario> select_scenarios(soci::session& sql, const accounts::Filter& filter) {
    return scenarios_where(sql, filter, "1 = 1", {});
}

std::optional<OwnScenario> find_scenario(soci::session& sql, const OwnScenarioId& id, const accounts::Filter& filter) {
    return first_of(scenarios_where(sql, filter, "own_scenario.id = :value", id.value));
}

std::optional<OwnScenario> find_text(soci::session& sql, const ScenarioId& id, const accounts::Filter& filter) {
    return first_of(scenarios_where(sql, filter, "scenario = :value", id.value));
}

int count_scenarios(soci::session& sql, const OrganisationId& organisation) {
    long long number = 0;
    sql << "SELECT COUNT(*) FROM own_scenario WHERE organisation = :organisation", soci::into(number),
        soci::use(organisation.value, "organisation");
    return static_cast<int>(number);
}

}  // namespace resmon::scenarios
