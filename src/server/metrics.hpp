// Counts for operators, in the text format of Prometheus.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace resmon::server {

class Metrics {
public:
    /// `route` is the template, not the address: no key of a run or a body becomes a label.
    void count(const std::string& route, int status);
    [[nodiscard]] std::string text() const;

private:
    mutable std::mutex mutex_;
    std::map<std::pair<std::string, int>, unsigned long> requests_;
};

}  // namespace resmon::server
