#include "archive/archive.hpp"
#include "archive/rows.hpp"
#include "archive/running_digest.hpp"
#include "archive/zip_file.hpp"
#include "base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <set>
#include <utility>

namespace resmon::archive {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_manifest_bytes = 1 << 20;

class Faults {
public:
    explicit Faults(std::size_t most) : most_{most} {}

    void add(std::string file, int line, Wording expectation, std::string column = {}) {
        faults_.push_back({{.file = std::move(file), .line = line, .path = std::move(column)}, std::move(expectation)});
        if (faults_.size() >= most_) end();
    }
    void end() {
        if (!faults_.empty()) throw InputError{std::move(faults_)};
    }

private:
    std::size_t most_;
    std::vector<Fault> faults_;
};

/// The lines of an entry, each handed over with its number from 1.
void for_each_line(const ZipReader& zip, const std::string& entry, const Limits& limits,
                   const std::function<void(std::string_view, int)>& take,
                   const std::function<void(std::string_view)>& take_bytes) {
    std::string line;
    int number = 1;
    zip.read(entry, [&](std::string_view piece) {
        take_bytes(piece);
        for (std::size_t end = piece.find('\n'); end != std::string_view::npos; end = piece.find('\n')) {
            line.append(piece.substr(0, end));
            take(line, number++);
            line.clear();
            piece.remove_prefix(end + 1);
        }
        if (line.size() + piece.size() > limits.line)
            throw InputError{{{{.file = entry, .line = number, .path = {}},
                               worded("fault.archive.line", {{"most", std::to_string(limits.line)}})}}};
        line.append(piece);
    });
    if (!line.empty()) take(line, number);
}

std::string read_whole(const ZipReader& zip, const std::string& entry, std::size_t most) {
    std::string content;
    zip.read(entry, [&](std::string_view piece) {
        if (content.size() + piece.size() > most)
            throw InputError{{{{.file = entry, .line = 0, .path = {}},
                               worded("fault.archive.bytes", {{"most", std::to_string(most)}})}}};
        content += piece;
    });
    return content;
}

/// Names that stand twice, that are missing, or that nobody expects.
void check_names(const ZipReader& zip, const Manifest& manifest, const std::string& name, Faults& faults) {
    std::set<std::string> expected{"manifest.json"};
    if (manifest.has_keys) expected.insert("resmon.key");
    for (const TableFile& one : manifest.tables) {
        if (find_table(one.table) == nullptr)
            faults.add(name + "/manifest.json", 0, worded("fault.run.no-table", {{"name", one.table}}));
        else if (!expected.insert(one.table + ".jsonl").second)
            faults.add(name + "/manifest.json", 0, worded("fault.archive.table-twice", {{"table", one.table}}));
    }
    std::set<std::string> found;
    for (const std::string& entry : zip.names()) {
        if (!found.insert(entry).second) faults.add(name, 0, worded("fault.archive.entry-twice", {{"entry", entry}}));
        if (!expected.contains(entry)) faults.add(name, 0, worded("fault.archive.not-told", {{"entry", entry}}));
    }
    for (const std::string& entry : expected)
        if (!found.contains(entry)) faults.add(name, 0, worded("fault.archive.entry-missing", {{"entry", entry}}));
    faults.end();
}

void check_table(const ZipReader& zip, const TableFile& told, const Limits& limits, Faults& faults) {
    const std::string entry = told.table + ".jsonl";
    const Table& table = *find_table(told.table);
    RunningDigest digest;
    std::int64_t bytes = 0;
    std::int64_t rows = 0;
    std::vector<Value> before;
    const auto take_line = [&](std::string_view line, int number) {
        ++rows;
        try {
            const Row row = row_of(line);
            std::vector<Value> key = key_of(row, table);
            if (std::ranges::any_of(key, [](const Value& value) { return value.index() == 0; }))
                faults.add(entry, number, worded("fault.archive.key-part"));
            else if (!before.empty() && !(before < key))
                faults.add(entry, number, worded("fault.archive.order"));
            before = std::move(key);
        } catch (const InputError& error) {
            for (const Fault& fault : error.faults()) faults.add(entry, number, fault.expectation, fault.place.path);
        }
    };
    for_each_line(zip, entry, limits, take_line, [&](std::string_view piece) {
        digest.add(piece);
        bytes += static_cast<std::int64_t>(piece.size());
        // Before anything is kept of it: a small file can unpack to more than any disk holds.
        if (bytes > told.bytes)
            throw InputError{{{{.file = entry, .line = 0, .path = {}},
                               worded("fault.archive.more-bytes", {{"wanted", std::to_string(told.bytes)}})}}};
    });
    if (rows != told.rows)
        faults.add(
            entry, 0,
            worded("fault.archive.rows", {{"wanted", std::to_string(told.rows)}, {"found", std::to_string(rows)}}));
    if (bytes != told.bytes)
        faults.add(entry, 0,
                   worded("fault.archive.bytes-are",
                          {{"wanted", std::to_string(told.bytes)}, {"found", std::to_string(bytes)}}));
    if (digest.text() != told.digest)
        faults.add(entry, 0, worded("fault.archive.digest", {{"wanted", told.digest}, {"found", digest.text()}}));
}

void check_whole_digest(const fs::path& file) {
    constexpr std::size_t digest_letters = 64;
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    if (error)
        throw InputError{
            worded("fault.archive.cannot-read", {{"file", file.string()}, {"reason", system_reason(error.value())}})};
    std::string told(digest_letters, '\0');
    std::ifstream stream{file, std::ios::binary};
    stream.seekg(-static_cast<std::streamoff>(digest_letters), std::ios::end);
    stream.read(told.data(), static_cast<std::streamsize>(told.size()));
    const std::string is = size < digest_letters ? "" : digest_of_file(file, size - digest_letters);
    if (!stream || is != told) throw InputError{worded("fault.archive.cut", {{"file", file.string()}})};
}

Manifest manifest_in(const ZipReader& zip, const std::string& name) {
    const auto names = zip.names();
    if (std::ranges::count(names, "manifest.json") != 1)
        throw InputError{worded("fault.archive.manifest", {{"file", name}})};
    return manifest_from_json(read_whole(zip, "manifest.json", most_manifest_bytes), name);
}

/// Those of the database that the first row has; every other row must have the same.
std::vector<Column> columns_for(const Row& row, const std::vector<Column>& known, const std::string& entry, int line) {
    std::vector<Column> columns;
    std::vector<Fault> faults;
    for (const auto& [name, value] : row) {
        const auto column = std::ranges::find(known, name, &Column::name);
        if (column == known.end())
            faults.push_back({{.file = entry, .line = line, .path = name}, worded("fault.archive.no-column")});
        else
            columns.push_back(*column);
    }
    if (!faults.empty()) throw InputError{std::move(faults)};
    return columns;
}

void check_values(const Row& row, const std::vector<Column>& columns, const std::string& entry, int line) {
    std::vector<Fault> faults;
    if (row.size() != columns.size())
        faults.push_back({{.file = entry, .line = line, .path = {}}, worded("fault.archive.columns")});
    for (const Column& column : columns) {
        const auto found = row.find(column.name);
        const bool is_text = found != row.end() && std::holds_alternative<std::string>(found->second);
        const bool is_number = found != row.end() && std::holds_alternative<std::int64_t>(found->second);
        if (found == row.end())
            faults.push_back({{.file = entry, .line = line, .path = column.name}, worded("fault.missing")});
        else if ((is_text && column.kind == ColumnKind::integer) || (is_number && column.kind == ColumnKind::text))
            faults.push_back({{.file = entry, .line = line, .path = column.name},
                              worded(column.kind == ColumnKind::text ? "fault.archive.text" : "fault.number")});
    }
    if (!faults.empty()) throw InputError{std::move(faults)};
}

class Importer {
public:
    Importer(soci::session& sql, const ZipReader& zip, const Limits& limits) : sql_{sql}, zip_{zip}, limits_{limits} {}

