// Accounts as the API tells them (api/accounts.yaml).
#pragma once

#include "accounts/audit.hpp"
#include "accounts/organisation.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <string>

namespace resmon::accounts {

using Names = std::map<std::string, std::string>;  ///< of people or organisations, by id

[[nodiscard]] nlohmann::ordered_json organisation_to_json(const Organisation& organisation);
[[nodiscard]] nlohmann::ordered_json membership_to_json(const Membership& membership, const Names& organisations);
[[nodiscard]] nlohmann::ordered_json person_to_json(const Person& person, const Names& organisations);
[[nodiscard]] nlohmann::ordered_json entry_to_json(const AuditEntry& entry, const Names& people);
[[nodiscard]] nlohmann::ordered_json personal_data_to_json(const PersonalData& found);
/// Every field, so that the chain can be recomputed from it.
[[nodiscard]] nlohmann::ordered_json whole_entry_to_json(const AuditEntry& entry);
[[nodiscard]] nlohmann::ordered_json rules_to_json();

/// The body was checked against api/accounts.yaml.
[[nodiscard]] Organisation organisation_from_json(const std::string& body);

}  // namespace resmon::accounts
