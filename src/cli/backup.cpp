// resmon backup, restore, export, import: everything or one organisation in one file, which fits SQLite and PostgreSQL.
#include "storage/backup.hpp"

#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/installation.hpp"
#include "cli/passphrase.hpp"
#include "cli/terminal.hpp"
#include "storage/erasures.hpp"

namespace resmon::cli {

namespace {

Instant system_time() { return std::chrono::system_clock::now(); }

double rows_of(const archive::Manifest& manifest) {
    double rows = 0;
    for (const auto& table : manifest.tables) rows += static_cast<double>(table.rows);
    return rows;
}

storage::KeyPlace keys_of(const Options& options) {
    return storage::key_place(options.data_directory, options.key_file);
}

void say(const Options& options, const std::string& text) {
    if (!options.quiet) write_output(options, text + "\n");
}

}  // namespace

int back_up(const Options& options, const BackupCommand& wished) {
    storage::Database database{options.location()};
    accounts::AuditTrail audit{database, server_name(options.data_directory), system_time};
    storage::BackupWish wish{.file = wished.file, .made_at = utc_text(system_time())};
    if (wished.encrypt) wish.passphrase = passphrase(options, wished.passphrase_file);
    if (wished.with_key) wish.keys = storage::read_sealing_keys(keys_of(options).file);
    // Noted before the state is taken, so that the backup itself says that it was made.
    audit.note(at_the_command_line(), {"backup-written", "", std::filesystem::absolute(wished.file).string()});
    const storage::Backup backup = storage::back_up(database, wish);
    storage::remember_backup(database, wish, backup);
    say(options,
        program_text("backup.made", options.language,
                     {{"file", wished.file.string()}, {"rows", rows_of(backup.manifest)}, {"digest", backup.digest}}));
    if (!wished.with_key)
        say(options, program_text("backup.key-apart", options.language, {{"key", keys_of(options).file.string()}}));
    return exit_done;
}

int restore(const Options& options, const BackupCommand& wished) {
    const Secret secret = archive_passphrase(options, wished);
    const storage::Restored restored = storage::restore(wished.file, options.location(), keys_of(options), secret);
    say(options, program_text("backup.restored", options.language,
                              {{"place", options.location().name()},
                               {"rows", static_cast<double>(restored.rows)},
                               {"made", restored.manifest.made_at}}));
    if (!restored.locked_by.empty())
        say(options, program_text("backup.locked", options.language, {{"key", keys_of(options).file.string()}}));
    return exit_done;
}

int export_rows(const Options& options, const BackupCommand& wished) {
    storage::Database database{options.location()};
    accounts::AuditTrail audit{database, server_name(options.data_directory), system_time};
    storage::BackupWish wish{
        .file = wished.file, .organisation = wished.organisation, .made_at = utc_text(system_time())};
    if (wished.encrypt) wish.passphrase = passphrase(options, wished.passphrase_file);
    audit.note(at_the_command_line(), {"exported", wished.organisation, wished.file.filename().string()});
    const storage::Backup written = storage::back_up(database, wish);
    say(options, program_text("backup.exported", options.language,
                              {{"file", wished.file.string()}, {"rows", rows_of(written.manifest)}}));
    return exit_done;
}

int import_rows(const Options& options, const BackupCommand& wished) {
    const Secret secret = archive_passphrase(options, wished);
    storage::Database database{options.location()};
    accounts::AuditTrail audit{database, server_name(options.data_directory), system_time};
    const storage::Imported imported =
        storage::import_from(wished.file, database, secret, [&](soci::session& sql, const archive::Manifest& manifest) {
            audit.append(sql, at_the_command_line(),
                         {"imported", manifest.organisation, wished.file.filename().string()});
        });
    say(options, program_text("backup.imported", options.language,
                              {{"added", static_cast<double>(imported.import.added)},
                               {"there", static_cast<double>(imported.import.there_already)}}));
    return exit_done;
}

}  // namespace resmon::cli
