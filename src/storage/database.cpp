#include "storage/database.hpp"

#include "base/error.hpp"
#include "storage/migrate.hpp"

#include <fmt/format.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace resmon::storage {

namespace {

namespace fs = std::filesystem;

/// The one place where a fault of SOCI becomes one of ours.
template <class Work>
auto translated(const Work& work) {
    try {
        return work();
    } catch (const soci::soci_error& error) {
        throw Unavailable{fmt::format("the database cannot do this now: {}", error.what())};
    }
}

void open(soci::session& session, const fs::path& file) {
    session.open(soci::sqlite3, fmt::format("dbname={} timeout=10 synchronous=full", file.string()));
    session << "PRAGMA journal_mode = WAL";
    session << "PRAGMA synchronous = FULL";
    session << "PRAGMA foreign_keys = ON";
}

fs::path prepared(const fs::path& folder) {
    std::error_code error;
    const bool is_new = fs::create_directories(folder, error);
    if (error)
        throw Unavailable{fmt::format("the data folder {} cannot be created: {}", folder.string(), error.message())};
    // A list of weaknesses is nobody else's business on a shared machine.
    if (is_new) fs::permissions(folder, fs::perms::owner_all, error);
    return folder / "resmon.db";
}

}  // namespace

Database::Database(const fs::path& folder) : file_{prepared(folder)} {
    translated([&] {
        open(writer_, file_);
        migrate(writer_);
        open(reader_, file_);
    });
}

void Database::write(const std::function<void(soci::session&)>& work) {
    const std::lock_guard lock{writing_};
    translated([&] {
        writer_ << "BEGIN IMMEDIATE";
        try {
            work(writer_);
            writer_ << "COMMIT";
        } catch (const std::exception&) {
            // The first fault is told; that the transaction is gone already is no second one.
            sqlite3_exec(static_cast<soci::sqlite3_session_backend*>(writer_.get_backend())->conn_, "ROLLBACK", nullptr,
                         nullptr, nullptr);
            throw;
        }
    });
}

void Database::read(const std::function<void(soci::session&)>& work) {
    const std::lock_guard lock{reading_};
    translated([&] { work(reader_); });
}

}  // namespace resmon::storage
