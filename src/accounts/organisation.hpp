// Who holds accounts: organisations, people, and what an organisation may share.
#pragma once

#include "access/principal.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace resmon::accounts {

/// A municipality or district refers to exactly one body. A coordination office has member organisations.
enum class OrganisationKind { municipality, district, provider, coordination_office, survey_owner };

[[nodiscard]] std::string_view to_string(OrganisationKind kind);
/// Throws InputError that lists the words.
[[nodiscard]] OrganisationKind organisation_kind_from(std::string_view word);

struct Organisation {
    OrganisationId id;  ///< a slug; of a municipality or district the key of its body
    OrganisationKind kind = OrganisationKind::municipality;
    std::string name;
    std::vector<OrganisationId> members;  ///< of a coordination office

    [[nodiscard]] bool is_body() const {
        return kind == OrganisationKind::municipality || kind == OrganisationKind::district;
    }
};

struct Person {
    PersonId id;
    std::string login;  ///< an e-mail address or another name; unique whatever its case
    std::string name;
    std::string contact = {};       ///< as it lies in the database: sealed
    std::string disabled_at = {};   ///< UTC; empty while the account is open
    std::string last_sign_in = {};  ///< UTC; empty if never
    bool has_second_factor = false;
    std::vector<Membership> memberships = {};
};

/// What a body may share, each with whom it likes.
enum class Shareable { profile, answers, service_status, aid_profile, forecasts };

[[nodiscard]] std::string_view to_string(Shareable what);
/// Throws InputError that lists the words.
[[nodiscard]] Shareable shareable_from(std::string_view word);

struct Share {
    Shareable what = Shareable::profile;
    OrganisationId with;
    std::string since;  ///< UTC
};

/// Everything that is kept about a person (GDPR, article 15), without secrets.
using NamedValues = std::vector<std::pair<std::string, std::string>>;  ///< a row: columns in their order

/// By table; tables without a row about the person are there too, empty.
using PersonalData = std::map<std::string, std::vector<NamedValues>>;

}  // namespace resmon::accounts
