// What changed, told to those who wait for it: by whichever server of the same database.
#pragma once

#include "storage/location.hpp"

#include <soci/soci.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <thread>

namespace resmon::storage {

/// In a transaction: once it is committed, those who watch the topic hear of it. At most 7000 bytes.
void announce(soci::session& sql, const std::string& topic);

/// PostgreSQL tells topics (LISTEN). SQLite tells only that something was committed, so there every topic changed.
class Changes {
public:
    explicit Changes(Location location) : location_{std::move(location)} {}
    ~Changes();
    Changes(const Changes&) = delete;
    Changes& operator=(const Changes&) = delete;

    /// Hears what changes from its beginning on: begin it, read, and wait only if what was read is not enough.
    class Watch {
    public:
        Watch(Changes& changes, std::string topic);
        ~Watch();
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;

        /// True if something may have changed since the beginning or the last true; false after `patience` or a stop.
        bool wait(std::chrono::milliseconds patience, const std::stop_token& stop = {});

    private:
        friend class Changes;
        Changes& changes_;
        std::string topic_;
        bool has_changed_ = false;  ///< guarded by the mutex of `changes_`
    };

    /// Something was committed by this process.
    void tell_all();

private:
    void add(Watch& watch);
    void remove(Watch& watch);
    void tell(const std::string& topic);
    void hear(const std::stop_token& stop);
    void hear_notifications(const std::stop_token& stop);
    void hear_commits(const std::stop_token& stop);

    Location location_;
    std::mutex mutex_;  ///< guards the next and what the watches say
    std::set<Watch*> watches_;
    std::condition_variable_any changed_;
    std::jthread listener_;  ///< begins with the first watch; last: ends before what it uses
};

}  // namespace resmon::storage
