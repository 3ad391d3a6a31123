// Files that are whole or not there, also after a power cut: written beside their place, synced, renamed.
#pragma once

#include <filesystem>
#include <string_view>

namespace resmon::archive {

// All throw Unavailable, with the file and the reason, and leave no half file behind. New files are for their owner
// alone.

/// In place of a former file in one step.
void write_safely(const std::filesystem::path& file, std::string_view content);

/// False if the file is there already; of several programs exactly one makes it.
[[nodiscard]] bool create_safely(const std::filesystem::path& file, std::string_view content);

/// At the end of the file, synced.
void append_safely(const std::filesystem::path& file, std::string_view content);

/// Syncs what was written beside its place, and puts it there in one step.
void put_in_place(const std::filesystem::path& part, const std::filesystem::path& file);

/// A file beside another that is removed at the end of its scope, unless it was put in place. For what is written by
/// others. What killed programs left in the folder is removed with it, as soon as nobody has such a file there.
class PartFile {
public:
    /// Closed to other users from its beginning. `file` is where it shall be put, or what it is called after.
    explicit PartFile(const std::filesystem::path& file);
    ~PartFile();
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
    int folder_;  ///< locked (shared) while the file is there
};

}  // namespace resmon::archive
