#include "load/exchange.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace resmon::load {

namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error{errno, std::generic_category(), what}; }

/// The value of a header in the head of an answer; empty if it is not there.
std::string_view header_in(std::string_view head, std::string_view name) {
    for (std::size_t line = head.find("\r\n"); line != std::string_view::npos; line = head.find("\r\n", line)) {
        line += 2;
        const std::string_view rest = head.substr(line);
        if (rest.size() <= name.size() || rest[name.size()] != ':' ||
            ::strncasecmp(rest.data(), name.data(), name.size()) != 0)
            continue;
        std::string_view value = rest.substr(name.size() + 1);
        value = value.substr(0, value.find("\r\n"));
        value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
        return value;
    }
    return {};
}

template <class Number>
Number number_from(std::string_view text, Number otherwise) {
    Number number = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

Exchange::Exchange(int epoll, std::uint32_t name, std::uint16_t port)
    : epoll_{epoll}, name_{name}, port_{port}, host_{fmt::format("127.0.0.1:{}", port)} {
    open();
}

Exchange::~Exchange() { close(); }

void Exchange::open() {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket_ < 0) fail("socket");
    const int yes = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 && errno != EINPROGRESS)
        fail("connect");
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.u32 = name_;
    if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket_, &event) != 0) fail("epoll_ctl");
    is_fresh_ = true;
}

void Exchange::close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
}

void Exchange::send(const Plan::Next& next) {
    ask_ = &next.ask;
    was_write_ = next.is_write;
    out_.clear();
    sent_ = 0;
    in_.clear();
    append_request(out_, next, host_);
    if (socket_ < 0) open();
    flush();
}

void Exchange::flush() {
    while (sent_ < out_.size()) {
        const ssize_t count = ::send(socket_, out_.data() + sent_, out_.size() - sent_, MSG_NOSIGNAL);
        if (count < 0) return;  // not connected yet or full: told by epoll; broken: told by recv
        sent_ += static_cast<std::size_t>(count);
    }
}

Exchange::State Exchange::go_on() {
    if (ask_ != nullptr) flush();
    std::array<char, 65536> piece;  // NOLINT: filled before it is read
    while (socket_ >= 0) {
        const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
        if (count > 0) {
            in_.append(piece.data(), static_cast<std::size_t>(count));
            if (static_cast<std::size_t>(count) < piece.size()) break;
            continue;
        }
        if (count < 0 && (errno == EAGAIN || errno == ENOTCONN)) break;
        const std::string why = count == 0 ? "closed without an answer" : std::strerror(errno);
        const bool was_fresh = is_fresh_;
        close();
        if (ask_ == nullptr) return State::idle;
        const State state = judged();
        if (state != State::waiting) return state;
        // A server may close a connection that rests while a request is under way to it: asked anew, as browsers do.
        if (was_fresh || !in_.empty()) return ended(State::failed, why);
        sent_ = 0;
        open();
        flush();
    }
    return ask_ == nullptr ? State::idle : judged();
}

Exchange::State Exchange::judged() {
    const std::size_t end = in_.find("\r\n\r\n");
    if (end == std::string::npos) return State::waiting;
    const std::string_view head = std::string_view{in_}.substr(0, end + 2);
    const int status = head.size() > 12 ? number_from(head.substr(9, 3), 0) : 0;
    const auto length = number_from<std::size_t>(header_in(head, "content-length"), 0);
    const std::string_view body = std::string_view{in_}.substr(end + 4);
    if (body.size() < length) return State::waiting;
    is_fresh_ = false;
    if (header_in(head, "connection") == "close") close();
    if (status != ask_->status)
        return ended(State::failed, fmt::format("{} instead of {}: {}", status, ask_->status, body.substr(0, 200)));
    if (body.size() != ask_->bytes || !body.starts_with(ask_->beginning))
        return ended(State::failed, fmt::format("{} bytes instead of {}, beginning {}", body.size(), ask_->bytes,
                                                body.substr(0, 100)));
    return ended(State::answered);
}

Exchange::State Exchange::ended(State state, std::string fault) {
    ask_ = nullptr;
    fault_ = std::move(fault);
    return state;
}

}  // namespace resmon::load
