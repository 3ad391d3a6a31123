// What an archive says about itself: the file manifest.json in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::archive {

/// One table's file of JSON lines.
struct TableFile {
    std::string table;
    std::int64_t rows = 0;
    std::int64_t bytes = 0;  ///< of the lines, unpacked
    std::string digest;      ///< SHA-256 of the lines

    bool operator==(const TableFile&) const = default;
};

struct Manifest {
    static constexpr int newest_format = 1;

    int format = newest_format;
    std::string program;            ///< version that wrote it
    int schema = 0;                 ///< of the database it came from
    std::string made_at;            ///< UTC
    std::string organisation;       ///< whose rows; empty = the whole installation
    bool has_keys = false;          ///< the keys of encrypted columns are in it
    std::vector<TableFile> tables;  ///< every table of that schema

    bool operator==(const Manifest&) const = default;
};

[[nodiscard]] std::string manifest_to_json(const Manifest& manifest);

/// Throws InputError with every fault; `file` is the archive's name for their places.
[[nodiscard]] Manifest manifest_from_json(std::string_view text, const std::string& file);

}  // namespace resmon::archive
