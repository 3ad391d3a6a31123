// A disk that keeps only what was synced: files of SQLite as they would be after a power cut at any moment.
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace resmon {

/// While it lives, SQLite opens every file of this process through it. Files work as ever; beside them it knows what of
/// each would be on the disk. A name is on the disk once its file was synced: SQLite syncs the folder of its own files.
class ForgetfulDisk {
public:
    /// What a file became since its last sync, in this order.
    struct Change {
        sqlite3_int64 at = 0;
        std::string bytes = {};
        bool is_truncation = false;  ///< to `at` bytes
    };
    struct File {
        std::string synced;
        bool is_named = false;
        std::vector<Change> unsynced = {};
    };
    using Files = std::map<std::string, File>;  ///< by path

    explicit ForgetfulDisk(std::filesystem::path folder)
        : folder_{std::move(folder)}, real_{sqlite3_vfs_find(nullptr)} {
        vfs_ = *real_;
        vfs_.zName = "forgetful";
        vfs_.pAppData = this;
        vfs_.szOsFile = static_cast<int>(sizeof(Opened)) + real_->szOsFile;
        vfs_.xOpen = open;
        vfs_.xDelete = remove;
        if (sqlite3_vfs_register(&vfs_, 1) != SQLITE_OK) throw std::runtime_error{"the disk cannot be registered"};
    }
    /// Everything opened through it must be closed.
    ~ForgetfulDisk() {
        sqlite3_vfs_unregister(&vfs_);
        sqlite3_vfs_register(real_, 1);
    }
    ForgetfulDisk(const ForgetfulDisk&) = delete;
    ForgetfulDisk& operator=(const ForgetfulDisk&) = delete;

    /// Called before every write, truncation, sync and removal, with nothing changing meanwhile.
    void before_each(std::function<void(const Files&)> look) {
        const std::lock_guard lock{mutex_};
        look_ = std::move(look);
    }

    /// What is on the disk now.
    [[nodiscard]] Files files() {
        const std::lock_guard lock{mutex_};
        return files_;
    }

    /// The power is back: writes into an empty folder what the disk kept. `luck` decides which of the unsynced changes
    /// reached it nevertheless, whole or in part; without, none did.
    static void put(const Files& files, const std::filesystem::path& folder, std::mt19937* luck) {
        constexpr std::size_t sector = 512;
        for (const auto& [path, file] : files) {
            if (!file.is_named) continue;
            std::string content = file.synced;
            for (Change change : file.unsynced) {
                if (luck == nullptr || (*luck)() % 2 == 0) continue;
                if ((*luck)() % 4 == 0 && !change.is_truncation)
                    change.bytes.resize(((*luck)() % (change.bytes.size() / sector + 1)) * sector);
                apply(change, content);
            }
            std::ofstream{folder / std::filesystem::path{path}.filename(), std::ios::binary} << content;
        }
    }

private:
    /// One open file: ours, and after it the one of the real disk.
    struct Opened {
        sqlite3_file base;
        ForgetfulDisk* disk;
        char path[4096];

        [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    };

    static Opened* of(sqlite3_file* file) { return reinterpret_cast<Opened*>(file); }

    static void apply(const Change& change, std::string& content) {
        const auto at = static_cast<std::size_t>(change.at);
        if (change.is_truncation) {
            content.resize(at);
            return;
        }
        content.resize(std::max(content.size(), at + change.bytes.size()));
        content.replace(at, change.bytes.size(), change.bytes);
    }

    /// Runs what changes a file of the folder, and remembers it.
    template <class Action, class Remember>
    static int change(Opened* file, const Action& action, const Remember& remember) {
        ForgetfulDisk& disk = *file->disk;
        const std::lock_guard lock{disk.mutex_};
        if (disk.look_) disk.look_(disk.files_);
        const int status = action();
        if (status == SQLITE_OK) remember(disk.files_[file->path]);
        return status;
    }

    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
        auto& disk = *static_cast<ForgetfulDisk*>(vfs->pAppData);
        Opened* opened = of(file);
        // Temporary files and those of other folders are the real disk's.
        const std::string path = name == nullptr ? "" : name;
        const int status = disk.real_->xOpen(disk.real_, name, opened->real(), flags, out);
        opened->base.pMethods = status == SQLITE_OK ? methods() : nullptr;
        opened->disk = &disk;
        opened->path[0] = '\0';
        if (path.size() < sizeof opened->path && std::filesystem::path{path}.parent_path() == disk.folder_)
            std::memcpy(opened->path, path.c_str(), path.size() + 1);
        return status;
    }

    static int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
        auto& disk = *static_cast<ForgetfulDisk*>(vfs->pAppData);
        const std::lock_guard lock{disk.mutex_};
        if (disk.look_) disk.look_(disk.files_);
        const int status = disk.real_->xDelete(disk.real_, name, sync_folder);
        if (status == SQLITE_OK) disk.files_.erase(name);
        return status;
    }

    static bool is_watched(sqlite3_file* file) { return of(file)->path[0] != '\0'; }

    static int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
        sqlite3_file* real = of(file)->real();
        const auto action = [&] { return real->pMethods->xWrite(real, bytes, count, at); };
        if (!is_watched(file)) return action();
        return change(of(file), action, [&](File& known) {
            known.unsynced.push_back(
                {.at = at, .bytes = {static_cast<const char*>(bytes), static_cast<std::size_t>(count)}});
        });
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        sqlite3_file* real = of(file)->real();
        const auto action = [&] { return real->pMethods->xTruncate(real, size); };
        if (!is_watched(file)) return action();
        return change(of(file), action,
                      [&](File& known) { known.unsynced.push_back({.at = size, .is_truncation = true}); });
    }
    static int sync(sqlite3_file* file, int flags) {
        sqlite3_file* real = of(file)->real();
        // The real disk need not be troubled: what counts is what we remember.
        if (!is_watched(file)) return real->pMethods->xSync(real, flags);
        return change(
            of(file), [] { return SQLITE_OK; },
            [&](File& known) {
                for (const Change& one : known.unsynced) apply(one, known.synced);
                known.unsynced.clear();
                known.is_named = true;
            });
    }

    /// The rest is passed on.
    template <auto Method, class... Arguments>
    static auto passed_on(sqlite3_file* file, Arguments... arguments) {
        sqlite3_file* real = of(file)->real();
        return (real->pMethods->*Method)(real, arguments...);
    }

    static const sqlite3_io_methods* methods() {
        using M = sqlite3_io_methods;
        static const sqlite3_io_methods all{
            .iVersion = 2,  // with shared memory, without mapped files, which would be written past us
            .xClose = [](sqlite3_file* file) { return passed_on<&M::xClose>(file); },
            .xRead = [](sqlite3_file* file, void* to, int count,
                        sqlite3_int64 at) { return passed_on<&M::xRead>(file, to, count, at); },
            .xWrite = write,
            .xTruncate = truncate,
            .xSync = sync,
            .xFileSize = [](sqlite3_file* file, sqlite3_int64* size) { return passed_on<&M::xFileSize>(file, size); },
            .xLock = [](sqlite3_file* file, int level) { return passed_on<&M::xLock>(file, level); },
            .xUnlock = [](sqlite3_file* file, int level) { return passed_on<&M::xUnlock>(file, level); },
            .xCheckReservedLock = [](sqlite3_file* file,
                                     int* out) { return passed_on<&M::xCheckReservedLock>(file, out); },
            .xFileControl = [](sqlite3_file* file, int what,
                               void* with) { return passed_on<&M::xFileControl>(file, what, with); },
            .xSectorSize = [](sqlite3_file* file) { return passed_on<&M::xSectorSize>(file); },
            .xDeviceCharacteristics = [](sqlite3_file* file) { return passed_on<&M::xDeviceCharacteristics>(file); },
            .xShmMap = [](sqlite3_file* file, int page, int size, int extend,
                          void volatile** out) { return passed_on<&M::xShmMap>(file, page, size, extend, out); },
            .xShmLock = [](sqlite3_file* file, int at, int count,
                           int flags) { return passed_on<&M::xShmLock>(file, at, count, flags); },
            .xShmBarrier = [](sqlite3_file* file) { passed_on<&M::xShmBarrier>(file); },
            .xShmUnmap = [](sqlite3_file* file, int is_removed) { return passed_on<&M::xShmUnmap>(file, is_removed); },
            .xFetch = nullptr,
            .xUnfetch = nullptr};
        return &all;
    }

    std::filesystem::path folder_;
    sqlite3_vfs* real_;
    sqlite3_vfs vfs_{};
    std::mutex mutex_;  ///< guards the next two
    Files files_;
    std::function<void(const Files&)> look_;
};

}  // namespace resmon
