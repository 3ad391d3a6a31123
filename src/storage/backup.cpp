#include "storage/backup.hpp"

#include "archive/encrypted_file.hpp"
#include "archive/running_digest.hpp"
#include "archive/safe_file.hpp"
#include "archive/tables.hpp"
#include "base/error.hpp"
#include "storage/connection.hpp"
#include "storage/damage.hpp"
#include "storage/key_rotation.hpp"
#include "storage/migrate.hpp"

#include <algorithm>
#include <memory>

namespace resmon::storage {

namespace fs = std::filesystem;

namespace {

/// What is not encrypted lies only where the database lies, never beside an encrypted backup.
fs::path scratch_in(const fs::path& folder) { return folder / "archive"; }

void check_intact(const Location& location) {
    if (location.engine() != Engine::sqlite) return;
    if (const std::string damage = damage_of(location.file()); !damage.empty())
        throw Unavailable{worded("fault.unavailable.not-backed-up", {{"why", damage}}), Unavailable::Why::damaged};
}

/// The archive itself, decrypted into the folder if need be.
class Readable {
public:
    Readable(const fs::path& file, const fs::path& folder, const Secret& passphrase) : file_{file} {
        if (!archive::is_encrypted(file)) return;
        if (passphrase.empty()) throw InputError{worded("fault.storage.encrypted", {{"file", file.string()}})};
        plain_ = std::make_unique<archive::PartFile>(scratch_in(folder));
        archive::decrypt_file(file, plain_->path(), passphrase);
    }

