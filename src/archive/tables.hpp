// The list of all tables. Archive, backup, move to the other database, key rotation and an organisation's export follow
// it; a test holds it against the schema of both engines, so that no table can be forgotten.
#pragma once

#include <soci/soci.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::archive {

struct Table {
    std::string_view name;
    std::vector<std::string_view> key;  ///< columns of the primary key, in their order
    /// Which rows belong to `:organisation`, as an SQL condition; empty = none leaves with an organisation's export.
    std::string_view owned = {};
    std::vector<std::string_view> sealed = {};  ///< columns that are encrypted (storage/sealing.hpp)
};

/// Every table before those that refer to it.
[[nodiscard]] std::span<const Table> tables();

/// Nothing if there is no table of that name.
[[nodiscard]] const Table* find_table(std::string_view name);

enum class ColumnKind { text, integer };

struct Column {
    std::string name;
    ColumnKind kind = ColumnKind::text;

    bool operator==(const Column&) const = default;
};

/// As the database has them, ordered by name; none if it lacks the table, as an earlier schema may.
[[nodiscard]] std::vector<Column> columns_of(soci::session& sql, std::string_view table);

/// All tables of the database, ordered by name, with those that are of the engine or the program left out.
[[nodiscard]] std::vector<std::string> table_names(soci::session& sql);

}  // namespace resmon::archive
