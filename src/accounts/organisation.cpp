#include "accounts/organisation.hpp"

#include "base/word.hpp"

namespace resmon::accounts {

namespace {

// Each list in the order of its enumeration.
constexpr std::array<std::string_view, 5> kinds{"municipality", "district", "provider", "coordination-office",
                                                "survey-owner"};
constexpr std::array<std::string_view, 5> shareables{"profile", "answers", "service-status", "aid-profile",
                                                     "forecasts"};

}  // namespace

std::string_view to_string(OrganisationKind kind) { return word_of(kinds, kind); }
std::string_view to_string(Shareable what) { return word_of(shareables, what); }

OrganisationKind organisation_kind_from(std::string_view word) { return value_of<OrganisationKind>(kinds, word); }
Shareable shareable_from(std::string_view word) { return value_of<Shareable>(shareables, word); }

}  // namespace resmon::accounts
