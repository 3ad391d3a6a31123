// Times of many requests, as quantiles in JSON.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace resmon::load {

using Clock = std::chrono::steady_clock;

class Times {
public:
    void add(Clock::duration time) { times_.push_back(std::chrono::duration<double, std::milli>(time).count()); }
    [[nodiscard]] std::size_t count() const noexcept { return times_.size(); }
    /// `{"count":…,"p50":…,"p90":…,"p99":…,"p99.9":…,"max":…}` in milliseconds. The quantile is the value at rank ⌈qn⌉.
    [[nodiscard]] std::string json() const;

private:
    std::vector<double> times_;
};

}  // namespace resmon::load
