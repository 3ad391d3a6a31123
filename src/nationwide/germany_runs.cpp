#include "nationwide/germany_runs.hpp"

#include "nationwide/nationwide.hpp"
#include "nationwide/outlook_json.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace resmon::nationwide {

namespace {

/// Each number of courses that is tried is computed whole. Nobody knows which is the last, so each fills half of what
/// is left of the bar.
std::optional<Outlook> exact_outlook(const catalogue::Catalogue& catalogue, const forecast::Run& run,
                                     const outage::Work& work) {
    std::optional<Outlook> found;
    const double least = run.sampling.replications;
    const auto loss_of = [&](const outage::Sampling& sampling) -> std::optional<outage::Distribution> {
        const double left = least / sampling.replications;
        const auto tell = [&](std::uint32_t done) {
            work.progress(static_cast<std::uint32_t>((1 - left + left / 2 * done / sampling.replications) * least));
        };
        found =
            outlook(catalogue, run.request, sampling, {.threads = work.threads, .stop = work.stop, .progress = tell});
        return found ? std::optional{found->totals.loss_days} : std::nullopt;
    };
    (void)outage::enough(run.sampling, {run.wished_error->relative, forecast::most_courses_of_germany}, loss_of);
    return found;
}

}  // namespace

forecast::Trade trade_of_germany(unsigned threads) {
    const unsigned all = threads > 0 ? threads : std::thread::hardware_concurrency();
    const auto compute = [](const catalogue::Catalogue& catalogue, const forecast::Run& run,
                            const outage::Work& work) -> std::optional<forecast::ComputedRun> {
        const auto started = std::chrono::steady_clock::now();
        const auto found = run.wished_error
                               ? exact_outlook(catalogue, run, work)
                               : outlook(catalogue, run.request, run.sampling,
                                         {.threads = work.threads, .stop = work.stop, .progress = work.progress});
        if (!found) return std::nullopt;
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        return forecast::ComputedRun{
            parts_of(catalogue, run.request, *found, {run.id, run.created_at, {seconds, work.threads}}),
            found->sampling};
    };
    return {.job_kind = forecast::germany_job_kind, .threads = std::max(all, 2U) - 1, .compute = compute};
}

}  // namespace resmon::nationwide
