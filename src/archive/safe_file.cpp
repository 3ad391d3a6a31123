#include "archive/safe_file.hpp"

#include "base/error.hpp"
#include "secrets/digest.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <regex>
#include <string>
#include <system_error>

namespace resmon::archive {

namespace fs = std::filesystem;

namespace {

constexpr mode_t owner_only = 0600;
constexpr std::size_t name_bytes = 4;

[[noreturn]] void fail(const fs::path& file, const char* fault) {
    const bool is_full = errno == ENOSPC || errno == EDQUOT;
    const Wording reason = system_reason(errno);
    throw Unavailable{worded(fault, {{"file", file.string()}, {"why", reason}}),
                      is_full ? Unavailable::Why::storage_full : Unavailable::Why::busy};
}

class Descriptor {
public:
    Descriptor(const fs::path& path, int flags) : number_{::open(path.c_str(), flags | O_CLOEXEC, owner_only)} {
        if (number_ < 0) fail(path, "fault.unavailable.not-opened");
    }
    ~Descriptor() { ::close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int number() const noexcept { return number_; }

private:
    int number_;
};

void write_all(const Descriptor& file, const fs::path& path, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(file.number(), content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(path, "fault.unavailable.unwritten");
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(file.number()) != 0) fail(path, "fault.unavailable.not-synced");
}

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path{"."}; }

void sync_folder_of(const fs::path& file) {
    const fs::path folder = folder_of(file);
    const Descriptor opened{folder, O_RDONLY | O_DIRECTORY};
    if (::fsync(opened.number()) != 0) fail(folder, "fault.unavailable.not-synced");
}

/// Part files, and what libzip and SQLite put beside them.
void remove_what_was_left(const fs::path& folder) {
    static const std::regex part{R"(.*\.[0-9a-f]{8}\.resmon-part(\.\w{6}|-journal)?)"};
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator{folder, ignored})
        if (entry.is_regular_file(ignored) && std::regex_match(entry.path().filename().string(), part))
            fs::remove(entry.path(), ignored);
}

}  // namespace

PartFile::PartFile(const fs::path& file)
    : path_{fs::path{file}.concat(fmt::format(".{}.resmon-part", random_hex(name_bytes)))},
      folder_{::open(folder_of(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)} {
    // Whoever has a part file holds the folder; the system lets go for those who were killed. Where folders cannot be
    // locked nothing is removed.
    if (::flock(folder_, LOCK_EX | LOCK_NB) == 0) remove_what_was_left(folder_of(file));
    ::flock(folder_, LOCK_SH);
    const int made = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only);
    if (made >= 0) {
        ::close(made);
        return;
    }
    const int reason = errno;
    ::close(folder_);
    errno = reason;
    fail(path_, "fault.unavailable.not-made");
}

PartFile::~PartFile() {
    ::unlink(path_.c_str());
    ::close(folder_);
}

void put_in_place(const fs::path& part, const fs::path& file) {
    {
        const Descriptor written{part, O_RDONLY};
        if (::fsync(written.number()) != 0) fail(part, "fault.unavailable.not-synced");
    }
    if (::rename(part.c_str(), file.c_str()) != 0) fail(file, "fault.unavailable.not-in-place");
    sync_folder_of(file);
}

void write_safely(const fs::path& file, std::string_view content) {
    const PartFile part{file};
    {
        const Descriptor opened{part.path(), O_WRONLY | O_TRUNC};
        write_all(opened, part.path(), content);
    }
    put_in_place(part.path(), file);
}

bool create_safely(const fs::path& file, std::string_view content) {
    const PartFile part{file};
    {
        const Descriptor opened{part.path(), O_WRONLY | O_TRUNC};
        write_all(opened, part.path(), content);
    }
    if (::link(part.path().c_str(), file.c_str()) != 0) {
        if (errno == EEXIST) return false;
        fail(file, "fault.unavailable.not-made");
    }
    sync_folder_of(file);
    return true;
}

void append_safely(const fs::path& file, std::string_view content) {
    {
        const Descriptor opened{file, O_WRONLY | O_CREAT | O_APPEND};
        write_all(opened, file, content);
    }
    sync_folder_of(file);
}

}  // namespace resmon::archive
