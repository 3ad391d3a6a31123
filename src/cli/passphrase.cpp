#include "cli/passphrase.hpp"

#include "archive/encrypted_file.hpp"
#include "base/error.hpp"

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

namespace resmon::cli {

namespace {

/// The terminal does not show what is typed, for as long as this lives.
class NoEcho {
public:
    NoEcho() {
        tcgetattr(STDIN_FILENO, &before_);
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;
    ~NoEcho() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }

private:
    termios before_{};
};

Secret asked(const Options& options) {
    if (::isatty(STDIN_FILENO) == 0) throw InputError{program_text("passphrase.none", options.language)};
    fmt::print(stderr, "{} ", program_text("passphrase.ask", options.language));
    std::string line;
    {
        const NoEcho silent;
        std::getline(std::cin, line);
    }
    fmt::print(stderr, "\n");
    return Secret{std::move(line)};
}

}  // namespace

Secret first_line(const std::filesystem::path& file) {
    std::string line;
    if (file == "-") {
        std::getline(std::cin, line);
    } else {
        std::ifstream stream{file};
        if (!stream) throw InputError{worded("fault.path-readable", {{"file", file.string()}})};
        std::getline(stream, line);
    }
    return Secret{std::move(line)};
}

Secret passphrase(const Options& options, const std::filesystem::path& file) {
    const char* environment = std::getenv("RESMON_PASSPHRASE");
    const bool is_in_environment = environment != nullptr && *environment != '\0';
    Secret found = !file.empty()       ? first_line(file)
                   : is_in_environment ? Secret{std::string{environment}}
                                       : asked(options);
    if (found.empty()) throw InputError{program_text("passphrase.none", options.language)};
    return found;
}

Secret archive_passphrase(const Options& options, const BackupCommand& wished) {
    return archive::is_encrypted(wished.file) ? passphrase(options, wished.passphrase_file) : Secret{};
}

}  // namespace resmon::cli
