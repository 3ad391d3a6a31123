// resmon tls new: certificates for a network that no public authority reaches.
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/file_content.hpp"
#include "server/new_certificate.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

namespace resmon::cli {

namespace {

namespace fs = std::filesystem;

struct NewFile {
    fs::path path;
    std::string content;
    mode_t mode;
};
constexpr mode_t for_everybody = 0644;
constexpr mode_t for_owner = 0600;

[[noreturn]] void fail(const fs::path& path) {
    const int reason = errno;
    if (reason == EEXIST) throw Conflict{worded("tls.exists", {{"path", path.string()}})};
    throw Unavailable{worded("fault.unavailable.unwritten", {{"file", path.string()}, {"why", system_reason(reason)}})};
}

/// The file is new and has its mode from the first moment.
void write_new(const NewFile& file) {
    const int descriptor = ::open(file.path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file.mode);
    if (descriptor < 0) fail(file.path);
    const ssize_t written = ::write(descriptor, file.content.data(), file.content.size());
    const bool is_kept = written == static_cast<ssize_t>(file.content.size()) && ::fsync(descriptor) == 0;
    if (!is_kept) fail(file.path);
    ::close(descriptor);
}

}  // namespace

int new_tls(const Options& options, const NewTls& wished) {
    const auto now = std::chrono::system_clock::now();
    const bool has_authority = !wished.authority.empty();
    const fs::path authority_certificate = wished.folder / "ca.crt";
    const fs::path authority_key = wished.folder / "ca.key";
    const fs::path certificate = wished.folder / "server.crt";
    const fs::path key = wished.folder / "server.key";

    const server::NewCertificate authority =
        has_authority ? server::NewCertificate{.certificate = content_of_file(wished.authority / "ca.crt"),
                                               .key = content_of_file(wished.authority / "ca.key")}
                      : server::new_authority("Resilienzmonitor " + wished.hosts.front(), now);
    const server::NewCertificate own = server::new_server_certificate(authority, wished.hosts, now);

    std::vector<NewFile> files{{certificate, own.certificate, for_everybody}, {key, own.key, for_owner}};
    if (!has_authority) {
        files.push_back({authority_certificate, authority.certificate, for_everybody});
        files.push_back({authority_key, authority.key, for_owner});
    }
    // All or nothing: half of a new pair beside half of an old one helps nobody.
    for (const NewFile& file : files)
        if (fs::exists(fs::symlink_status(file.path)))
            throw Conflict{worded("tls.exists", {{"path", file.path.string()}})};
    std::error_code error;
    fs::create_directories(wished.folder, error);
    for (const NewFile& file : files) write_new(file);

    if (options.quiet) return exit_done;
    fmt::print("{}\n", program_text("tls.server", options.language,
                                    {{"certificate", certificate.string()}, {"key", key.string()}}));
    if (has_authority) return exit_done;
    fmt::print("\n{}\n\n{}\n",
               program_text("tls.workstations", options.language,
                            {{"certificate", authority_certificate.string()},
                             {"fingerprint", server::fingerprint_of(authority.certificate)}}),
               program_text("tls.secret", options.language, {{"key", authority_key.string()}}));
    return exit_done;
}

}  // namespace resmon::cli
