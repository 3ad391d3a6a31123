#include "archive/tables.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>

namespace resmon::archive {

namespace {

constexpr std::string_view own = "organisation = :organisation";
constexpr std::string_view of_responses =
    "response IN (SELECT id FROM survey_response WHERE organisation = :organisation)";
constexpr std::string_view of_waves = "wave IN (SELECT id FROM wave WHERE owner = :organisation)";

// A new table is one line here. What opens doors (passwords, sessions, tokens, links) leaves with no organisation's
// export; a piece of the audit trail could not be verified and is exported as such (resmon audit).
const std::array list{
    Table{"organisation",
          {"id"},
          "id = :organisation OR id IN (SELECT shared_with FROM sharing WHERE organisation = :organisation)"},
    Table{"office_member", {"office", "member"}},
    Table{"person", {"id"}, "id IN (SELECT person FROM membership WHERE organisation = :organisation)"},
    Table{"membership", {"person", "organisation", "role"}, own},
    Table{"sharing", {"organisation", "what", "shared_with"}, own},
    Table{"audit_head", {"server"}},
    Table{"audit_entry", {"server", "number"}},
    Table{.name = "credential", .key = {"person"}, .sealed = {"second_factor"}},
    Table{"recovery_code", {"person", "digest"}},
    Table{"sign_in_session", {"digest"}},
    Table{"link", {"digest"}},
    Table{"access_token", {"digest"}},
    Table{"sign_in_failure", {"subject", "at", "serial"}},
    Table{"catalogue_copy",
          {"hash"},
          "hash IN (SELECT catalogue_hash FROM outage_run WHERE organisation = :organisation)"},
    Table{"scenario_copy", {"id"}, "id IN (SELECT scenario FROM outage_run WHERE organisation = :organisation)"},
    Table{"own_scenario", {"id"}, own},
    Table{"outage_run", {"id"}, own},
    Table{"outage_result",
          {"run_id", "part"},
          "run_id IN (SELECT id FROM outage_run WHERE organisation = :organisation)"},
    Table{"questionnaire_copy",
          {"hash"},
          "hash IN (SELECT questionnaire_hash FROM survey_response WHERE organisation = :organisation)"},
    Table{"survey_response", {"id"}, own},
    Table{.name = "survey_entry", .key = {"response", "id"}, .owned = of_responses, .sealed = {"value", "words"}},
    Table{"survey_receipt", {"response", "number"}, of_responses},
    Table{.name = "survey_link", .key = {"id"}, .owned = own, .sealed = {"label"}},
    Table{"survey_link_key", {"digest"}},
    Table{"survey_link_session", {"digest"}},
    Table{"survey_assignment", {"response", "topic"}, of_responses},
    Table{
        "wave",
        {"id"},
        "owner = :organisation OR id IN (SELECT wave FROM wave_participation WHERE organisation = :organisation) OR id "
        "IN (SELECT wave FROM wave_withdrawal WHERE organisation = :organisation)"},
    Table{.name = "wave_body", .key = {"wave", "body"}, .owned = of_waves, .sealed = {"contact"}},
    Table{"wave_invitation", {"digest"}},
    Table{"wave_dispatch", {"wave", "body", "stage"}, of_waves},
    Table{"wave_participation", {"wave", "body"}, own},
    Table{"wave_withdrawal", {"id"}, own},
    Table{"job", {"id"}},
    Table{"erasure", {"person"}},
    Table{"backup_made", {"made_at", "file"}},
};

bool is_sqlite(soci::session& sql) { return sql.get_backend_name() == "sqlite3"; }

}  // namespace

std::span<const Table> tables() { return list; }

const Table* find_table(std::string_view name) {
    const auto* found = std::ranges::find(list, name, &Table::name);
    return found == list.end() ? nullptr : found;
}

std::vector<Column> columns_of(soci::session& sql, std::string_view table) {
    const std::string name{table};
    const char* const statement =
        is_sqlite(sql) ? "SELECT name, lower(type) FROM pragma_table_info(:name) ORDER BY 1"
                       : "SELECT column_name::text COLLATE \"C\", data_type::text FROM information_schema.columns "
                         "WHERE table_schema = current_schema() AND table_name = :name ORDER BY 1";
    std::string column;
    std::string type;
    soci::statement select = (sql.prepare << statement, soci::use(name), soci::into(column), soci::into(type));
    select.execute();
    std::vector<Column> columns;
    while (select.fetch()) {
        // The rule for migrations; another type would not survive the way to the other engine.
        if (type != "text" && type != "bigint")
            throw Conflict{worded("fault.archive.column-type", {{"column", column}, {"table", table}, {"type", type}})};
        columns.push_back({column, type == "text" ? ColumnKind::text : ColumnKind::integer});
    }
    return columns;
}

std::vector<std::string> table_names(soci::session& sql) {
    const char* const statement =
        is_sqlite(sql)
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
              "AND name <> 'schema_version' ORDER BY 1"
            : "SELECT table_name::text COLLATE \"C\" FROM information_schema.tables "
              "WHERE table_schema = current_schema() AND table_name <> 'schema_version' ORDER BY 1";
    std::string name;
    soci::statement select = (sql.prepare << statement, soci::into(name));
    select.execute();
    std::vector<std::string> names;
    while (select.fetch()) names.push_back(name);
    return names;
}

}  // namespace resmon::archive
