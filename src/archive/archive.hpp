// All rows of an installation or of one organisation in one file, which moves between SQLite and PostgreSQL without
// loss: docs/decisions/0013-archive-and-backup.md.
#pragma once

#include "archive/manifest_json.hpp"
#include "secrets/secret.hpp"

#include <soci/soci.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace resmon::archive {

class ZipReader;

struct Wished {
    int schema = 0;  ///< of the database
    std::string made_at = {};
    std::string organisation = {};  ///< empty = everything
    Secret keys = Secret{};         ///< text of the key file, to travel along; empty = it stays at home
};

/// Writes the rows that the session sees into the file, which should be a PartFile: who calls syncs it and puts it in
/// place. Two archives of equal content differ in the manifest alone. Call it in a transaction of one state.
Manifest write_archive(soci::session& sql, const std::filesystem::path& file, const Wished& wished);

/// What is taken of a file from outside. A row is held in memory, everything else is passed on in pieces.
struct Limits {
    std::int64_t bytes = std::int64_t{1} << 38;  ///< of all rows, unpacked
    std::size_t line = std::size_t{1} << 28;     ///< of one row
    std::size_t faults = 50;                     ///< after so many no more are looked for
};

/// Reads the file to its end: whole-file hash, structure, hash and number of rows of every table, every line, order of
/// the keys. Throws InputError with all faults, each with file and line.
Manifest verify_archive(const std::filesystem::path& file, const Limits& limits = {});

/// The same without the whole-file hash, for bytes in memory.
Manifest verify_entries(const ZipReader& zip, const std::string& name, const Limits& limits);

/// The keys that travel along; empty if they stayed at home. Of a verified archive.
[[nodiscard]] Secret keys_in(const std::filesystem::path& file);

struct Import {
    std::int64_t added = 0;
    std::int64_t there_already = 0;  ///< rows that the database has with the same content
};

/// Adds the rows of a verified archive; all or nothing, so call it in a transaction that is rolled back if it throws.
/// Throws Conflict with the rows that exist with another content, InputError with columns that the database lacks and
/// with tables that the archive lacks.
Import import_archive(soci::session& sql, const std::filesystem::path& file, const Limits& limits = {});

}  // namespace resmon::archive
