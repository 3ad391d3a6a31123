// The database: one file of SQLite, or PostgreSQL where several servers share it. What was acknowledged is on the disk.
#pragma once

#include "storage/location.hpp"

#include <soci/soci.h>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace resmon::storage {

class Changes;
class Connection;

/// Statements in one transaction. May be run in the thread of another writer, so it must not rely on its own.
using Work = std::function<void(soci::session&)>;

class Database {
public:
    /// Opens or creates the database and brings its schema up to date. A new folder is closed to other users.
    /// Throws Unavailable if it cannot be opened, Conflict if a newer program wrote it.
    explicit Database(Location location);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs `work` in a transaction and returns after the sync to disk. Nothing of it remains if `work` throws.
    /// Those who wait for the writer meanwhile are written together with one sync, each undone alone if it throws.
    /// Throws Unavailable if the disk is full, the lock cannot be had or PostgreSQL does not answer.
    void write(const Work& work);

    /// Runs `work` on one committed state; readers never wait for the writer.
    void read(const Work& work);

    /// What is committed here and by other servers of the same database.
    [[nodiscard]] Changes& changes() noexcept { return *changes_; }

    [[nodiscard]] const Location& location() const noexcept { return location_; }

private:
    struct Waiting;

    void commit(const std::vector<Waiting*>& batch);
    void commit_one_by_one(const std::vector<Waiting*>& batch);
    [[nodiscard]] std::unique_ptr<Connection> borrowed_reader();
    void give_back(std::unique_ptr<Connection> reader);

    Location location_;
    std::unique_ptr<Connection> writer_;
    std::unique_ptr<Changes> changes_;

    std::mutex waiting_mutex_;  ///< guards the next two
    std::vector<Waiting*> waiting_;
    bool is_writing_ = false;

    std::mutex readers_mutex_;  ///< guards the next
    std::vector<std::unique_ptr<Connection>> readers_;
};

}  // namespace resmon::storage
