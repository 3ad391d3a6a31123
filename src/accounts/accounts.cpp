#include "accounts/accounts.hpp"

#include "accounts/accounts_store.hpp"
#include "base/error.hpp"
#include "storage/erasures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace resmon::accounts {

namespace {

bool is_slug(const std::string& word) {
    constexpr std::size_t most = 80;
    const auto fits = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
    };
    return !word.empty() && word.size() <= most && word.front() != '-' && word.back() != '-' &&
           std::ranges::all_of(word, fits);
}

void check(const Organisation& organisation, const IsBody& is_body) {
    std::vector<Fault> faults;
    const std::string& id = organisation.id.value;
    if (!is_slug(id)) faults.push_back({{.path = "/id"}, worded("fault.accounts.slug", {{"found", id}})});
    if (organisation.is_body() && !is_body(id, organisation.kind))
        faults.push_back({{.path = "/id"},
                          worded("fault.accounts.body-key", {{"kind", to_string(organisation.kind)}, {"found", id}})});
    if (organisation.kind != OrganisationKind::coordination_office && !organisation.members.empty())
        faults.push_back({{.path = "/members"}, worded("fault.accounts.members")});
    if (!faults.empty()) throw InputError{std::move(faults)};
}

/// An account belongs to every organisation in which it has a role; without any, to the installation.
std::vector<Object> objects_of(const Person& person) {
    std::vector<Object> objects;
    for (const Membership& membership : person.memberships)
        objects.push_back({.organisation = membership.organisation, .person = person.id});
    if (objects.empty()) objects.push_back({.person = person.id});
    return objects;
}

Person known(soci::session& sql, const Principal& who, const PersonId& id) {
    std::optional<Person> person = find_person(sql, id);
    const auto may_see = [&](const Object& object) { return may(who, Action::read_people, object); };
    if (!person || !std::ranges::any_of(objects_of(*person), may_see))
        throw NotFound{worded("fault.accounts.no-person")};
    return std::move(*person);
}

/// Whoever manages one organisation may not touch an account that also has a role elsewhere.
void require_whole(const Principal& who, const Person& person) {
    const auto may_manage = [&](const Object& object) { return may(who, Action::manage_people, object); };
    if (!std::ranges::all_of(objects_of(person), may_manage))
        throw Forbidden{"the person also has a role where you have none", Forbidden::Why::no_right};
}

const Membership administration{{}, Role::installation_administrator};

bool is_administrator(const Person& person) {
    return person.disabled_at.empty() &&
           std::ranges::find(person.memberships, administration) != person.memberships.end();
}

void require_another_administrator(soci::session& sql, const Person& leaving) {
    if (!is_administrator(leaving)) return;
    const std::vector<Person> people = select_people(sql, {"1 = 1", {}});
    const bool has_another = std::ranges::any_of(
        people, [&](const Person& other) { return other.id != leaving.id && is_administrator(other); });
    if (!has_another) throw Conflict{worded("fault.accounts.last")};
}

Organisation existing(soci::session& sql, const OrganisationId& id) {
    std::optional<Organisation> found = find_organisation(sql, id);
    if (!found) throw NotFound{worded("fault.no-organisation", {{"id", id.value}})};
    return std::move(*found);
}

void require_office(soci::session& sql, const OrganisationId& office) {
    if (existing(sql, office).kind != OrganisationKind::coordination_office)
        throw InputError{{Fault{{.path = "/path/organisation"}, worded("fault.accounts.office")}}};
}

void name(soci::session& sql, Reader& reader) {
    const std::optional<Person> person = find_person(sql, {reader.entry.content.person});
    if (!person) return;
    reader.person_name = person->name;
    for (const Membership& membership : person->memberships)
        if (const auto organisation = find_organisation(sql, membership.organisation)) {
            reader.organisation_name = organisation->name;
            return;
        }
}

}  // namespace

std::vector<Organisation> Accounts::organisations(const Principal& who) {
    const Filter filter = filter_of(reach(who, Action::read_organisations), "organisation.id", Shareable::profile);
    std::vector<Organisation> found;
    database_.read([&](soci::session& sql) { found = select_organisations(sql, filter); });
    return found;
}

