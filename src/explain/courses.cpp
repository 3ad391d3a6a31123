#include "explain/courses.hpp"

#include "outage/course.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace resmon::explain {

using outage::Case;
using outage::Compiled;
using outage::Index;

namespace {

/// What came out of the course that stands in `work`.
outage::Course outcome(const Compiled& ready, outage::Workspace& work, double& loss) {
    const Case& outage = *ready.outage;
    outage::Course result{.start = work.draws.start, .resource_up = work.stage.up};
    for (const Index step : ready.final_step) {
        result.activity_start.push_back(work.schedule.start[step]);
        result.activity_finish.push_back(work.schedule.finish[step]);
    }
    result.mode_begin.resize(outage.provisions.size());
    result.loss_days.assign(outage.bodies.size(), 0);
    std::vector<double> weights(outage.bodies.size(), 0);
    for (const Index number : ready.by_id) {
        const outage::Provision& provision = outage.provisions[number];
        outage::provide(ready, work.draws, work.stage, number, work.provided);
        for (const outage::BegunMode& mode : work.provided.modes) result.mode_begin[number].push_back(mode.begin);
        result.loss_days[provision.body] += provision.weight * work.provided.lost_days;
        weights[provision.body] += provision.weight;
    }
    double lost = 0;
    double weight = 0;
    for (const Index body : ready.bodies_by_key) {
        lost += result.loss_days[body];
        weight += weights[body];
        if (weights[body] > 0) result.loss_days[body] /= weights[body];
    }
    loss = weight > 0 ? lost / weight : 0;
    return result;
}

}  // namespace

void each_course(const Case& outage, std::uint64_t seed, std::uint32_t first, std::uint32_t end,
                 const std::function<void(const SeenCourse&)>& seen, unsigned threads) {
    const Compiled ready = outage::compiled(outage);
    const outage::Sampling sampling{seed, end};
    std::atomic<std::uint32_t> next{first};
    const auto run = [&] {
        outage::Workspace work;
        for (std::uint32_t number = next++; number < end; number = next++) {
            outage::begin_course(ready, sampling, number, work);
            double loss = 0;
            const outage::Course course = outcome(ready, work, loss);
            seen({number, ready, work.draws, course, loss});
        }
    };
    const unsigned workers = threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : threads;
    std::vector<std::jthread> others;
    for (unsigned worker = 1; worker < workers; ++worker) others.emplace_back(run);
    run();
}

double day_of_half(std::vector<std::pair<double, double>> days) {
    double total = 0;
    for (const auto& [day, people] : days) total += people;
    std::ranges::sort(days);
    double reached = 0;
    for (const auto& [day, people] : days) {
        reached += people;
        if (reached >= total / 2) return day;
    }
    return 0;
}

}  // namespace resmon::explain
