// One connection to either database engine, and how a transaction begins and ends there.
#pragma once

#include "base/error.hpp"
#include "storage/location.hpp"

#include <soci/soci.h>

#include <chrono>
#include <exception>
#include <string>
#include <vector>

namespace resmon::storage {

class Connection {
public:
    /// Throws soci::soci_error if it cannot be opened.
    explicit Connection(const Location& location);

    [[nodiscard]] soci::session& sql() noexcept { return sql_; }

    /// Holds the write lock of SQLite from its beginning.
    void begin_writing();
    /// Sees one committed state until it ends.
    void begin_reading();
    void commit();
    /// Never throws: the first fault is told; that the transaction is gone already is no second one.
    void roll_back() noexcept;

    /// A part of a transaction that can be undone alone.
    void begin_part();
    void keep_part();
    void undo_part() noexcept;

    /// False after a fault that undid the whole transaction, such as a full disk or a lost connection.
    [[nodiscard]] bool is_in_transaction() const;
    [[nodiscard]] bool is_lost() const;

    /// PostgreSQL alone: from now on hears what is notified on the channel.
    void listen(const std::string& channel);
    /// What was notified, after waiting for it at most that long. Throws soci::soci_error if the connection is lost.
    [[nodiscard]] std::vector<std::string> notifications(std::chrono::milliseconds patience);

private:
    void begin(const char* sqlite, const char* postgresql);
    void tell_silently(const char* statement) noexcept;

    Location location_;
    soci::session sql_;
};

/// What a fault of either engine means to people: full, damaged, or later perhaps.
[[nodiscard]] Unavailable unavailable_from(const std::exception& fault, const Location& location);

}  // namespace resmon::storage
