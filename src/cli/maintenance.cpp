// resmon key rotate, resmon migrate: the key of encrypted columns, and the schema of the database.
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "storage/database.hpp"
#include "storage/key_rotation.hpp"
#include "storage/migrate.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace resmon::cli {

int rotate_key(const Options& options) {
    storage::Database database{options.location()};
    const storage::Rotation done =
        storage::rotate_keys(database, storage::key_place(options.data_directory, options.key_file));
    write_output(options, program_text("key.rotated", options.language,
                                       {{"changed", static_cast<double>(done.changed)},
                                        {"removed", static_cast<double>(done.removed_keys)}}) +
                              "\n");
    if (done.locked.empty()) return exit_done;
    write_output(options, program_text("key.locked", options.language,
                                       {{"places", fmt::format("{}", fmt::join(done.locked, ", "))}}) +
                              "\n");
    return exit_damage;
}

int migrate(const Options& options, bool is_dry_run) {
    if (!is_dry_run) {
        const storage::Database database{options.location()};
        write_output(options, program_text("migrate.done", options.language) + "\n");
        return exit_done;
    }
    storage::prepare_folder(options.data_directory);
    storage::Connection connection{options.location()};
    const std::vector<std::string> missing = storage::try_to_migrate(connection, storage::shipped_migration_list());
    write_output(options, missing.empty() ? program_text("migrate.nothing", options.language) + "\n"
                                          : program_text("migrate.would", options.language,
                                                         {{"names", fmt::format("{}", fmt::join(missing, ", "))}}) +
                                                "\n");
    return exit_done;
}

}  // namespace resmon::cli
