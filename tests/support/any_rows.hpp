// Rows in every table that a database has, of whatever schema: generated, and read back to be compared.
#pragma once

#include "archive/rows.hpp"
#include "archive/tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace resmon::archive {

/// Letters of many alphabets; rows that refer to others refer to rows of this call.
inline void add_any_rows(soci::session& sql, unsigned seed, int rows) {
    std::mt19937 random{seed};
    const std::vector<std::string> letters{"a", "Z", "ä", "€", "𝄞", "\"", "\\", "\n", "'", ":x", "%", "\x01", "/"};
    const std::vector<std::string> referring{
        "id",     "hash",     "person", "organisation",       "office", "member", "shared_with", "catalogue_hash",
        "run_id", "response", "link",   "questionnaire_hash", "wave"};
    for (const Table& table : tables()) {
        const auto columns = columns_of(sql, table.name);
        if (columns.empty()) continue;
        RowWriter writer{sql, table, columns};
        for (int number = 0; number < rows; ++number) {
            Row row;
            for (const Column& column : columns) {
                if (column.kind == ColumnKind::integer) {
                    row[column.name] = static_cast<std::int64_t>(random()) - 2'000'000'000;
                    continue;
                }
                std::string text;
                for (auto letter = random() % 9; letter > 0; --letter) text += letters[random() % letters.size()];
                row[column.name] = text + std::to_string(number);
                if (std::ranges::find(referring, column.name) != referring.end())
                    row[column.name] = (number % 2 == 0 ? "Ä" : "b") + std::to_string(number);
                if (column.name == "idempotency_key" && number % 2 == 0) row[column.name] = std::monostate{};
            }
            ASSERT_EQ(writer.add(row), Added::yes) << name_of(row, table);
        }
    }
}

/// Of every table that the database has, by its name, ordered by key.
inline std::map<std::string, std::vector<Row>> all_rows(soci::session& sql) {
    std::map<std::string, std::vector<Row>> found;
    for (const Table& table : tables()) {
        if (columns_of(sql, table.name).empty()) continue;
        std::vector<Row>& rows = found[std::string{table.name}];
        RowReader reader{sql, table};
        for (auto page = reader.next(); !page.empty(); page = reader.next())
            rows.insert(rows.end(), page.begin(), page.end());
    }
    return found;
}

}  // namespace resmon::archive
