#include "archive/rows.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <list>
#include <utility>

namespace resmon::archive {

namespace {

constexpr int rows_in_a_page = 50;

bool is_postgresql(soci::session& sql) { return sql.get_backend_name() == "postgresql"; }

/// Values bound to a statement: SOCI keeps references, so they must stay where they are until it has run.
class Bound {
public:
    void set(const Value& value) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) number_ = *number;
        if (const auto* text = std::get_if<std::string>(&value)) text_ = *text;
        present_ = value.index() == 0 ? soci::i_null : soci::i_ok;
    }

    void bind(soci::details::prepare_temp_type& statement, ColumnKind kind, const std::string& name) {
        if (kind == ColumnKind::text)
            statement, soci::use(text_, present_, name);
        else
            statement, soci::use(number_, present_, name);
    }
    void bind(soci::statement& statement, ColumnKind kind, const std::string& name) {
        if (kind == ColumnKind::text)
            statement.exchange(soci::use(text_, present_, name));
        else
            statement.exchange(soci::use(number_, present_, name));
    }

private:
    std::string text_;
    long long number_ = 0;
    soci::indicator present_ = soci::i_null;
};

Row row_from(const soci::row& found, const std::vector<Column>& columns) {
    Row row;
    for (std::size_t at = 0; at < columns.size(); ++at) {
        Value& value = row[columns[at].name];
        if (found.get_indicator(at) == soci::i_null) continue;
        if (columns[at].kind == ColumnKind::text)
            value = found.get<std::string>(at);
        else
            value = std::int64_t{found.get<long long>(at)};
    }
    return row;
}

std::string names_of(const std::vector<Column>& columns, const char* before = "") {
    std::vector<std::string> names;
    for (const Column& column : columns) names.push_back(before + column.name);
    return fmt::format("{}", fmt::join(names, ", "));
}

ColumnKind kind_of(std::string_view name, const std::vector<Column>& columns) {
    const auto found = std::ranges::find(columns, name, &Column::name);
    if (found == columns.end()) throw Conflict{worded("fault.archive.lacks", {{"column", name}})};
    return found->kind;
}

}  // namespace

std::vector<Value> key_of(const Row& row, const Table& table) {
    std::vector<Value> key;
    for (const std::string_view column : table.key) {
        const auto found = row.find(column);
        key.push_back(found == row.end() ? Value{} : found->second);
    }
    return key;
}

std::string name_of(const Row& row, const Table& table) {
    std::string name{table.name};
    for (const Value& value : key_of(row, table)) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) name += fmt::format(" {}", *number);
        if (const auto* text = std::get_if<std::string>(&value)) name += " " + *text;
    }
    return name;
}

RowReader::RowReader(soci::session& sql, const Table& table, std::string organisation)
    : sql_{sql}, table_{table}, columns_{columns_of(sql, table.name)}, organisation_{std::move(organisation)} {}

std::string RowReader::statement() const {
    // PostgreSQL orders texts by the language of the server unless told; SQLite by bytes.
    std::vector<std::string> key;
    for (const std::string_view column : table_.key)
        key.push_back(
            fmt::format("{}{}", column,
                        is_postgresql(sql_) && kind_of(column, columns_) == ColumnKind::text ? " COLLATE \"C\"" : ""));
    std::vector<std::string> conditions;
    if (!organisation_.empty()) conditions.push_back(fmt::format("({})", table_.owned));
    if (!last_key_.empty()) {
        std::vector<std::string> names;
        for (std::size_t at = 0; at < key.size(); ++at) names.push_back(fmt::format(":k{}", at));
        conditions.push_back(fmt::format("({}) > ({})", fmt::join(key, ", "), fmt::join(names, ", ")));
    }
    return fmt::format("SELECT {} FROM {}{}{} ORDER BY {} LIMIT {}", names_of(columns_), table_.name,
                       conditions.empty() ? "" : " WHERE ", fmt::join(conditions, " AND "), fmt::join(key, ", "),
                       rows_in_a_page);
}

std::vector<Row> RowReader::next() {
    if (columns_.empty() || (!organisation_.empty() && table_.owned.empty())) return {};
    std::list<Bound> key;
    soci::details::prepare_temp_type select = sql_.prepare << statement();
    if (!organisation_.empty()) select, soci::use(organisation_, "organisation");
    for (std::size_t at = 0; at < last_key_.size(); ++at) {
        key.emplace_back().set(last_key_[at]);
        key.back().bind(select, kind_of(table_.key[at], columns_), fmt::format("k{}", at));
    }
    std::vector<Row> rows;
    for (const soci::row& found : soci::rowset<soci::row>{select}) rows.push_back(row_from(found, columns_));
    if (!rows.empty()) last_key_ = key_of(rows.back(), table_);
    return rows;
}

/// One statement for all rows of the table.
struct RowWriter::Insert {
    soci::statement statement;
    std::vector<Bound> values;
};

RowWriter::RowWriter(soci::session& sql, const Table& table, std::vector<Column> columns)
    : sql_{sql}, table_{table}, columns_{std::move(columns)}, insert_{new Insert{soci::statement{sql}, {}}} {
    insert_->values.resize(columns_.size());
    for (std::size_t at = 0; at < columns_.size(); ++at)
        insert_->values[at].bind(insert_->statement, columns_[at].kind, columns_[at].name);
    insert_->statement.alloc();
    insert_->statement.prepare(fmt::format("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING", table_.name,
                                           names_of(columns_), names_of(columns_, ":")));
    insert_->statement.define_and_bind();
}

RowWriter::~RowWriter() = default;

Added RowWriter::add(const Row& row) {
    for (std::size_t at = 0; at < columns_.size(); ++at) {
        const Value& value = row.at(columns_[at].name);
        const auto* text = std::get_if<std::string>(&value);
        // PostgreSQL holds neither; to cut the text at that place would lose the rest unseen.
        if (text != nullptr && is_postgresql(sql_) && (text->find('\0') != std::string::npos || !is_utf8(*text)))
            throw InputError{worded("fault.archive.zero", {{"column", columns_[at].name}})};
        insert_->values[at].set(value);
    }
    insert_->statement.execute(true);
    if (insert_->statement.get_affected_rows() == 1) return Added::yes;

    std::vector<std::string> conditions;
    for (const std::string_view column : table_.key) conditions.push_back(fmt::format("{0} = :{0}", column));
    std::list<Bound> key;
    soci::details::prepare_temp_type select =
        sql_.prepare << fmt::format("SELECT {} FROM {} WHERE {}", names_of(columns_), table_.name,
                                    fmt::join(conditions, " AND "));
    for (const std::string_view column : table_.key) {
        key.emplace_back().set(row.find(column)->second);
        key.back().bind(select, kind_of(column, columns_), std::string{column});
    }
    for (const soci::row& found : soci::rowset<soci::row>{select})
        if (row_from(found, columns_) == row) return Added::there_already;
    return Added::differs;
}

}  // namespace resmon::archive
