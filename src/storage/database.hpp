// The database: one file of SQLite, one writer, readers beside it. What was acknowledged is on the disk.
#pragma once

#include <soci/soci.h>

#include <filesystem>
#include <functional>
#include <mutex>
#include <string>

namespace resmon::storage {

class Database {
public:
    /// Opens or creates `folder`/resmon.db and brings its schema up to date. The folder is closed to other users.
    /// Throws Unavailable if it cannot be opened, Conflict if a newer program wrote it.
    explicit Database(const std::filesystem::path& folder);

    /// Runs `work` in a transaction that holds the write lock from its beginning; returns after the sync to disk.
    /// Nothing of it remains if `work` throws. Throws Unavailable if the disk is full or the lock cannot be had.
    void write(const std::function<void(soci::session&)>& work);

    /// Runs `work` on a connection of its own kind: readers see the last committed state and never wait for the writer.
    void read(const std::function<void(soci::session&)>& work);

private:
    std::filesystem::path file_;
    std::mutex writing_;
    std::mutex reading_;
    soci::session writer_;
    soci::session reader_;
};

/// What PRAGMA integrity_check finds in the file; empty if it is intact.
[[nodiscard]] std::string damage_of(const std::filesystem::path& file);

}  // namespace resmon::storage
