#include "storage/connection.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace resmon::storage {

namespace {

// SOCI includes the header of SQLite within a namespace of its own.
using namespace sqlite_api;

sqlite3* sqlite_of(const soci::session& sql) {
    auto& session = const_cast<soci::session&>(sql);
    return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

PGconn* postgresql_of(const soci::session& sql) {
    auto& session = const_cast<soci::session&>(sql);
    auto* backend = static_cast<soci::postgresql_session_backend*>(session.get_backend());
    return backend == nullptr ? nullptr : backend->conn_;
}

/// Before SQLite is used for the first time: a connection is used by one thread at a time, and nobody asks how much
/// memory all of them take together. Without this every statement of every thread passes through one lock.
void configure_sqlite() {
    static const bool is_done = [] {
        sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        return true;
    }();
    (void)is_done;
}

void open(soci::session& sql, const Location& location) {
    if (location.engine() == Engine::sqlite) {
        configure_sqlite();
        sql.open(soci::sqlite3, fmt::format("dbname={} timeout=10 synchronous=full", location.file().string()));
        sql << "PRAGMA journal_mode = WAL";
        sql << "PRAGMA synchronous = FULL";
        sql << "PRAGMA foreign_keys = ON";
        return;
    }
    sql.open(soci::postgresql, location.url);
    // The promise is ours, whatever the server's default; a lock that cannot be had is told, not waited for.
    sql << "SET synchronous_commit = on";
    sql << "SET lock_timeout = '10s'";
    sql << "SET client_min_messages = warning";
    sql << "SET application_name = 'resmon'";
}

}  // namespace

Connection::Connection(const Location& location) : location_{location} { open(sql_, location_); }

void Connection::begin(const char* sqlite, const char* postgresql) {
    if (location_.engine() == Engine::sqlite) {
        sql_ << sqlite;
        return;
    }
    try {
        sql_ << postgresql;
    } catch (const soci::soci_error&) {
        // The server was restarted since the last transaction: nothing of this one has run, so it may begin anew.
        sql_.close();
        open(sql_, location_);
        sql_ << postgresql;
    }
}

void Connection::begin_writing() { begin("BEGIN IMMEDIATE", "BEGIN"); }
void Connection::begin_reading() { begin("BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
void Connection::commit() { sql_ << "COMMIT"; }
void Connection::roll_back() noexcept { tell_silently("ROLLBACK"); }

void Connection::begin_part() { sql_ << "SAVEPOINT part"; }
void Connection::keep_part() { sql_ << "RELEASE SAVEPOINT part"; }

void Connection::undo_part() noexcept {
    tell_silently("ROLLBACK TO SAVEPOINT part");
    tell_silently("RELEASE SAVEPOINT part");
}

bool Connection::is_in_transaction() const {
    if (location_.engine() == Engine::sqlite) return sqlite3_get_autocommit(sqlite_of(sql_)) == 0;
    const PGconn* connection = postgresql_of(sql_);
    return connection != nullptr && PQtransactionStatus(connection) == PQTRANS_INTRANS;
}

bool Connection::is_lost() const {
    return location_.engine() == Engine::postgresql && PQstatus(postgresql_of(sql_)) != CONNECTION_OK;
}

void Connection::listen(const std::string& channel) { sql_ << "LISTEN " + channel; }

std::vector<std::string> Connection::notifications(std::chrono::milliseconds patience) {
    PGconn* connection = postgresql_of(sql_);
    pollfd socket{.fd = PQsocket(connection), .events = POLLIN, .revents = 0};
    ::poll(&socket, 1, static_cast<int>(patience.count()));
    if (PQconsumeInput(connection) == 0) throw soci::soci_error{PQerrorMessage(connection)};
    std::vector<std::string> heard;
    while (PGnotify* notification = PQnotifies(connection)) {
        heard.emplace_back(notification->extra);
        PQfreemem(notification);
    }
    return heard;
}

void Connection::tell_silently(const char* statement) noexcept {
    if (location_.engine() == Engine::sqlite)
        sqlite3_exec(sqlite_of(sql_), statement, nullptr, nullptr, nullptr);
    else if (PGconn* connection = postgresql_of(sql_); connection != nullptr)
        PQclear(PQexec(connection, statement));
}

}  // namespace resmon::storage
