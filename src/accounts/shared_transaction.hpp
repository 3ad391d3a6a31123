// What desks of other rooms do with accounts within their own transaction, so that both changes are kept or neither.
#pragma once

#include "accounts/organisation.hpp"
#include "storage/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace resmon::accounts {

[[nodiscard]] std::optional<Organisation> find_organisation(soci::session& sql, const OrganisationId& id);

/// False if the login is taken.
[[nodiscard]] bool insert_person(soci::session& sql, const Person& person, const std::string& at);

[[nodiscard]] std::optional<Person> find_person(soci::session& sql, const PersonId& id);
[[nodiscard]] std::optional<Person> find_login(soci::session& sql, const std::string& login);
/// Those with a role in the organisation, ordered by name.
[[nodiscard]] std::vector<Person> people_of(soci::session& sql, const OrganisationId& organisation);
[[nodiscard]] long long count_people(soci::session& sql);

void set_last_sign_in(soci::session& sql, const PersonId& id, const std::string& at);

/// Ends sessions, tokens and links that let the person in.
void end_access(soci::session& sql, const PersonId& id);

void insert_membership(soci::session& sql, const PersonId& person, const Membership& membership);

/// How many people have a role in the organisation.
[[nodiscard]] long long count_members(soci::session& sql, const OrganisationId& organisation);

/// Lower case, so that a login is the same whatever its case.
[[nodiscard]] std::string login_key(const std::string& login);

}  // namespace resmon::accounts
