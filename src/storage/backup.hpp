// Backups, made while the server runs, and the way back: docs/decisions/0013-archive-and-backup.md.
#pragma once

#include "archive/archive.hpp"
#include "storage/database.hpp"
#include "storage/sealing_keys.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace resmon::storage {

struct BackupWish {
    std::filesystem::path file;
    Secret passphrase = Secret{};   ///< empty = not encrypted
    SealingKeys keys = {};          ///< to travel along; only together with a passphrase
    std::string organisation = {};  ///< empty = everything; else an export of what belongs to it
    std::string made_at = {};       ///< UTC
};

struct Backup {
    archive::Manifest manifest;
    std::string digest;  ///< SHA-256 of the whole file
    std::uintmax_t bytes = 0;
};

/// One committed state of the database in one file, which is read again to its end before it is put in place.
/// Throws InputError if the keys should travel unencrypted, Unavailable if the database is damaged or the disk full:
/// an earlier file of that name is then untouched.
Backup back_up(Database& database, const BackupWish& wished);

/// Notes a backup of the whole installation, so that its age can be told.
void remember_backup(Database& database, const BackupWish& wished, const Backup& backup);

struct LastBackup {
    std::string made_at;
    std::string file;
};
[[nodiscard]] std::optional<LastBackup> last_backup(Database& database);

struct Restored {
    archive::Manifest manifest;
    std::int64_t rows = 0;
    std::vector<std::string> locked_by = {};  ///< ids of keys that are needed and not here
};

/// Fills an empty place from a backup of either engine; the file is verified before anything is made. Keys that travel
/// along are added to the key file. Throws Conflict if the place is not empty, InputError if the file is damaged.
Restored restore(const std::filesystem::path& file, const Location& into, const KeyPlace& keys,
                 const Secret& passphrase);

struct Imported {
    archive::Manifest manifest;
    archive::Import import;
};

/// What is written together with imported rows, such as who did it.
using WithImport = std::function<void(soci::session&, const archive::Manifest&)>;

/// Adds the rows of a verified archive of this schema, all or nothing.
Imported import_from(const std::filesystem::path& file, Database& database, const Secret& passphrase,
                     const WithImport& with = {});

}  // namespace resmon::storage
