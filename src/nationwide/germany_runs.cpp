#include "nationwide/germany_runs.hpp"

#include "nationwide/nationwide.hpp"
#include "nationwide/outlook_json.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace resmon::nationwide {

forecast::Trade trade_of_germany(unsigned threads) {
    const unsigned all = threads > 0 ? threads : std::thread::hardware_concurrency();
    const auto compute = [](const catalogue::Catalogue& catalogue, const forecast::Run& run,
                            const outage::Work& work) -> std::optional<forecast::ResultParts> {
        const auto started = std::chrono::steady_clock::now();
        const auto found = outlook(catalogue, run.request, run.sampling,
                                   {.threads = work.threads, .stop = work.stop, .progress = work.progress});
        if (!found) return std::nullopt;
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        return parts_of(catalogue, run.request, *found, {run.id, run.created_at, {seconds, work.threads}});
    };
    return {.job_kind = forecast::germany_job_kind, .threads = std::max(all, 2U) - 1, .compute = compute};
}

}  // namespace resmon::nationwide
