#include "storage/connection.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>

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

/// SQLite's compiled statements, kept for the next time the same text is run: to compile takes longer than to run.
class KeptStatements {
public:
    KeptStatements() = default;
    KeptStatements(const KeptStatements&) = delete;
    KeptStatements& operator=(const KeptStatements&) = delete;
    ~KeptStatements() {
        for (const Kept& one : kept_) sqlite3_finalize(one.statement);
    }

    /// Null if it is not there.
    [[nodiscard]] sqlite3_stmt* taken(const std::string& text) {
        const auto found = std::ranges::find(kept_, text, &Kept::text);
        if (found == kept_.end()) return nullptr;
        sqlite3_stmt* statement = found->statement;
        kept_.erase(found);
        return statement;
    }

    /// Ends what the statement still reads or holds, as its destruction would.
    void keep(std::string text, sqlite3_stmt* statement) {
        constexpr std::size_t most = 64;
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
        kept_.push_back({std::move(text), statement});
        if (kept_.size() <= most) return;
        sqlite3_finalize(kept_.front().statement);
        kept_.erase(kept_.begin());
    }

private:
    struct Kept {
        std::string text;
        sqlite3_stmt* statement;
    };
    std::vector<Kept> kept_;  ///< the one that was used last is the last
};

/// What changes the schema or the connection is compiled when it is run.
bool is_worth_keeping(std::string_view text) {
    constexpr std::array beginnings{"SELECT ", "INSERT ", "UPDATE ",    "DELETE ",
                                    "BEGIN",   "COMMIT",  "SAVEPOINT ", "RELEASE "};
    return std::ranges::any_of(beginnings, [&](const char* beginning) { return text.starts_with(beginning); });
}

// SOCI compiles each statement anew. These three put themselves between it and SQLite, so that no statement elsewhere
// must know that it is kept.
struct KeepingStatement final : soci::sqlite3_statement_backend {
    KeepingStatement(soci::sqlite3_session_backend& session, KeptStatements& kept)
        : sqlite3_statement_backend{session}, kept_{kept} {}

    void prepare(const std::string& text, soci::details::statement_type type) override {
        clean_up();
        stmt_ = kept_.taken(text);
        if (stmt_ != nullptr)
            databaseReady_ = true;
        else
            sqlite3_statement_backend::prepare(text, type);
        if (is_worth_keeping(text)) text_ = text;
    }

    void clean_up() override {
        if (stmt_ != nullptr && !text_.empty()) kept_.keep(std::exchange(text_, {}), std::exchange(stmt_, nullptr));
        sqlite3_statement_backend::clean_up();
    }

private:
    KeptStatements& kept_;
    std::string text_;  ///< empty if the statement is not to be kept
};

struct KeepingSession final : soci::sqlite3_session_backend {
    using sqlite3_session_backend::sqlite3_session_backend;

    ~KeepingSession() override { kept_.reset(); }  // before the connection is closed

    soci::sqlite3_statement_backend* make_statement_backend() override { return new KeepingStatement{*this, *kept_}; }

private:
    std::unique_ptr<KeptStatements> kept_ = std::make_unique<KeptStatements>();
};

struct KeepingFactory final : soci::backend_factory {
    soci::details::session_backend* make_session(const soci::connection_parameters& parameters) const override {
        return new KeepingSession{parameters};
    }
};

const KeepingFactory keeping_sqlite;

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
        // `synchronous=full` here would be said before the timeout is: a moment in which the file is locked would be a
        // fault.
        sql.open(keeping_sqlite, fmt::format("dbname={} timeout=10", location.file().string()));
        sql << "PRAGMA journal_mode = WAL";
        sql << "PRAGMA synchronous = FULL";
        sql << "PRAGMA foreign_keys = ON";
        // Whoever writes while the log is carried over into the file waits for two more syncs. 32 MB of log, not 4: as
        // many saves of the survey as half a minute brings, not three seconds (bench/README.md).
        sql << "PRAGMA wal_autocheckpoint = 8000";
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

namespace {

/// SQLite calls it an I/O error if its shared memory finds no room.
bool is_without_room(const Location& location) {
    constexpr std::uintmax_t enough = 1 << 16;
    std::error_code error;
    const auto space = std::filesystem::space(location.folder, error);
    return !error && space.available < enough;
}

Unavailable::Why reason_of(const std::exception& fault, const Location& location) {
    using Why = Unavailable::Why;
    if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&fault); sqlite != nullptr) {
        constexpr int primary_code = 0xFF;
        switch (sqlite->result() & primary_code) {
            case SQLITE_FULL: return Why::storage_full;
            case SQLITE_CORRUPT:
            case SQLITE_NOTADB: return Why::damaged;
            case SQLITE_IOERR: return is_without_room(location) ? Why::storage_full : Why::busy;
            default: return Why::busy;
        }
    }
    if (const auto* postgresql = dynamic_cast<const soci::postgresql_soci_error*>(&fault); postgresql != nullptr) {
        // Disk full; data and index corrupted (PostgreSQL, appendix A).
        if (postgresql->sqlstate() == "53100") return Why::storage_full;
        if (postgresql->sqlstate() == "XX001" || postgresql->sqlstate() == "XX002") return Why::damaged;
    }
    return Why::busy;
}

/// On one line and without a password: libraries break lines and quote what they were given.
std::string told(std::string_view fault, const Location& location) {
    std::string text{fault};
    if (const std::size_t quoted = text.find(location.url); !location.url.empty() && quoted != std::string::npos)
        text.replace(quoted, location.url.size(), location.name());
    std::istringstream words{text};
    std::string line;
    for (std::string word; words >> word;) line += (line.empty() ? "" : " ") + word;
    return line;
}

}  // namespace

Unavailable unavailable_from(const std::exception& fault, const Location& location) {
    const Unavailable::Why why = reason_of(fault, location);
    const std::string database = location.name();
    // SOCI has no code for it.
    constexpr std::string_view unreached = "Cannot establish connection to the database.";
    const std::string_view fault_text = fault.what();
    const bool is_unreached = fault_text.starts_with(unreached);
    const std::string reason = told(is_unreached ? fault_text.substr(unreached.size()) : fault_text, location);
    const std::vector<TextArgument> about{{"database", database}, {"why", reason}};
    switch (why) {
        case Unavailable::Why::storage_full: return Unavailable{worded("fault.unavailable.disk-full", about), why};
        case Unavailable::Why::damaged: return Unavailable{worded("fault.unavailable.damaged", about), why};
        case Unavailable::Why::busy: break;
    }
    return Unavailable{worded(is_unreached ? "fault.unavailable.no-database" : "fault.unavailable.busy", about)};
}

}  // namespace resmon::storage
