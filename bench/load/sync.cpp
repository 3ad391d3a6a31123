// resmon_sync: how long this disk takes to make a page durable, as a database that commits would ask it to.
#include "load/report.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <system_error>

namespace {

constexpr std::size_t page = 4096;
constexpr std::size_t pages = 1000;  // as many as SQLite's write-ahead log has before it is begun anew

void must(bool is_done, const char* what) {
    if (!is_done) throw std::system_error{errno, std::generic_category(), what};
}

}  // namespace

/// resmon_sync FILE SECONDS: overwrites one page after the other of a file of 4 MB, each with a sync.
int main(int argc, char** argv) try {
    if (argc != 3) {
        fmt::print(stderr, "resmon_sync FILE SECONDS\n");
        return 2;
    }
    const int file = ::open(argv[1], O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    must(file >= 0, argv[1]);
    std::array<char, page> content{};
    for (std::size_t at = 0; at < pages; ++at)
        must(::pwrite(file, content.data(), page, static_cast<off_t>(at * page)) == page, "pwrite");
    must(::fsync(file) == 0, "fsync");

    resmon::load::Times times;
    const auto until = resmon::load::Clock::now() + std::chrono::duration<double>{std::strtod(argv[2], nullptr)};
    for (std::size_t turn = 0; resmon::load::Clock::now() < until; ++turn) {
        content[turn % page] = static_cast<char>(turn);
        must(::pwrite(file, content.data(), page, static_cast<off_t>(turn % pages * page)) == page, "pwrite");
        const auto began = resmon::load::Clock::now();
        must(::fdatasync(file) == 0, "fdatasync");
        times.add(resmon::load::Clock::now() - began);
    }
    fmt::print("{}\n", times.json());
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "resmon_sync: {}\n", error.what());
    return 1;
}
