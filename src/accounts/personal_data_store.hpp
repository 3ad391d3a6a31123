// Everything that is kept about a person, table by table: for the person to read (GDPR, article 15). No secrets.
#pragma once

#include "access/principal.hpp"
#include "base/quantity.hpp"

#include <soci/soci.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace resmon::accounts {

using NamedValues = std::vector<std::pair<std::string, std::string>>;  ///< a row: columns in their order

/// By table; tables without a row about the person are there too, empty.
using PersonalData = std::map<std::string, std::vector<NamedValues>>;

[[nodiscard]] PersonalData select_personal_data(soci::session& sql, const PersonId& person);

}  // namespace resmon::accounts
