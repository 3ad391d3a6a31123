// One row of a table as one line of JSON, and back.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>

namespace resmon::archive {

/// NULL, BIGINT or TEXT.
using Value = std::variant<std::monostate, std::int64_t, std::string>;
using Row = std::map<std::string, Value, std::less<>>;

/// `{"id":"5d41","number":7}`, columns ordered by name. A text that is no UTF-8 stands as {"base64":"…"}.
[[nodiscard]] std::string line_of(const Row& row);

/// Throws InputError for anything that `line_of` could not have meant; memory as the line's length.
[[nodiscard]] Row row_of(std::string_view line);

}  // namespace resmon::archive
