// A list filtered by the rule that also guards the single thing: the reach of a person as a condition in SQL.
#pragma once

#include "accounts/organisation.hpp"
#include "accounts/permission.hpp"

#include <string>
#include <vector>

namespace soci {
class statement;
}

namespace resmon::accounts {

/// A condition with a placeholder `:reach0`, `:reach1` … for each value, in their order.
struct Filter {
    std::string condition;
    std::vector<std::string> values;
};

/// Gives a statement that is being made the values of the condition. The filter must outlive it. Defined with the
/// store.
void bind(soci::statement& query, const Filter& filter);

/// For a desk that decides about the row itself once it is read.
inline const Filter no_filter{"1 = 1", {}};

/// True for the rows whose organisation stands in `column`, as far as `may` is true for them. `what` is what must be
/// shared where the reach depends on sharing. Rows that are assigned to people one by one are added by their own room.
[[nodiscard]] Filter filter_of(const Reach& reach, const std::string& column, Shareable what);

}  // namespace resmon::accounts
