#include "storage/database.hpp"

#include "base/error.hpp"
#include "storage/changes.hpp"
#include "storage/connection.hpp"
#include "storage/migrate.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <utility>

namespace resmon::storage {

namespace {

constexpr std::size_t most_idle_readers = 16;

/// The one place where a fault of SOCI becomes one of ours.
template <class Action>
auto translated(const Location& location, const Action& action) {
    try {
        return action();
    } catch (const soci::soci_error& error) {
        throw unavailable_from(error, location);
    }
}

}  // namespace

/// One caller of `write`, on its own stack until it is done.
struct Database::Waiting {
    const Work& work;
    std::exception_ptr fault = nullptr;
    bool is_done = false;
    bool is_next_to_write = false;
    std::condition_variable turn = {};  ///< of its own: whoever is woken has something to do
};

Database::Database(Location location) : location_{std::move(location)}, changes_{std::make_unique<Changes>(location_)} {
    prepare_folder(location_.folder);
    const bool is_new_file = location_.engine() == Engine::sqlite && !std::filesystem::exists(location_.file());
    translated(location_, [&] {
        writer_ = std::make_unique<Connection>(location_);
        // SQLite gives the files beside it the same permissions.
        if (is_new_file)
            std::filesystem::permissions(location_.file(),
                                         std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        migrate(*writer_, location_, shipped_migration_list());
    });
    // What a restore left that was killed: now that there is a database, no other may go on with it.
    std::error_code ignored;
    if (location_.engine() == Engine::sqlite) std::filesystem::remove_all(restoring_folder(location_), ignored);
}

Database::~Database() = default;

void Database::write(const Work& work) {
    Waiting mine{work};
    std::unique_lock lock{waiting_mutex_};
    waiting_.push_back(&mine);
    if (is_writing_) mine.turn.wait(lock, [&] { return mine.is_done || mine.is_next_to_write; });
    // Whoever finds nobody writing writes for all who wait at that moment: one sync to disk serves them.
    if (!mine.is_done) {
        is_writing_ = true;
        const std::vector<Waiting*> batch = std::exchange(waiting_, {});
        lock.unlock();
        commit(batch);
        lock.lock();
        // Told under the lock: who is told returns, and is no more.
        for (Waiting* one : batch) {
            one->is_done = true;
            one->turn.notify_one();
        }
        is_writing_ = !waiting_.empty();
        if (is_writing_) {
            waiting_.front()->is_next_to_write = true;
            waiting_.front()->turn.notify_one();
        }
    }
    lock.unlock();
    if (mine.fault) translated(location_, [&] { std::rethrow_exception(mine.fault); });
}

void Database::commit(const std::vector<Waiting*>& batch) {
    try {
        writer_->begin_writing();
        commit_one_by_one(batch);
        const bool is_empty = std::ranges::all_of(batch, [](const Waiting* one) { return one->fault != nullptr; });
        if (is_empty)
            writer_->roll_back();
        else
            writer_->commit();
        // PostgreSQL tells everybody alike what was announced.
        if (!is_empty && location_.engine() == Engine::sqlite) changes_->tell_all();
    } catch (const std::exception& error) {
        writer_->roll_back();
        for (Waiting* one : batch)
            if (!one->fault) one->fault = std::make_exception_ptr(unavailable_from(error, location_));
    }
}

void Database::commit_one_by_one(const std::vector<Waiting*>& batch) {
    for (Waiting* one : batch) {
        const bool is_alone = batch.size() == 1;
        if (!is_alone) writer_->begin_part();
        try {
            one->work(writer_->sql());
            if (!is_alone) writer_->keep_part();
        } catch (const std::exception&) {
            one->fault = std::current_exception();
            if (!is_alone) writer_->undo_part();
        }
        if (writer_->is_in_transaction() || is_alone) continue;
        // A fault of the engine that undid everything, such as a full disk, is the fault of all.
        if (one->fault) std::rethrow_exception(one->fault);
        throw Unavailable{worded("fault.unavailable.transaction")};
    }
}

void Database::read(const Work& work) {
    translated(location_, [&] {
        std::unique_ptr<Connection> reader = borrowed_reader();
        reader->begin_reading();
        try {
            work(reader->sql());
            reader->commit();
        } catch (const std::exception&) {
            reader->roll_back();
            if (!reader->is_lost()) give_back(std::move(reader));
            throw;
        }
        give_back(std::move(reader));
    });
}

std::unique_ptr<Connection> Database::borrowed_reader() {
    {
        const std::lock_guard lock{readers_mutex_};
        if (!readers_.empty()) {
            std::unique_ptr<Connection> reader = std::move(readers_.back());
            readers_.pop_back();
            return reader;
        }
    }
    return std::make_unique<Connection>(location_);
}

void Database::give_back(std::unique_ptr<Connection> reader) {
    const std::lock_guard lock{readers_mutex_};
    if (readers_.size() < most_idle_readers) readers_.push_back(std::move(reader));
}

}  // namespace resmon::storage
