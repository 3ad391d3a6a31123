#include "accounts/accounts_store.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace resmon::accounts {

namespace {

constexpr const char* person_columns =
    "person.id, person.login, person.name, person.contact, person.disabled_at, person.last_sign_in, "
    "COALESCE(credential.second_factor_since, '')";
constexpr const char* people = "person LEFT JOIN credential ON credential.person = person.id";

std::set<OrganisationId> select_members(soci::session& sql, const OrganisationId& office) {
    std::set<OrganisationId> members;
    std::string member;
    soci::statement query = (sql.prepare << "SELECT member FROM office_member WHERE office = :office",
                             soci::into(member), soci::use(office.value, "office"));
    query.execute();
    while (query.fetch()) members.insert({member});
    return members;
}

std::vector<Organisation> organisations_where(soci::session& sql, const Filter& filter) {
    std::map<OrganisationId, std::vector<OrganisationId>> members;
    std::string office;
    std::string member;
    soci::statement pairs = (sql.prepare << "SELECT office, member FROM office_member ORDER BY office, member",
                             soci::into(office), soci::into(member));
    pairs.execute();
    while (pairs.fetch()) members[{office}].push_back({member});

    Organisation row;
    std::string kind;
    soci::statement query{sql};
    for (std::string* field : {&row.id.value, &kind, &row.name}) query.exchange(soci::into(*field));
    bind(query, filter);
    query.alloc();
    query.prepare(
        fmt::format("SELECT organisation.id, organisation.kind, organisation.name FROM organisation WHERE {} "
                    "ORDER BY organisation.name, organisation.id",
                    filter.condition));
    query.define_and_bind();
    query.execute();
    std::vector<Organisation> found;
    while (query.fetch()) {
        row.kind = organisation_kind_from(kind);
        row.members = members[row.id];
        found.push_back(row);
    }
    return found;
}

std::vector<Membership> select_memberships(soci::session& sql, const PersonId& person) {
    std::vector<Membership> memberships;
    std::string organisation;
    std::string role;
    soci::statement query =
        (sql.prepare << "SELECT organisation, role FROM membership WHERE person = :person ORDER BY organisation, role",
         soci::into(organisation), soci::into(role), soci::use(person.value, "person"));
    query.execute();
    while (query.fetch()) memberships.push_back({{organisation}, role_from(role)});
    for (Membership& membership : memberships)
        if (membership.role == Role::coordinator) membership.members = select_members(sql, membership.organisation);
    return memberships;
}

std::vector<Person> people_where(soci::session& sql, const Filter& filter) {
    Person row;
    std::string second_factor_since;
    soci::statement query{sql};
    for (std::string* field : {&row.id.value, &row.login, &row.name, &row.contact, &row.disabled_at, &row.last_sign_in,
                               &second_factor_since})
        query.exchange(soci::into(*field));
    bind(query, filter);
    query.alloc();
    query.prepare(fmt::format("SELECT {} FROM {} WHERE person.erased_at = '' AND {} ORDER BY person.name, person.id",
                              person_columns, people, filter.condition));
    query.define_and_bind();
    query.execute();
    std::vector<Person> found;
    while (query.fetch()) {
        row.has_second_factor = !second_factor_since.empty();
        found.push_back(row);
    }
    for (Person& person : found) person.memberships = select_memberships(sql, person.id);
    return found;
}

std::optional<Person> person_where(soci::session& sql, const std::string& column, const std::string& value) {
    std::vector<Person> found = people_where(sql, {column + " = :reach0", {value}});
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

bool is_inserted(soci::statement& insert) {
    insert.execute(true);
    return insert.get_affected_rows() > 0;
}

}  // namespace

void bind(soci::statement& query, const Filter& filter) {
    for (std::size_t place = 0; place < filter.values.size(); ++place)
        query.exchange(soci::use(filter.values[place], fmt::format("reach{}", place)));
}

std::string login_key(const std::string& login) { return folded(login); }

bool insert_organisation(soci::session& sql, const Organisation& organisation, const std::string& at) {
    const std::string kind{to_string(organisation.kind)};
    const std::string body = organisation.is_body() ? organisation.id.value : std::string{};
    soci::statement insert =
        (sql.prepare << "INSERT INTO organisation (id, kind, name, body, created_at) VALUES (:id, :kind, :name, :body, "
                        ":at) ON CONFLICT DO NOTHING",
         soci::use(organisation.id.value, "id"), soci::use(kind, "kind"), soci::use(organisation.name, "name"),
         soci::use(body, "body"), soci::use(at, "at"));
    return is_inserted(insert);
}

std::vector<Organisation> select_organisations(soci::session& sql, const Filter& filter) {
    return organisations_where(sql, filter);
}

std::optional<Organisation> find_organisation(soci::session& sql, const OrganisationId& id) {
    std::vector<Organisation> found = organisations_where(sql, {"organisation.id = :reach0", {id.value}});
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

void insert_member(soci::session& sql, const OrganisationId& office, const OrganisationId& member) {
    sql << "INSERT INTO office_member (office, member) VALUES (:office, :member) ON CONFLICT DO NOTHING",
        soci::use(office.value, "office"), soci::use(member.value, "member");
}

void delete_member(soci::session& sql, const OrganisationId& office, const OrganisationId& member) {
    sql << "DELETE FROM office_member WHERE office = :office AND member = :member", soci::use(office.value, "office"),
        soci::use(member.value, "member");
}

bool insert_person(soci::session& sql, const Person& person, const std::string& at) {
    const std::string key = login_key(person.login);
    soci::statement insert =
        (sql.prepare << "INSERT INTO person (id, login, login_key, name, contact, created_at, disabled_at, erased_at, "
                        "last_sign_in) VALUES (:id, :login, :key, :name, :contact, :at, '', '', '') ON CONFLICT DO "
                        "NOTHING",
         soci::use(person.id.value, "id"), soci::use(person.login, "login"), soci::use(key, "key"),
         soci::use(person.name, "name"), soci::use(person.contact, "contact"), soci::use(at, "at"));
    return is_inserted(insert);
}

std::vector<Person> select_people(soci::session& sql, const Filter& filter) {
    if (filter.values.empty()) return people_where(sql, filter);
    return people_where(
        sql,
        {fmt::format("EXISTS (SELECT 1 FROM membership WHERE membership.person = person.id AND {})", filter.condition),
         filter.values});
}

std::vector<Person> people_of(soci::session& sql, const OrganisationId& organisation) {
    return select_people(sql, {"membership.organisation = :reach0", {organisation.value}});
}

std::optional<Person> find_person(soci::session& sql, const PersonId& id) {
    return person_where(sql, "person.id", id.value);
}

std::optional<Person> find_login(soci::session& sql, const std::string& login) {
    return person_where(sql, "person.login_key", login_key(login));
}

long long count_people(soci::session& sql) {
    long long number = 0;
    sql << "SELECT COUNT(*) FROM person WHERE erased_at = ''", soci::into(number);
    return number;
}

void set_disabled(soci::session& sql, const PersonId& id, const std::string& at) {
    sql << "UPDATE person SET disabled_at = :at WHERE id = :id", soci::use(at, "at"), soci::use(id.value, "id");
}

void set_last_sign_in(soci::session& sql, const PersonId& id, const std::string& at) {
    sql << "UPDATE person SET last_sign_in = :at WHERE id = :id", soci::use(at, "at"), soci::use(id.value, "id");
}

void end_access(soci::session& sql, const PersonId& id) {
    for (const char* table : {"sign_in_session", "access_token", "link"})
        sql << fmt::format("DELETE FROM {} WHERE person = :person", table), soci::use(id.value, "person");
}

void erase_person(soci::session& sql, const PersonId& id, const std::string& at) {
    end_access(sql, id);
    for (const char* table : {"recovery_code", "credential", "membership", "survey_assignment"})
        sql << fmt::format("DELETE FROM {} WHERE person = :person", table), soci::use(id.value, "person");
    sql << "UPDATE person SET login = '', login_key = :key, name = '', contact = '', disabled_at = :at, erased_at = "
           ":erased, last_sign_in = '' WHERE id = :id",
        soci::use(id.value, "key"), soci::use(at, "at"), soci::use(at, "erased"), soci::use(id.value, "id");
}

void insert_membership(soci::session& sql, const PersonId& person, const Membership& membership) {
    const std::string role{to_string(membership.role)};
    sql << "INSERT INTO membership (person, organisation, role) VALUES (:person, :organisation, :role) ON CONFLICT DO "
           "NOTHING",
        soci::use(person.value, "person"), soci::use(membership.organisation.value, "organisation"),
        soci::use(role, "role");
}

long long count_members(soci::session& sql, const OrganisationId& organisation) {
    long long count = 0;
    sql << "SELECT COUNT(DISTINCT person) FROM membership WHERE organisation = :organisation", soci::into(count),
        soci::use(organisation.value, "organisation");
    return count;
}

void delete_membership(soci::session& sql, const PersonId& person, const Membership& membership) {
    const std::string role{to_string(membership.role)};
    sql << "DELETE FROM membership WHERE person = :person AND organisation = :organisation AND role = :role",
        soci::use(person.value, "person"), soci::use(membership.organisation.value, "organisation"),
        soci::use(role, "role");
}

std::vector<Share> select_sharing(soci::session& sql, const OrganisationId& organisation) {
    std::vector<Share> shares;
    std::string what;
    Share row;
    soci::statement query =
        (sql.prepare << "SELECT what, shared_with, since FROM sharing WHERE organisation = :organisation ORDER BY "
                        "shared_with, what",
         soci::into(what), soci::into(row.with.value), soci::into(row.since),
         soci::use(organisation.value, "organisation"));
    query.execute();
    while (query.fetch()) {
        row.what = shareable_from(what);
        shares.push_back(row);
    }
    return shares;
}

std::set<OrganisationId> select_shared_with(soci::session& sql, const OrganisationId& organisation, Shareable what) {
    std::set<OrganisationId> partners;
    for (const Share& share : select_sharing(sql, organisation))
        if (share.what == what) partners.insert(share.with);
    return partners;
}

void insert_share(soci::session& sql, const OrganisationId& organisation, const Share& share) {
    const std::string what{to_string(share.what)};
    sql << "INSERT INTO sharing (organisation, what, shared_with, since) VALUES (:organisation, :what, :with, :since) "
           "ON CONFLICT DO NOTHING",
        soci::use(organisation.value, "organisation"), soci::use(what, "what"), soci::use(share.with.value, "with"),
        soci::use(share.since, "since");
}

void delete_share(soci::session& sql, const OrganisationId& organisation, Shareable what, const OrganisationId& with) {
    const std::string word{to_string(what)};
    sql << "DELETE FROM sharing WHERE organisation = :organisation AND what = :what AND shared_with = :with",
        soci::use(organisation.value, "organisation"), soci::use(word, "what"), soci::use(with.value, "with");
}

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
        {"survey_entry", "person", {"at", "response", "question", "state"}},
        {"survey_assignment", "person", {"at", "response", "topic"}},
        {"survey_link", "made_by", {"made_at", "response", "topics"}},
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
