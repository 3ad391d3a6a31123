#include "server/metrics.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

namespace resmon::server {

namespace {

/// Resident memory of this process: the second field of statm, in pages (man 5 proc).
unsigned long resident_bytes() {
    std::ifstream statm{"/proc/self/statm"};
    unsigned long size = 0;
    unsigned long resident = 0;
    statm >> size >> resident;
    return resident * static_cast<unsigned long>(sysconf(_SC_PAGESIZE));
}

}  // namespace

void Metrics::count(const std::string& route, int status) {
    const std::lock_guard lock{mutex_};
    ++requests_[{route.empty() ? "other" : route, status}];
}

std::string Metrics::text() const {
    std::string text = "# HELP resmon_requests_total Answered requests.\n# TYPE resmon_requests_total counter\n";
    {
        const std::lock_guard lock{mutex_};
        for (const auto& [key, number] : requests_)
            text +=
                fmt::format("resmon_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", key.first, key.second, number);
    }
    text += "# HELP process_resident_memory_bytes Resident memory.\n# TYPE process_resident_memory_bytes gauge\n";
    return text + fmt::format("process_resident_memory_bytes {}\n", resident_bytes());
}

}  // namespace resmon::server
