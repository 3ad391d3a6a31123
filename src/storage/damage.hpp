// What is wrong with a database file, looked at from outside: for the doctor, while nothing else needs it.
#pragma once

#include <filesystem>
#include <string>

namespace resmon::storage {

/// What PRAGMA integrity_check finds in the file; empty if it is intact.
[[nodiscard]] std::string damage_of(const std::filesystem::path& file);

}  // namespace resmon::storage
