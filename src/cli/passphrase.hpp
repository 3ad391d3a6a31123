// The passphrase of an encrypted archive: from a file, the environment, or the terminal, never from a command line.
#pragma once

#include "cli/commands.hpp"
#include "secrets/secret.hpp"

#include <filesystem>

namespace resmon::cli {

/// First line of the file if one is named, else $RESMON_PASSPHRASE, else asked on the terminal without echo.
/// Throws InputError if there is none.
[[nodiscard]] Secret passphrase(const Options& options, const std::filesystem::path& file);

/// As above if the archive is encrypted, else empty.
[[nodiscard]] Secret archive_passphrase(const Options& options, const BackupCommand& wished);

/// First line of the file; `-` = standard input. Throws InputError if it cannot be read.
[[nodiscard]] Secret first_line(const std::filesystem::path& file);

}  // namespace resmon::cli
