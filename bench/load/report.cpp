#include "load/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace resmon::load {

std::string Times::json() const {
    if (times_.empty()) return R"({"count":0})";
    std::vector<double> sorted = times_;
    std::ranges::sort(sorted);
    const auto quantile = [&](double q) {
        const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(sorted.size())));
        return sorted[std::max<std::size_t>(rank, 1) - 1];
    };
    return fmt::format(R"({{"count":{},"p50":{:.3f},"p90":{:.3f},"p99":{:.3f},"p99.9":{:.3f},"max":{:.3f}}})",
                       sorted.size(), quantile(0.5), quantile(0.9), quantile(0.99), quantile(0.999), sorted.back());
}

}  // namespace resmon::load
