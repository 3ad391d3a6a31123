#include "archive/archive.hpp"
#include "archive/rows.hpp"
#include "archive/running_digest.hpp"
#include "archive/zip_file.hpp"
#include "base/error.hpp"
#include "base/version.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <list>
#include <utility>

namespace resmon::archive {

namespace {

// The last bytes of the file are the SHA-256 of all before, within the comment that a ZIP file may end with.
constexpr std::string_view seal_before = "resmon archive; SHA-256 of all bytes before: ";
constexpr std::size_t digest_letters = 64;

/// The lines of one table, page by page; what was written is counted and hashed on the way.
class Lines {
public:
    Lines(soci::session& sql, const Table& table, const std::string& organisation)
        : rows_{sql, table, organisation}, file_{.table = std::string{table.name}} {}

    std::string next() {
        std::string lines;
        for (const Row& row : rows_.next()) {
            lines += line_of(row) + "\n";
            ++file_.rows;
        }
        digest_.add(lines);
        file_.bytes += static_cast<std::int64_t>(lines.size());
        return lines;
    }

    [[nodiscard]] TableFile file() const {
        TableFile file = file_;
        file.digest = digest_.text();
        return file;
    }

private:
    RowReader rows_;
    RunningDigest digest_;
    TableFile file_;
};

ZipWriter::Pieces once(std::string content) {
    return [content = std::move(content)]() mutable { return std::exchange(content, {}); };
}

void set_whole_digest(const std::filesystem::path& file) {
    const auto before = static_cast<off_t>(std::filesystem::file_size(file) - digest_letters);
    const std::string digest = digest_of_file(file, static_cast<std::uintmax_t>(before));
    const int opened = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
    const bool is_written =
        opened >= 0 && ::pwrite(opened, digest.data(), digest.size(), before) == static_cast<ssize_t>(digest.size());
    if (opened >= 0) ::close(opened);
    if (!is_written) throw Unavailable{worded("fault.unavailable.not-whole", {{"file", file.string()}})};
}

}  // namespace

Manifest write_archive(soci::session& sql, const std::filesystem::path& file, const Wished& wished) {
    Manifest manifest{.program = std::string{program_version},
                      .schema = wished.schema,
                      .made_at = wished.made_at,
                      .organisation = wished.organisation,
                      .has_keys = !wished.keys.empty()};
    ZipWriter zip{file};
    std::list<Lines> all;
    for (const Table& table : tables()) {
        if (columns_of(sql, table.name).empty()) continue;
        Lines& lines = all.emplace_back(sql, table, wished.organisation);
        zip.add(fmt::format("{}.jsonl", table.name), [&lines] { return lines.next(); });
    }
    if (manifest.has_keys) zip.add("resmon.key", once(std::string{wished.keys.revealed()}));
    // Last, because it says what the others turned out to be.
    bool is_told = false;
    zip.add("manifest.json", [&] {
        if (std::exchange(is_told, true)) return std::string{};
        for (const Lines& lines : all) manifest.tables.push_back(lines.file());
        return manifest_to_json(manifest);
    });
    zip.finish(std::string{seal_before} + std::string(digest_letters, '0'));
    set_whole_digest(file);
    return manifest;
}

}  // namespace resmon::archive