    void add(const Table& table) {
        const std::string entry = fmt::format("{}.jsonl", table.name);
        const std::vector<Column> known = columns_of(sql_, table.name);
        std::vector<Column> columns;
        std::unique_ptr<RowWriter> writer;
        const auto take = [&](std::string_view line, int number) {
            const Row row = row_of(line);
            if (!writer) {
                columns = columns_for(row, known, entry, number);
                writer = std::make_unique<RowWriter>(sql_, table, columns);
            }
            check_values(row, columns, entry, number);
            try {
                count(writer->add(row), name_of(row, table));
            } catch (const soci::soci_error& error) {
                throw Conflict{worded("fault.archive.not-added", {{"entry", entry},
                                                                  {"line", std::to_string(number)},
                                                                  {"row", name_of(row, table)},
                                                                  {"reason", error.get_error_message()}})};
            }
        };
        for_each_line(zip_, entry, limits_, take, [](std::string_view) {});
    }

    [[nodiscard]] Import result() const {
        constexpr std::size_t most_named = 20;
        if (conflicts_.empty()) return import_;
        std::string rows;
        for (std::size_t at = 0; at < std::min(conflicts_.size(), most_named); ++at) rows += "\n  " + conflicts_[at];
        if (conflicts_.size() > most_named) rows += "\n  …";
        throw Conflict{
            worded("fault.archive.nothing-added", {{"count", std::to_string(conflicts_.size())}, {"rows", rows}})};
    }

private:
    void count(Added added, std::string name) {
        if (added == Added::yes) ++import_.added;
        if (added == Added::there_already) ++import_.there_already;
        if (added == Added::differs) conflicts_.push_back(std::move(name));
    }

