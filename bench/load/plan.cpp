#include "load/plan.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace resmon::load {

namespace {

std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields;
    for (std::size_t begin = 0; begin <= line.size();) {
        const std::size_t end = std::min(line.find('\t', begin), line.size());
        fields.push_back(line.substr(begin, end - begin));
        begin = end + 1;
    }
    return fields;
}

}  // namespace

Plan::Plan(const std::filesystem::path& file, double write_share, unsigned seed)
    : is_write_{write_share}, random_{seed} {
    std::ifstream lines{file};
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        const std::vector<std::string> field = fields_of(line);
        if (field.size() == 3 && field[0] == "session")
            sessions_.push_back({field[1], field[2]});
        else if (field.size() == 4 && field[0] == "read")
            reads_.push_back({.method = "GET", .path = field[1], .bytes = std::stoul(field[2]), .beginning = field[3]});
        else if (field.size() == 4 && field[0] == "write")
            writes_.push_back({.method = field[1], .path = field[2], .status = std::stoi(field[3])});
        else
            throw std::runtime_error{fmt::format("{}:{}: is no line of a plan: {}", file.string(), number, line)};
    }
    if (sessions_.empty() || reads_.empty() || writes_.empty())
        throw std::runtime_error{fmt::format("{}: needs sessions, reads and writes", file.string())};
    which_read_ = std::uniform_int_distribution<std::size_t>{0, reads_.size() - 1};
}

Plan::Next Plan::next() {
    const Session& session = sessions_[next_session_++ % sessions_.size()];
    if (is_write_(random_)) return {session, writes_[next_write_++ % writes_.size()], true};
    return {session, reads_[which_read_(random_)], false};
}

void append_request(std::string& out, const Plan::Next& next, std::string_view host) {
    fmt::format_to(std::back_inserter(out), "{} {} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n", next.ask.method,
                   next.ask.path, host, next.session.cookie);
    if (next.is_write)
        fmt::format_to(std::back_inserter(out), "X-CSRF-Token: {}\r\nContent-Length: 0\r\n", next.session.csrf);
    out += "\r\n";
}

}  // namespace resmon::load