std::vector<Organisation> Accounts::partners(const Principal& who, const OrganisationId& organisation) {
    require(who, Action::read_sharing, {.organisation = organisation});
    std::vector<Organisation> found;
    database_.read([&](soci::session& sql) {
        found = select_organisations(sql, {"organisation.id <> :reach0", {organisation.value}});
    });
    return found;
}

void Accounts::add_organisation(const Principal& who, const Organisation& organisation) {
    require(who, Action::manage_organisations, {.organisation = organisation.id});
    check(organisation, is_body_);
    database_.write([&](soci::session& sql) {
        if (!insert_organisation(sql, organisation, utc_text(now())))
            throw Conflict{worded("fault.accounts.exists", {{"id", organisation.id.value}})};
        for (const OrganisationId& member : organisation.members) {
            (void)existing(sql, member);
            insert_member(sql, organisation.id, member);
        }
        audit_.append(sql, who, {"organisation-added", organisation.id.value, organisation.name});
    });
}

void Accounts::add_member(const Principal& who, const OrganisationId& office, const OrganisationId& member) {
    require(who, Action::manage_organisations, {.organisation = office});
    database_.write([&](soci::session& sql) {
        require_office(sql, office);
        (void)existing(sql, member);
        insert_member(sql, office, member);
        audit_.append(sql, who, {"member-added", office.value, member.value});
    });
}

void Accounts::remove_member(const Principal& who, const OrganisationId& office, const OrganisationId& member) {
    require(who, Action::manage_organisations, {.organisation = office});
    database_.write([&](soci::session& sql) {
        delete_member(sql, office, member);
        audit_.append(sql, who, {"member-removed", office.value, member.value});
    });
}

std::vector<Person> Accounts::people(const Principal& who) {
    const Filter filter = filter_of(reach(who, Action::read_people), "membership.organisation", Shareable::profile);
    std::vector<Person> found;
    database_.read([&](soci::session& sql) { found = select_people(sql, filter); });
    return found;
}

Person Accounts::person(const Principal& who, const PersonId& id) {
    Person found;
    database_.read([&](soci::session& sql) { found = known(sql, who, id); });
    return found;
}

void Accounts::give_role(const Principal& who, const PersonId& id, const Membership& membership) {
    require(who, Action::manage_people, {.organisation = membership.organisation});
    database_.write([&](soci::session& sql) {
        const Person person = known(sql, who, id);
        if (!membership.organisation.value.empty()) (void)existing(sql, membership.organisation);
        insert_membership(sql, id, membership);
        audit_.append(sql, who,
                      {"role-given", membership.organisation.value, id.value, std::string{to_string(membership.role)}});
    });
}

void Accounts::take_role(const Principal& who, const PersonId& id, const Membership& membership) {
    require(who, Action::manage_people, {.organisation = membership.organisation});
    database_.write([&](soci::session& sql) {
        const Person person = known(sql, who, id);
        if (membership == administration) require_another_administrator(sql, person);
        delete_membership(sql, id, membership);
        audit_.append(sql, who,
                      {"role-taken", membership.organisation.value, id.value, std::string{to_string(membership.role)}});
    });
}

void Accounts::disable(const Principal& who, const PersonId& id) {
    database_.write([&](soci::session& sql) {
        const Person person = whole_person(sql, who, id);
        require_another_administrator(sql, person);
        set_disabled(sql, id, utc_text(now()));
        end_access(sql, id);
        audit_.append(sql, who, {"person-disabled", "", id.value});
    });
}

void Accounts::enable(const Principal& who, const PersonId& id) {
    database_.write([&](soci::session& sql) {
        (void)whole_person(sql, who, id);
        set_disabled(sql, id, "");
        audit_.append(sql, who, {"person-enabled", "", id.value});
    });
}

