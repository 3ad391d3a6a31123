// What is asked of a server: who asks, what is read, what is written, and what a right answer looks like.
#pragma once

#include <cstddef>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::load {

/// Who asks: the name and value of the cookie, and the token that a change must carry.
struct Session {
    std::string cookie;
    std::string csrf;
};

struct Ask {
    std::string method;
    std::string path;
    int status = 200;
    std::size_t bytes = 0;  ///< of the right answer's body
    std::string beginning;  ///< of the right answer's body
};

/// A mix: each request is a write with a fixed probability. Reads are drawn, writes come in the order of the file.
class Plan {
public:
    /// Lines of fields separated by tabs: `session COOKIE CSRF`, `read PATH BYTES BEGINNING`, `write METHOD PATH
    /// STATUS`. Throws std::runtime_error with file and line.
    explicit Plan(const std::filesystem::path& file, double write_share, unsigned seed);

    struct Next {
        const Session& session;
        const Ask& ask;
        bool is_write = false;
    };
    [[nodiscard]] Next next();

private:
    std::vector<Session> sessions_;
    std::vector<Ask> reads_;
    std::vector<Ask> writes_;
    std::size_t next_session_ = 0;
    std::size_t next_write_ = 0;
    std::bernoulli_distribution is_write_;
    std::uniform_int_distribution<std::size_t> which_read_;
    std::mt19937 random_;
};

/// The request as it goes over the wire.
void append_request(std::string& out, const Plan::Next& next, std::string_view host);

}  // namespace resmon::load
