#include "storage/backup.hpp"

#include "archive/encrypted_file.hpp"
#include "archive/running_digest.hpp"
#include "archive/safe_file.hpp"
#include "base/error.hpp"
#include "secrets/digest.hpp"
#include "storage/connection.hpp"
#include "storage/damage.hpp"
#include "storage/migrate.hpp"

#include <fmt/format.h>

#include <memory>

namespace resmon::storage {

namespace fs = std::filesystem;

namespace {

/// What is not encrypted lies only where the database lies, never beside an encrypted backup.
fs::path scratch_in(const fs::path& folder) { return folder / fmt::format("archive.{}.part", random_hex(4)); }

void check_intact(const Location& location) {
    if (location.engine() != Engine::sqlite) return;
    if (const std::string damage = damage_of(location.file()); !damage.empty())
        throw Unavailable{
            fmt::format("the database is damaged and was not backed up: {}. Keep the earlier backups and "
                        "restore the last one.",
                        damage)};
}

/// The archive itself, decrypted into the folder if need be.
class Readable {
public:
    Readable(const fs::path& file, const fs::path& folder, const Secret& passphrase) : file_{file} {
        if (!archive::is_encrypted(file)) return;
        if (passphrase.empty())
            throw InputError{
                fmt::format("{} is encrypted: its passphrase is needed (RESMON_PASSPHRASE, "
                            "--passphrase-file FILE)",
                            file.string())};
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
    if (!wished.keys.empty() && wished.passphrase.empty())
        throw InputError{
            "the key may leave only in an encrypted backup, since whoever finds both reads everything: "
            "--with-key needs --encrypt"};
    check_intact(location);
    const archive::PartFile part{wished.file.string() + ".part"};
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
        throw Unavailable{fmt::format("{} was read back with another content and is not kept", wished.file.string())};
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

Imported import_from(const fs::path& file, Database& database, const Secret& passphrase) {
    const Readable readable{file, database.location().folder, passphrase};
    Imported imported{.manifest = archive::verify_archive(readable.path())};
    database.write([&](soci::session& sql) {
        const int schema = schema_of(sql);
        if (imported.manifest.schema != schema)
            throw Conflict{
                fmt::format("the archive has schema {}, the database {}: restore it into an empty place with "
                            "this program and export it from there",
                            imported.manifest.schema, schema)};
        imported.import = archive::import_archive(sql, readable.path());
    });
    return imported;
}

}  // namespace resmon::storage
