// SQL of organisations, people, roles and sharing. No rules. Every function runs in the caller's transaction.
#pragma once

#include "accounts/filter.hpp"
#include "accounts/organisation.hpp"
#include "accounts/shared_transaction.hpp"

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
void insert_member(soci::session& sql, const OrganisationId& office, const OrganisationId& member);
void delete_member(soci::session& sql, const OrganisationId& office, const OrganisationId& member);

/// Ordered by name; erased ones are none. `filter` over the column `membership.organisation`: a person is of every
/// organisation in which they have a role.
[[nodiscard]] std::vector<Person> select_people(soci::session& sql, const Filter& filter);
/// Empty `at` opens the account again.
void set_disabled(soci::session& sql, const PersonId& id, const std::string& at);
/// Leaves the id alone: what it did stays countable, nobody can tell who it was.
void erase_person(soci::session& sql, const PersonId& id, const std::string& at);

void delete_membership(soci::session& sql, const PersonId& person, const Membership& membership);

[[nodiscard]] std::vector<Share> select_sharing(soci::session& sql, const OrganisationId& organisation);
/// With whom the organisation shares that.
[[nodiscard]] std::set<OrganisationId> select_shared_with(soci::session& sql, const OrganisationId& organisation,
                                                          Shareable what);
void insert_share(soci::session& sql, const OrganisationId& organisation, const Share& share);
void delete_share(soci::session& sql, const OrganisationId& organisation, Shareable what, const OrganisationId& with);

[[nodiscard]] PersonalData select_personal_data(soci::session& sql, const PersonId& person);

}  // namespace resmon::accounts
