// What stands in a file that somebody named on the command line.
#pragma once

#include <filesystem>
#include <string>

namespace resmon::cli {

/// Throws InputError if it cannot be read.
[[nodiscard]] std::string content_of_file(const std::filesystem::path& path);

}  // namespace resmon::cli
