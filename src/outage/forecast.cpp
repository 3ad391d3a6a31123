// Replications over threads: who computes what changes nothing.
#include "outage/accumulate.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <mutex>
#include <thread>

namespace resmon::outage {

namespace {

/// Tells progress one at a time and in ascending order.
class Progress {
public:
    explicit Progress(const Work& work) : work_{work} {}

    void add(std::uint32_t courses) {
        const std::lock_guard lock{mutex_};
        done_ += courses;
        if (work_.progress) work_.progress(done_);
    }

private:
    const Work& work_;
    std::mutex mutex_;
    std::uint32_t done_ = 0;
};

}  // namespace

std::optional<Forecast> forecast(const Case& outage, const Sampling& sampling, const Work& work) {
    const Compiled ready = compiled(outage);
    Samples samples{outage, sampling.replications};
    tbb::enumerable_thread_specific<Workspace> workspaces;
    Progress progress{work};

    // Small blocks, so that a wish to stop is heard within a fraction of a second.
    constexpr std::uint32_t block = 8;
    // TBB has as many workers as cores unless more are allowed.
    const tbb::global_control limit{tbb::global_control::max_allowed_parallelism,
                                    std::max(work.threads, std::thread::hardware_concurrency())};
    tbb::task_arena arena{work.threads == 0 ? tbb::task_arena::automatic : static_cast<int>(work.threads)};
    arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<std::uint32_t>{0, sampling.replications, block},
            [&](const tbb::blocked_range<std::uint32_t>& courses) {
                if (work.stop.stop_requested()) return;
                Workspace& workspace = workspaces.local();
                for (std::uint32_t course = courses.begin(); course < courses.end(); ++course)
                    add_course(ready, sampling, course, workspace, samples);
                progress.add(courses.end() - courses.begin());
            },
            tbb::simple_partitioner{});
    });
    if (work.stop.stop_requested()) return std::nullopt;

    Counts counts;
    counts.prepare(ready);
    for (const Workspace& workspace : workspaces) counts.add(workspace.counts);
    return summarised(ready, sampling, counts, samples);
}

Course course(const Case& outage, const Sampling& sampling, std::uint32_t replication) {
    const Compiled ready = compiled(outage);
    Workspace work;
    draw(ready, sampling, replication, work.draws);
    schedule(ready, {work.draws.start, work.draws.duration, work.draws.needed, work.draws.priority}, work.schedule);
    prepare(ready, work.draws, work.schedule, work.stage);

    Course result{.start = work.draws.start,
                  .resource_up = work.stage.up,
                  .loss_days = std::vector<double>(outage.bodies.size(), 0)};
    for (const Index step : ready.final_step) {
        result.activity_start.push_back(work.schedule.start[step]);
        result.activity_finish.push_back(work.schedule.finish[step]);
    }
    result.mode_begin.resize(outage.provisions.size());
    std::vector<double> weights(outage.bodies.size(), 0);
    for (const Index number : ready.by_id) {
        const Provision& provision = outage.provisions[number];
        provide(ready, work.draws, work.stage, number, work.provided);
        for (const BegunMode& mode : work.provided.modes) result.mode_begin[number].push_back(mode.begin);
        result.loss_days[provision.body] += provision.weight * work.provided.lost_days;
        weights[provision.body] += provision.weight;
    }
    for (std::size_t body = 0; body < weights.size(); ++body)
        if (weights[body] > 0) result.loss_days[body] /= weights[body];
    return result;
}

}  // namespace resmon::outage
