#include "storage/damage.hpp"

#include "base/error.hpp"

#include <sqlite3.h>

#include <memory>

namespace resmon::storage {

namespace {

std::string damage_told_by(sqlite3* connection, const std::filesystem::path& file) {
    const int status = sqlite3_errcode(connection);
    if (status == SQLITE_CORRUPT || status == SQLITE_NOTADB) return sqlite3_errmsg(connection);
    throw Unavailable{
        worded("fault.unavailable.not-looked-at", {{"file", file.string()}, {"why", sqlite3_errmsg(connection)}})};
}

}  // namespace

std::string damage_of(const std::filesystem::path& file) {
    // Not by SOCI, which loses its connection when a damaged file cannot be opened; and only to read.
    sqlite3* opened = nullptr;
    const int status = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> connection{opened, sqlite3_close};
    if (status != SQLITE_OK) return damage_told_by(opened, file);
    std::string verdict;
    const auto take = [](void* text, int, char** values, char**) {
        auto& lines = *static_cast<std::string*>(text);
        lines += (lines.empty() ? "" : "; ") + std::string{values[0]};
        return 0;
    };
    if (sqlite3_exec(opened, "PRAGMA integrity_check(3)", take, &verdict, nullptr) != SQLITE_OK)
        return damage_told_by(opened, file);
    return verdict == "ok" ? std::string{} : verdict;
}

}  // namespace resmon::storage
