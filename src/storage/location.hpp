// Where the database is.
#pragma once

#include <filesystem>
#include <string>

namespace resmon::storage {

enum class Engine { sqlite, postgresql };

struct Location {
    std::filesystem::path folder;  ///< of resmon.db, and of the key and snapshots for either engine
    std::string url = {};          ///< `postgresql://user:password@host/name`; empty = SQLite

    [[nodiscard]] Engine engine() const { return url.empty() ? Engine::sqlite : Engine::postgresql; }
    [[nodiscard]] std::filesystem::path file() const { return folder / "resmon.db"; }
    /// For people and logs: without a password.
    [[nodiscard]] std::string name() const;
};

/// Where a restore works until what it made is complete.
[[nodiscard]] inline std::filesystem::path restoring_folder(const Location& location) {
    return location.folder / "restoring";
}

/// The folder, created and closed to other users if it is new. Throws Unavailable if that cannot be done.
void prepare_folder(const std::filesystem::path& folder);

}  // namespace resmon::storage
