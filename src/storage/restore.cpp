#include "archive/encrypted_file.hpp"
#include "archive/safe_file.hpp"
#include "archive/tables.hpp"
#include "base/error.hpp"
#include "secrets/digest.hpp"
#include "storage/backup.hpp"
#include "storage/connection.hpp"
#include "storage/damage.hpp"
#include "storage/key_rotation.hpp"
#include "storage/migrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace resmon::storage {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void refuse(const std::string& place) {
    throw Conflict{
        fmt::format("{} holds a database already: a backup is restored into an empty place only, so that "
                    "nothing is overwritten",
                    place)};
}

void check_empty(const Location& into) {
    for (const char* name : {"resmon.db", "resmon.db-wal", "resmon.db-shm"})
        if (into.engine() == Engine::sqlite && fs::exists(into.folder / name)) refuse((into.folder / name).string());
}

/// All in one transaction: an archive of an earlier schema is read into that schema and then brought up to date.
std::int64_t fill(Connection& connection, const Location& into, const fs::path& file,
                  const archive::Manifest& manifest) {
    const std::vector<Migration> migrations = shipped_migration_list();
    if (manifest.schema > static_cast<int>(migrations.size()))
        throw Conflict{
            fmt::format("the backup has schema {}, this program knows up to {}: use the newer program that "
                        "wrote it",
                        manifest.schema, migrations.size())};
    connection.begin_writing();
    try {
        if (schema_of(connection.sql()) != 0 || !archive::table_names(connection.sql()).empty()) refuse(into.name());
        bring_up_to(connection.sql(), migrations, static_cast<std::size_t>(manifest.schema));
        const archive::Import import = archive::import_archive(connection.sql(), file);
        bring_up_to(connection.sql(), migrations, migrations.size());
        connection.commit();
        return import.added;
    } catch (const std::exception&) {
        connection.roll_back();
        throw;
    }
}

std::int64_t fill_sqlite(const Location& into, const fs::path& file, const archive::Manifest& manifest) {
    // Complete and checked in a folder of its own before it appears under its name.
    const Location beside{.folder = into.folder / "restoring"};
    fs::remove_all(beside.folder);
    prepare_folder(beside.folder);
    std::int64_t rows = 0;
    {
        Connection connection{beside};
        rows = fill(connection, beside, file, manifest);
        connection.sql() << "PRAGMA wal_checkpoint(TRUNCATE)";
        connection.sql() << "PRAGMA journal_mode = DELETE";
    }
    if (const std::string damage = damage_of(beside.file()); !damage.empty())
        throw Unavailable{fmt::format("what was restored is damaged and is not used: {}", damage)};
    check_empty(into);
    archive::put_in_place(beside.file(), into.file());
    fs::remove_all(beside.folder);
    return rows;
}

/// Keys that travelled along become the oldest: those that are here go on to seal.
void add_keys(const Secret& text, const KeyPlace& place) {
    if (text.empty()) return;
    SealingKeys keys = keys_of_text(text.revealed(), "resmon.key");
    for (const SealingKey& key : read_sealing_keys(place.file)) {
        std::erase_if(keys, [&](const SealingKey& one) { return one.id == key.id; });
        keys.push_back(key);
    }
    write_sealing_keys(place.file, keys);
}

}  // namespace

Restored restore(const fs::path& file, const Location& into, const KeyPlace& keys, const Secret& passphrase) {
    check_empty(into);
    prepare_folder(into.folder);
    fs::path readable = file;
    std::unique_ptr<archive::PartFile> plain;
    if (archive::is_encrypted(file)) {
        if (passphrase.empty())
            throw InputError{
                fmt::format("{} is encrypted: its passphrase is needed (RESMON_PASSPHRASE, "
                            "--passphrase-file FILE)",
                            file.string())};
        plain = std::make_unique<archive::PartFile>(into.folder / fmt::format("archive.{}.part", random_hex(4)));
        archive::decrypt_file(file, plain->path(), passphrase);
        readable = plain->path();
    }
    Restored restored{.manifest = archive::verify_archive(readable)};
    if (!restored.manifest.organisation.empty())
        throw InputError{fmt::format("{} is an export of one organisation ({}): use resmon import", file.string(),
                                     restored.manifest.organisation)};
    add_keys(archive::keys_in(readable), keys);
    try {
        if (into.engine() == Engine::sqlite) {
            restored.rows = fill_sqlite(into, readable, restored.manifest);
        } else {
            Connection connection{into};
            restored.rows = fill(connection, into, readable, restored.manifest);
        }
    } catch (const soci::soci_error& error) {
        throw Unavailable{fmt::format("{} cannot be filled now: {}", into.name(), error.what())};
    }
    Database database{into};
    const SealingKeys here = read_sealing_keys(keys.file);
    for (const std::string& id : keys_in_use(database))
        if (std::ranges::find(here, id, &SealingKey::id) == here.end()) restored.locked_by.push_back(id);
    return restored;
}

}  // namespace resmon::storage