    [[nodiscard]] const fs::path& path() const { return plain_ ? plain_->path() : file_; }

private:
    fs::path file_;
    std::unique_ptr<archive::PartFile> plain_;
};

archive::Manifest verified_again(const fs::path& file, const Location& location, const Secret& passphrase) {
    const Readable readable{file, location.folder, passphrase};
    return archive::verify_archive(readable.path());
}

}  // namespace

Backup back_up(Database& database, const BackupWish& wished) {
    const Location& location = database.location();
    if (!wished.keys.empty() && wished.passphrase.empty()) throw InputError{worded("fault.storage.key-plain")};
    check_intact(location);
    const archive::PartFile part{wished.file};
    const bool is_encrypted = !wished.passphrase.empty();
    std::unique_ptr<archive::PartFile> plain;
    if (is_encrypted) plain = std::make_unique<archive::PartFile>(scratch_in(location.folder));
    const fs::path& written = is_encrypted ? plain->path() : part.path();

    Backup backup;
    database.read([&](soci::session& sql) {
        archive::Wished content{
            .schema = schema_of(sql), .made_at = wished.made_at, .organisation = wished.organisation};
        if (!wished.keys.empty()) content.keys = text_of_keys(wished.keys);
        backup.manifest = archive::write_archive(sql, written, content);
    });
    if (is_encrypted) archive::encrypt_file(written, part.path(), wished.passphrase);
    if (verified_again(part.path(), location, wished.passphrase) != backup.manifest)
        throw Unavailable{worded("fault.unavailable.read-back", {{"file", wished.file.string()}})};
    backup.digest = archive::digest_of_file(part.path());
    backup.bytes = fs::file_size(part.path());
    archive::put_in_place(part.path(), wished.file);
    return backup;
}

void remember_backup(Database& database, const BackupWish& wished, const Backup& backup) {
    const std::string file = fs::absolute(wished.file).string();
    const auto bytes = static_cast<long long>(backup.bytes);
    database.write([&](soci::session& sql) {
        sql << "INSERT INTO backup_made (made_at, file, digest, bytes) VALUES (:at, :file, :digest, :bytes) "
               "ON CONFLICT DO NOTHING",
            soci::use(wished.made_at), soci::use(file), soci::use(backup.digest), soci::use(bytes);
    });
}

std::optional<LastBackup> last_backup(Database& database) {
    LastBackup last;
    database.read([&](soci::session& sql) {
        soci::indicator present = soci::i_null;
        sql << "SELECT MAX(made_at) FROM backup_made", soci::into(last.made_at, present);
        if (present != soci::i_ok) return;
        sql << "SELECT MAX(file) FROM backup_made WHERE made_at = :at", soci::into(last.file), soci::use(last.made_at);
    });
    if (last.made_at.empty()) return {};
    return last;
}

Imported import_from(const fs::path& file, Database& database, const Secret& passphrase, const WithImport& with) {
    const Readable readable{file, database.location().folder, passphrase};
    Imported imported{.manifest = archive::verify_archive(readable.path())};
    database.write([&](soci::session& sql) {
        const int schema = schema_of(sql);
        if (imported.manifest.schema != schema)
            throw Conflict{worded("fault.storage.other-schema", {{"archive", std::to_string(imported.manifest.schema)},
                                                                 {"database", std::to_string(schema)}})};
        imported.import = archive::import_archive(sql, readable.path());
        if (with) with(sql, imported.manifest);
    });
    return imported;
}

namespace {

[[noreturn]] void refuse(const std::string& place) {
    throw Conflict{worded("fault.storage.not-empty", {{"place", place}})};
}

void check_empty(const Location& into) {
    for (const char* name : {"resmon.db", "resmon.db-wal", "resmon.db-shm"})
        if (into.engine() == Engine::sqlite && fs::exists(into.folder / name)) refuse((into.folder / name).string());
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

/// A verified archive, and where its keys go.
struct Source {
    fs::path file;
    archive::Manifest manifest;
    KeyPlace keys;
};

/// All in one transaction: an archive of an earlier schema is read into that schema and then brought up to date.
/// Keys that travelled along are added when nothing is wrong any more, and before anything needs them.
std::int64_t fill(Connection& connection, const Location& into, const Source& source) {
    const archive::Manifest& manifest = source.manifest;
    const std::vector<Migration> migrations = shipped_migration_list();
    if (manifest.schema > static_cast<int>(migrations.size()))
        throw Conflict{worded("fault.storage.backup-newer", {{"found", std::to_string(manifest.schema)},
                                                             {"known", std::to_string(migrations.size())}})};
    connection.begin_writing();
    try {
        if (schema_of(connection.sql()) != 0 || !archive::table_names(connection.sql()).empty()) refuse(into.name());
        bring_up_to(connection.sql(), migrations, static_cast<std::size_t>(manifest.schema));
        const archive::Import import = archive::import_archive(connection.sql(), source.file);
        bring_up_to(connection.sql(), migrations, migrations.size());
        add_keys(archive::keys_in(source.file), source.keys);
        connection.commit();
        return import.added;
    } catch (const std::exception&) {
        connection.roll_back();
        throw;
    }
}

/// Where a restore works; nothing of it remains.
class Workplace {
public:
    explicit Workplace(const Location& into) : location_{.folder = restoring_folder(into)} {
        fs::remove_all(location_.folder);
        prepare_folder(location_.folder);
    }
    ~Workplace() {
        std::error_code ignored;
        fs::remove_all(location_.folder, ignored);
    }
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;

    [[nodiscard]] const Location& location() const noexcept { return location_; }

private:
    Location location_;
};

std::int64_t fill_sqlite(const Location& into, const Source& source) {
    // Complete and checked in a folder of its own before it appears under its name.
    const Workplace workplace{into};
    const Location& beside = workplace.location();
    std::int64_t rows = 0;
    {
        Connection connection{beside};
        rows = fill(connection, beside, source);
        connection.sql() << "PRAGMA wal_checkpoint(TRUNCATE)";
        connection.sql() << "PRAGMA journal_mode = DELETE";
    }
    if (const std::string damage = damage_of(beside.file()); !damage.empty())
        throw Unavailable{worded("fault.unavailable.not-restored", {{"why", damage}})};
    check_empty(into);
    archive::put_in_place(beside.file(), into.file());
    return rows;
}

}  // namespace

Restored restore(const fs::path& file, const Location& into, const KeyPlace& keys, const Secret& passphrase) {
    check_empty(into);
    prepare_folder(into.folder);
    fs::path readable = file;
    std::unique_ptr<archive::PartFile> plain;
    if (archive::is_encrypted(file)) {
        if (passphrase.empty()) throw InputError{worded("fault.storage.encrypted", {{"file", file.string()}})};
        plain = std::make_unique<archive::PartFile>(scratch_in(into.folder));
        archive::decrypt_file(file, plain->path(), passphrase);
        readable = plain->path();
    }
    Restored restored{.manifest = archive::verify_archive(readable)};
    if (!restored.manifest.organisation.empty())
        throw InputError{worded("fault.storage.one-organisation",
                                {{"file", file.string()}, {"organisation", restored.manifest.organisation}})};
    const Source source{readable, restored.manifest, keys};
    try {
        if (into.engine() == Engine::sqlite) {
            restored.rows = fill_sqlite(into, source);
        } else {
            Connection connection{into};
            restored.rows = fill(connection, into, source);
        }
    } catch (const soci::soci_error& error) {
        throw unavailable_from(error, into);
    }
    Database database{into};
    const SealingKeys here = read_sealing_keys(keys.file);
    database.read([&](soci::session& sql) { restored.locked_by = missing_keys(sql, here); });
    return restored;
}

}  // namespace resmon::storage