    soci::session& sql_;
    const ZipReader& zip_;
    const Limits& limits_;
    Import import_;
    std::vector<std::string> conflicts_;
};

}  // namespace

Manifest verify_entries(const ZipReader& zip, const std::string& name, const Limits& limits) {
    Manifest manifest = manifest_in(zip, name);
    Faults faults{limits.faults};
    check_names(zip, manifest, name, faults);
    std::int64_t left = limits.bytes;
    for (const TableFile& one : manifest.tables) {
        if (one.bytes > left)
            faults.add(name, 0, worded("fault.archive.unpacks", {{"most", std::to_string(limits.bytes)}}));
        faults.end();
        left -= one.bytes;
        check_table(zip, one, limits, faults);
    }
    faults.end();
    return manifest;
}

Manifest verify_archive(const fs::path& file, const Limits& limits) {
    check_whole_digest(file);
    return verify_entries(ZipReader{file}, file.filename().string(), limits);
}

Secret keys_in(const fs::path& file) {
    const ZipReader zip{file};
    constexpr std::size_t most_bytes = 1 << 16;
    const auto names = zip.names();
    if (std::ranges::find(names, "resmon.key") == names.end()) return {};
    return Secret{read_whole(zip, "resmon.key", most_bytes)};
}

Import import_archive(soci::session& sql, const fs::path& file, const Limits& limits) {
    const ZipReader zip{file};
    const Manifest manifest = manifest_in(zip, file.filename().string());
    Importer importer{sql, zip, limits};
    Faults faults{limits.faults};
    for (const Table& table : tables()) {
        const bool is_told = std::ranges::find(manifest.tables, table.name, &TableFile::table) != manifest.tables.end();
        if (is_told)
            importer.add(table);
        else if (!columns_of(sql, table.name).empty())
            faults.add(
                file.filename().string() + "/manifest.json", 0,
                worded("fault.archive.no-table", {{"table", table.name}, {"schema", std::to_string(manifest.schema)}}));
    }
    faults.end();
    return importer.result();
}

}  // namespace resmon::archive
