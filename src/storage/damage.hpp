// What is wrong with a database file, looked at from outside: for the doctor, while nothing else needs it.
#pragma once

#include <filesystem>
#include <string>

namespace resmon::storage {

/// What PRAGMA integrity_check finds in the file; empty if it is intact. Throws Unavailable if it cannot be looked at,
/// which says nothing about what is in it: a full disk, a folder that may not be read.
[[nodiscard]] std::string damage_of(const std::filesystem::path& file);

}  // namespace resmon::storage
