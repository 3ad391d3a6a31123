// resmon_load: asks a server on this machine by a plan. With a rate it sends by schedule, whatever the server does, and
// counts each time from the moment at which the request was due; without one, every connection asks as soon as it was
// answered. One thread, so that it takes little of the machine that it shares with the server.
#include "load/exchange.hpp"
#include "load/plan.hpp"
#include "load/report.hpp"

#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <CLI/CLI.hpp>

#include <array>
#include <deque>
#include <memory>
#include <vector>

namespace resmon::load {

namespace {

struct Wish {
    std::string plan;
    std::uint16_t port = 0;
    unsigned connections = 64;
    double rate = 0;  ///< requests per second; 0: as many as the connections carry
    double seconds = 10;
    double warm_up = 2;  ///< seconds before that do not count
    double write_share = 0.1;
    unsigned seed = 1;
};

Clock::duration seconds(double count) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>{count});
}

/// Of this process so far.
double processor_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

class Run {
public:
    explicit Run(const Wish& wish)
        : wish_{wish}, plan_{wish.plan, wish.write_share, wish.seed}, random_{wish.seed + 1}, gap_{wish.rate},
          epoll_{::epoll_create1(EPOLL_CLOEXEC)}, due_at_(wish.connections) {
        for (std::uint32_t name = 0; name < wish.connections; ++name) {
            exchanges_.push_back(std::make_unique<Exchange>(epoll_, name, wish.port));
            idle_.push_back(name);
        }
    }

    void go() {
        began_ = Clock::now();
        counted_from_ = began_ + seconds(wish_.warm_up);
        counted_until_ = counted_from_ + seconds(wish_.seconds);
        next_due_ = began_;
        const auto patience_until = counted_until_ + std::chrono::seconds{20};
        while (true) {
            const auto now = Clock::now();
            if (wish_.rate > 0)
                ask_what_is_due(std::min(now, counted_until_));
            else if (now < counted_until_)
                ask_what_is_due(now);
            if (now >= counted_until_ && (wish_.rate == 0 || is_all_answered() || now > patience_until)) return;
            listen(now);
        }
    }

    [[nodiscard]] std::string report() const {
        const std::size_t answered = reads_.count() + writes_.count();
        const std::size_t unanswered = wish_.rate == 0 ? 0 : waiting_.size() + exchanges_.size() - idle_.size();
        return fmt::format(R"({{"rate":{:.1f},"answered":{},"failed":{},"unanswered":{},"first_fault":"{}",)"
                           R"("load_processor_share":{:.3f},"all":{},"reads":{},"writes":{}}})",
                           static_cast<double>(answered) / wish_.seconds, answered, failed_, unanswered,
                           escaped(first_fault_),
                           processor_seconds() / std::chrono::duration<double>(Clock::now() - began_).count(),
                           all_.json(), reads_.json(), writes_.json());
    }

    [[nodiscard]] bool is_clean() const { return failed_ == 0; }

private:
    void ask_what_is_due(Clock::time_point now) {
        if (wish_.rate == 0) {
            for (; !idle_.empty(); idle_.pop_back()) ask(idle_.back(), now);
            return;
        }
        // Gaps are exponential: requests of people who know nothing of each other.
        for (; next_due_ <= now; next_due_ += seconds(gap_(random_))) waiting_.push_back(next_due_);
        for (; !idle_.empty() && !waiting_.empty(); idle_.pop_back(), waiting_.pop_front())
            ask(idle_.back(), waiting_.front());
    }

    void ask(std::uint32_t name, Clock::time_point due) {
        due_at_[name] = due;
        exchanges_[name]->send(plan_.next());
    }

    void listen(Clock::time_point now) {
        const auto until = wish_.rate == 0 || now >= counted_until_ ? now + std::chrono::milliseconds{100} : next_due_;
        const auto patience = std::chrono::nanoseconds{std::max(until - now, Clock::duration{0})}.count();
        const timespec most{patience / 1'000'000'000, patience % 1'000'000'000};
        std::array<epoll_event, 256> events;  // NOLINT: filled before it is read
        const int count = ::epoll_pwait2(epoll_, events.data(), static_cast<int>(events.size()), &most, nullptr);
        for (int place = 0; place < count; ++place) take(events[static_cast<std::size_t>(place)].data.u32);
    }

    void take(std::uint32_t name) {
        Exchange& exchange = *exchanges_[name];
        const Exchange::State state = exchange.go_on();
        if (state != Exchange::State::answered && state != Exchange::State::failed) return;
        idle_.push_back(name);
        const auto now = Clock::now();
        // By schedule, what was due in the time counts, however late its answer; else what was answered in it.
        const auto counted_at = wish_.rate == 0 ? now : due_at_[name];
        if (counted_at >= counted_from_ && counted_at < counted_until_)
            count(exchange, state, now - due_at_[name]);
        else if (state == Exchange::State::failed)
            note_fault(exchange);
        if (wish_.rate == 0 && now < counted_until_) {
            idle_.pop_back();
            ask(name, now);
        }
    }

    void count(const Exchange& exchange, Exchange::State state, Clock::duration time) {
        if (state == Exchange::State::failed) {
            note_fault(exchange);
            return;
        }
        all_.add(time);
        (exchange.was_write() ? writes_ : reads_).add(time);
    }

    void note_fault(const Exchange& exchange) {
        if (failed_++ == 0) first_fault_ = exchange.fault();
    }

    [[nodiscard]] bool is_all_answered() const { return waiting_.empty() && idle_.size() == exchanges_.size(); }

    static std::string escaped(const std::string& text) {
        std::string plain;
        for (const char letter : text)
            if (letter != '"' && letter != '\\' && static_cast<unsigned char>(letter) >= 0x20) plain += letter;
        return plain;
    }

    Wish wish_;
    Plan plan_;
    std::mt19937 random_;
    std::exponential_distribution<double> gap_;
    int epoll_;
    std::vector<std::unique_ptr<Exchange>> exchanges_;
    std::vector<Clock::time_point> due_at_;
    std::vector<std::uint32_t> idle_;
    std::deque<Clock::time_point> waiting_;  ///< due, and no connection is idle
    Clock::time_point began_, counted_from_, counted_until_, next_due_;
    Times all_, reads_, writes_;
    std::size_t failed_ = 0;
    std::string first_fault_;
};

}  // namespace

}  // namespace resmon::load

int main(int argc, char** argv) try {
    CLI::App app{"asks a server on this machine by a plan, and tells times in milliseconds as JSON"};
    resmon::load::Wish wish;
    app.add_option("--plan", wish.plan)->required()->check(CLI::ExistingFile);
    app.add_option("--port", wish.port)->required();
    app.add_option("--connections", wish.connections)->capture_default_str();
    app.add_option("--rate", wish.rate, "requests per second; without it, as many as the connections carry");
    app.add_option("--seconds", wish.seconds)->capture_default_str();
    app.add_option("--warm-up", wish.warm_up, "seconds before that do not count")->capture_default_str();
    app.add_option("--write-share", wish.write_share)->check(CLI::Range(0.0, 1.0))->capture_default_str();
    app.add_option("--seed", wish.seed)->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    resmon::load::Run run{wish};
    run.go();
    fmt::print("{}\n", run.report());
    return run.is_clean() ? 0 : 1;
} catch (const std::exception& error) {
    fmt::print(stderr, "resmon_load: {}\n", error.what());
    return 2;
}
