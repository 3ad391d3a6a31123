#include "accounts/personal_data_store.hpp"

#include <fmt/format.h>

#include <array>

namespace resmon::accounts {

namespace {

struct Source {
    const char* table;
    const char* whose;  ///< column that holds the person
    std::vector<const char*> columns;
};

const std::vector<Source>& sources() {
    static const std::vector<Source> all{
        {"person", "id", {"id", "login", "name", "created_at", "disabled_at", "last_sign_in"}},
        {"membership", "person", {"organisation", "role"}},
        {"credential", "person", {"second_factor_since"}},
        {"sign_in_session", "person", {"began_at", "seen_at", "address", "agent"}},
        {"access_token", "person", {"name", "scope", "created_at", "expires_at", "used_at"}},
        {"audit_entry", "person", {"at", "action", "organisation", "object", "detail", "address"}}};
    return all;
}

std::vector<NamedValues> rows_of(soci::session& sql, const Source& source, const PersonId& person) {
    std::string list;
    for (const char* column : source.columns)
        list += fmt::format("{}CAST({} AS TEXT)", list.empty() ? "" : ", ", column);
    std::vector<std::string> values(source.columns.size());
    soci::statement query{sql};
    for (std::string& value : values) query.exchange(soci::into(value));
    query.exchange(soci::use(person.value, "person"));
    query.alloc();
    query.prepare(fmt::format("SELECT {} FROM {} WHERE {} = :person ORDER BY 1", list, source.table, source.whose));
    query.define_and_bind();
    query.execute();
    std::vector<NamedValues> rows;
    while (query.fetch()) {
        NamedValues row;
        for (std::size_t place = 0; place < values.size(); ++place)
            row.emplace_back(source.columns[place], values[place]);
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

PersonalData select_personal_data(soci::session& sql, const PersonId& person) {
    PersonalData found;
    for (const Source& source : sources()) found[source.table] = rows_of(sql, source, person);
    return found;
}

}  // namespace resmon::accounts
