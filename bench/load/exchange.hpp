// One connection that sends a request and takes its answer, again and again; opened anew where the server closes it.
#pragma once

#include "load/plan.hpp"

#include <cstdint>
#include <string>

namespace resmon::load {

class Exchange {
public:
    /// On the loopback interface, watched by `epoll` under the number `name`.
    Exchange(int epoll, std::uint32_t name, std::uint16_t port);
    ~Exchange();
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    enum class State { idle, waiting, answered, failed };

    void send(const Plan::Next& next);
    /// Takes what has come. `answered` or `failed` is told once; then the connection is idle again.
    [[nodiscard]] State go_on();
    [[nodiscard]] bool is_idle() const noexcept { return ask_ == nullptr; }
    [[nodiscard]] bool was_write() const noexcept { return was_write_; }
    /// Why the last one failed.
    [[nodiscard]] const std::string& fault() const noexcept { return fault_; }

private:
    void open();
    void close();
    void flush();
    [[nodiscard]] State ended(State state, std::string fault = {});
    [[nodiscard]] State judged();

    int epoll_;
    std::uint32_t name_;
    std::uint16_t port_;
    std::string host_;
    int socket_ = -1;
    bool is_fresh_ = true;  ///< no answer has come over this socket yet
    bool was_write_ = false;
    const Ask* ask_ = nullptr;  ///< that is being answered
    std::string out_;
    std::size_t sent_ = 0;
    std::string in_;
    std::string fault_;
};

}  // namespace resmon::load