PersonalData Accounts::personal_data(const Principal& who, const PersonId& id) {
    const bool is_own = may(who, Action::read_own_account, {.person = id});
    PersonalData found;
    database_.write([&](soci::session& sql) {
        if (!is_own) (void)whole_person(sql, who, id);
        found = select_personal_data(sql, id);
        audit_.append(sql, who, {"personal-data-exported", "", id.value});
    });
    return found;
}

void Accounts::erase(const Principal& who, const PersonId& id, const std::string& login) {
    database_.write([&](soci::session& sql) {
        const Person person = whole_person(sql, who, id);
        if (login_key(login) != login_key(person.login))
            throw Conflict{worded("fault.accounts.type-login", {{"login", person.login}})};
        require_another_administrator(sql, person);
        const std::string at = utc_text(now());
        storage::remember_erasure(sql, database_.location(), {id.value, at});
        erase_again(sql, id, at);
        audit_.append(sql, who, {"person-erased", "", id.value});
    });
}

void Accounts::erase_again(soci::session& sql, const PersonId& id, const std::string& at) {
    erase_person(sql, id, at);
    erase_audit_content(sql, id.value);
}

std::vector<Share> Accounts::sharing(const Principal& who, const OrganisationId& organisation) {
    require(who, Action::read_sharing, {.organisation = organisation});
    std::vector<Share> found;
    database_.read([&](soci::session& sql) {
        (void)existing(sql, organisation);
        found = select_sharing(sql, organisation);
    });
    return found;
}

void Accounts::share(const Principal& who, const OrganisationId& organisation, Shareable what,
                     const OrganisationId& with) {
    require(who, Action::change_sharing, {.organisation = organisation});
    if (with == organisation) throw InputError{{Fault{{.path = "/path/with"}, worded("fault.accounts.other")}}};
    database_.write([&](soci::session& sql) {
        (void)existing(sql, with);
        insert_share(sql, organisation, {what, with, utc_text(now())});
        audit_.append(sql, who, {"shared", organisation.value, with.value, std::string{to_string(what)}});
    });
}

void Accounts::withdraw(const Principal& who, const OrganisationId& organisation, Shareable what,
                        const OrganisationId& with) {
    require(who, Action::change_sharing, {.organisation = organisation});
    database_.write([&](soci::session& sql) {
        delete_share(sql, organisation, what, with);
        audit_.append(sql, who, {"sharing-withdrawn", organisation.value, with.value, std::string{to_string(what)}});
    });
}

std::vector<Reader> Accounts::readers(const Principal& who, const OrganisationId& organisation) {
    require(who, Action::read_sharing, {.organisation = organisation});
    constexpr int most = 200;
    const Filter others{
        "organisation = :reach0 AND person <> '' AND person NOT LIKE 'link:%' AND person NOT IN (SELECT "
        "membership.person FROM membership WHERE "
        "membership.organisation = :reach0)",
        {organisation.value}};
    std::vector<Reader> found;
    database_.read([&](soci::session& sql) {
        std::vector<Reader> readers;
        for (AuditEntry& entry : select_audit(sql, others, {.limit = most}))
            readers.push_back({std::move(entry), {}, {}});
        for (Reader& reader : readers) name(sql, reader);
        found = std::move(readers);
    });
    return found;
}

Person Accounts::whole_person(soci::session& sql, const Principal& who, const PersonId& id) {
    Person person = known(sql, who, id);
    require_whole(who, person);
    return person;
}

std::optional<Person> Accounts::find(const PersonId& id) {
    std::optional<Person> found;
    if (id.value.empty()) return found;
    database_.read([&](soci::session& sql) { found = find_person(sql, id); });
    return found;
}

std::string Accounts::name_of(const OrganisationId& id) {
    std::optional<Organisation> found;
    if (id.value.empty()) return {};
    database_.read([&](soci::session& sql) { found = find_organisation(sql, id); });
    return found ? found->name : std::string{};
}

bool Accounts::is_set_up_needed() {
    long long number = 0;
    database_.read([&](soci::session& sql) { number = count_people(sql); });
    return number == 0;
}

}  // namespace resmon::accounts
