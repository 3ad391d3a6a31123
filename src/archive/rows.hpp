// The rows of any table of the list, read in pages ordered by key, added, and looked up.
#pragma once

#include "archive/row_json.hpp"
#include "archive/tables.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::archive {

/// Key columns ascending as bytes and numbers, alike on both engines.
class RowReader {
public:
    /// `organisation` empty = all rows.
    RowReader(soci::session& sql, const Table& table, std::string organisation = {});

    /// The next rows, none at the end. Bounded in number.
    [[nodiscard]] std::vector<Row> next();

private:
    [[nodiscard]] std::string statement() const;

    soci::session& sql_;
    const Table& table_;
    std::vector<Column> columns_;
    std::string organisation_;
    std::vector<Value> last_key_;
};

enum class Added { yes, there_already, differs };

class RowWriter {
public:
    /// Rows must have exactly these columns.
    RowWriter(soci::session& sql, const Table& table, std::vector<Column> columns);
    ~RowWriter();
    RowWriter(const RowWriter&) = delete;
    RowWriter& operator=(const RowWriter&) = delete;

    /// Throws InputError if the engine cannot hold a value, soci::soci_error if it refers to a missing row.
    Added add(const Row& row);

private:
    struct Insert;

    soci::session& sql_;
    const Table& table_;
    std::vector<Column> columns_;
    std::unique_ptr<Insert> insert_;
};

[[nodiscard]] std::vector<Value> key_of(const Row& row, const Table& table);

/// `person 5d41`, for people.
[[nodiscard]] std::string name_of(const Row& row, const Table& table);

}  // namespace resmon::archive
