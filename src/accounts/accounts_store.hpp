// SQL of organisations, people, roles and sharing. No rules. Every function runs in the caller's transaction.
#pragma once

#include "accounts/filter.hpp"
#include "accounts/organisation.hpp"

#include <soci/soci.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace resmon::accounts {

/// False if the id is taken.
[[nodiscard]] bool insert_organisation(soci::session& sql, const Organisation& organisation, const std::string& at);
/// Ordered by name. `filter` over the column `organisation.id`.
[[nodiscard]] std::vector<Organisation> select_organisations(soci::session& sql, const Filter& filter);
[[nodiscard]] std::optional<Organisation> find_organisation(soci::session& sql, const OrganisationId& id);
void insert_member(soci::session& sql, const OrganisationId& office, const OrganisationId& member);
void delete_member(soci::session& sql, const OrganisationId& office, const OrganisationId& member);

/// False if the login is taken.
[[nodiscard]] bool insert_person(soci::session& sql, const Person& person, const std::string& at);
/// Ordered by name; erased ones are none. `filter` over the column `membership.organisation`: a person is of every
/// organisation in which they have a role.
[[nodiscard]] std::vector<Person> select_people(soci::session& sql, const Filter& filter);
[[nodiscard]] std::optional<Person> find_person(soci::session& sql, const PersonId& id);
[[nodiscard]] std::optional<Person> find_login(soci::session& sql, const std::string& login);
[[nodiscard]] long long count_people(soci::session& sql);
/// Empty `at` opens the account again.
void set_disabled(soci::session& sql, const PersonId& id, const std::string& at);
void set_last_sign_in(soci::session& sql, const PersonId& id, const std::string& at);
/// Ends sessions, tokens and links that let the person in.
void end_access(soci::session& sql, const PersonId& id);
/// Leaves the id alone: what it did stays countable, nobody can tell who it was.
void erase_person(soci::session& sql, const PersonId& id, const std::string& at);

void insert_membership(soci::session& sql, const PersonId& person, const Membership& membership);
void delete_membership(soci::session& sql, const PersonId& person, const Membership& membership);

[[nodiscard]] std::vector<Share> select_sharing(soci::session& sql, const OrganisationId& organisation);
/// With whom the organisation shares that.
[[nodiscard]] std::set<OrganisationId> select_shared_with(soci::session& sql, const OrganisationId& organisation,
                                                          Shareable what);
void insert_share(soci::session& sql, const OrganisationId& organisation, const Share& share);
void delete_share(soci::session& sql, const OrganisationId& organisation, Shareable what, const OrganisationId& with);

/// Lower case, so that a login is the same whatever its case.
[[nodiscard]] std::string login_key(const std::string& login);

}  // namespace resmon::accounts
