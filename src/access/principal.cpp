#include "access/principal.hpp"

#include "base/word.hpp"

namespace resmon {

namespace {

constexpr std::array<std::string_view, role_count> roles{"installation-administrator",
                                                         "organisation-administrator",
                                                         "editor",
                                                         "contributor",
                                                         "viewer",
                                                         "coordinator",
                                                         "researcher",
                                                         "auditor"};

}  // namespace

std::string_view to_string(Role role) { return word_of(roles, role); }

Role role_from(std::string_view word) { return value_of<Role>(roles, word); }

}  // namespace resmon
