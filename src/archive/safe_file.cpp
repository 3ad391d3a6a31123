#include "archive/safe_file.hpp"

#include "base/error.hpp"
#include "secrets/digest.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace resmon::archive {

namespace fs = std::filesystem;

namespace {

constexpr mode_t owner_only = 0600;
constexpr std::size_t name_bytes = 4;

[[noreturn]] void fail(const fs::path& file, const char* doing) {
    const std::string reason = std::error_code{errno, std::generic_category()}.message();
    throw Unavailable{fmt::format("{} cannot be {}: {}", file.string(), doing, reason)};
}

class Descriptor {
public:
    Descriptor(const fs::path& path, int flags) : number_{::open(path.c_str(), flags | O_CLOEXEC, owner_only)} {
        if (number_ < 0) fail(path, "opened");
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
        if (written < 0) fail(path, "written");
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(file.number()) != 0) fail(path, "synced to the disk");
}

void sync_folder_of(const fs::path& file) {
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path{"."};
    const Descriptor opened{folder, O_RDONLY | O_DIRECTORY};
    if (::fsync(opened.number()) != 0) fail(folder, "synced to the disk");
}

fs::path beside(const fs::path& file) { return fs::path{file}.concat(fmt::format(".{}.part", random_hex(name_bytes))); }

}  // namespace

PartFile::PartFile(fs::path path) : path_{std::move(path)} {
    ::unlink(path_.c_str());
    const Descriptor made{path_, O_WRONLY | O_CREAT | O_EXCL};
}

PartFile::~PartFile() { ::unlink(path_.c_str()); }

void put_in_place(const fs::path& part, const fs::path& file) {
    {
        const Descriptor written{part, O_RDONLY};
        if (::fsync(written.number()) != 0) fail(part, "synced to the disk");
    }
    if (::rename(part.c_str(), file.c_str()) != 0) fail(file, "put in its place");
    sync_folder_of(file);
}

void write_safely(const fs::path& file, std::string_view content) {
    const PartFile part{beside(file)};
    {
        const Descriptor opened{part.path(), O_WRONLY | O_TRUNC};
        write_all(opened, part.path(), content);
    }
    put_in_place(part.path(), file);
}

bool create_safely(const fs::path& file, std::string_view content) {
    const PartFile part{beside(file)};
    {
        const Descriptor opened{part.path(), O_WRONLY | O_TRUNC};
        write_all(opened, part.path(), content);
    }
    if (::link(part.path().c_str(), file.c_str()) != 0) {
        if (errno == EEXIST) return false;
        fail(file, "made");
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
