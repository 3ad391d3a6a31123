#include "explain/courses.hpp"

#include "engine/services.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace resmon::explain {

using outage::Case;
using outage::Compiled;

namespace {

/// Eight courses after the other, for one thread.
class Evaluation {
public:
    Evaluation(const Compiled& ready, const outage::Program& program, std::uint64_t seed)
        : ready_{ready}, program_{program}, courses_{outage::courses_for(program, {.seed = seed})},
          back_(ready.outage->provisions.size()) {
        for (const outage::ProvisionPlan& plan : program.provisions)
            weight_ += ready.outage->provisions[plan.provision].weight;
    }

    void see(std::uint32_t first, std::uint32_t valid, const std::function<void(const SeenCourse&)>& seen) {
        outage::begin_courses(program_, first, courses_);
        Lanes lost{};
        for (const outage::ProvisionPlan& plan : program_.provisions) {
            outage::provide_lanes(program_, courses_, plan, outage::Wanted::loss, provided_);
            back_[plan.provision] = provided_.back;
            lost = lost + ready_.outage->provisions[plan.provision].weight * provided_.lost_days;
        }
        lost = weight_ > 0 ? lost / weight_ : Lanes{};
        for (std::size_t lane = 0; lane < valid; ++lane) seen({courses_, ready_, back_, lost, lane});
    }

private:
    const Compiled& ready_;
    const outage::Program& program_;
    outage::Courses courses_;
    outage::ProvidedLanes provided_;
    outage::Rows back_;
    double weight_ = 0;
};

}  // namespace

void each_course(const Case& outage, std::uint64_t seed, std::uint32_t first, std::uint32_t end,
                 const std::function<void(const SeenCourse&)>& seen, unsigned threads) {
    const Compiled ready = outage::compiled(outage);
    const outage::Program program = outage::program_of(ready);
    std::atomic<std::uint32_t> next{first};
    const auto run = [&] {
        Evaluation evaluation{ready, program, seed};
        for (std::uint32_t number = next.fetch_add(lane_count); number < end; number = next.fetch_add(lane_count))
            evaluation.see(number, std::min<std::uint32_t>(lane_count, end - number), seen);
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
