// Replications over threads: who computes what changes nothing.
#include "base/error.hpp"
#include "engine/distribution.hpp"
#include "engine/tally.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <atomic>
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

/// Calls `block_of` with courses from begin to end, `block` at a time, on so many threads (0 = all). A range that TBB
/// halves itself would leave lanes empty.
void over_courses(std::uint32_t begin, std::uint32_t end, unsigned threads, std::uint32_t block,
                  const std::function<void(std::uint32_t begin, std::uint32_t end)>& block_of) {
    const std::uint32_t blocks = (end - begin + block - 1) / block;
    const auto compute = [&](std::uint32_t number) {
        block_of(begin + number * block, std::min(begin + (number + 1) * block, end));
    };
#if defined(__SANITIZE_THREAD__)
    // The library of oneTBB is not built with the sanitizer, which then does not see how it hands tasks over.
    std::atomic<std::uint32_t> next = 0;
    std::vector<std::jthread> workers;
    for (unsigned worker = 0; worker < (threads == 0 ? std::thread::hardware_concurrency() : threads); ++worker)
        workers.emplace_back([&] {
            for (std::uint32_t number = next++; number < blocks; number = next++) compute(number);
        });
#else
    // TBB has as many workers as cores unless more are allowed.
    const tbb::global_control limit{tbb::global_control::max_allowed_parallelism,
                                    std::max(threads, std::thread::hardware_concurrency())};
    tbb::task_arena arena{threads == 0 ? tbb::task_arena::automatic : static_cast<int>(threads)};
    arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<std::uint32_t>{0, blocks},
            [&](const tbb::blocked_range<std::uint32_t>& range) {
                for (std::uint32_t number = range.begin(); number < range.end(); ++number) compute(number);
            },
            tbb::simple_partitioner{});
    });
#endif
}

}  // namespace

/// Rounds so small that every thread has several and a wish to stop is heard within a fraction of a second.
std::uint32_t round_of(std::uint32_t courses, unsigned threads) {
    const unsigned workers = threads == 0 ? std::thread::hardware_concurrency() : threads;
    constexpr std::uint32_t turns = 4;
    constexpr std::uint32_t block = lane_count;
    return std::clamp(courses / (workers * turns) / block * block, block, Tally::round);
}

struct Computed::Inside {
    Inside(const Case& outage, const Sampling& wished)
        : sampling{wished}, ready{compiled(outage)}, program{program_of(ready)}, samples{outage, wished.replications} {
        require_whole_randomisations(wished);
        shared.counts.prepare(ready);
    }

    /// All numbers that courses add to, one list after the other.
    template <class See>
    void each_list(See see) {
        Counts& counts = shared.counts;
        for (auto* list :
             {&counts.ability, &counts.services_normal, &counts.backlog, &counts.body_ability, &counts.first_mode,
              &counts.normal, &counts.cleared, &counts.peak, &counts.late, &counts.lost, &counts.reentry,
              &counts.missed, &counts.hours, &counts.capacity, &counts.returns})
            see(*list);
        see(counts.modes);
        see(counts.chains);
        for (auto* list : {&samples.loss, &samples.ability_half, &samples.ability_most, &samples.ability_all,
                           &samples.services_half, &samples.services_most, &samples.services_all, &samples.late_cases,
                           &samples.missed_dates, &samples.hours_beyond})
            see(*list);
        for (auto& service : samples.services)
            for (auto& list : service) see(list);
        for (auto& body : samples.bodies)
            for (auto& list : body) see(list);
        for (auto& list : samples.questions) see(list);
    }

    Sampling sampling;
    Compiled ready;
    Program program;
    Samples samples;
    SharedCounts shared;
};

Computed::Computed(const Case& outage, const Sampling& sampling)
    : inside_{std::make_unique<Inside>(outage, sampling)} {}

Computed::~Computed() = default;

bool Computed::compute(std::uint32_t begin, std::uint32_t end, const Work& work) {
    tbb::enumerable_thread_specific<Tally> tallies{[&] {
        return Tally{inside_->program,  inside_->sampling, Detail::full,
                     work.instructions, inside_->shared,   inside_->samples};
    }};
    Progress progress{work};
    over_courses(begin, end, work.threads, round_of(end - begin, work.threads),
                 [&](std::uint32_t first, std::uint32_t last) {
                     if (work.stop.stop_requested()) return;
                     tallies.local().add(first, last);
                     progress.add(last - first);
                 });
    return !work.stop.stop_requested();
}

std::string Computed::bytes() const {
    std::string all;
    inside_->each_list([&all](const auto& list) {
        all.append(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(list[0]));
    });
    return all;
}

void Computed::add(std::string_view bytes) {
    std::size_t size = 0;
    inside_->each_list([&size](const auto& list) { size += list.size() * sizeof(list[0]); });
    if (size != bytes.size())
        throw InputError{worded("fault.case.other-courses",
                                {{"wanted", std::to_string(size)}, {"found", std::to_string(bytes.size())}})};
    inside_->each_list([&bytes](auto& list) {
        for (auto& number : list) {
            auto more = number;
            bytes.copy(reinterpret_cast<char*>(&more), sizeof more);
            bytes.remove_prefix(sizeof more);
            number += more;
        }
    });
}

Forecast Computed::forecast() const {
    return summarised(inside_->ready, inside_->sampling, inside_->shared.counts, inside_->samples);
}

std::optional<Forecast> forecast(const Case& outage, const Sampling& sampling, const Work& work) {
    Computed courses{outage, sampling};
    if (!courses.compute(0, sampling.replications, work)) return std::nullopt;
    return courses.forecast();
}

namespace {

/// Courses of which only sums are kept.
struct Sums {
    Sums(const Case& outage, const Sampling& sampling)
        : ready{compiled(outage)}, program{program_of(ready)}, samples{outage, sampling.replications} {
        require_whole_randomisations(sampling);
        samples.able.resize(sampling.replications * days_of(outage));
        for (const ProvisionPlan& plan : program.provisions) weight += outage.provisions[plan.provision].weight;
    }

    /// false = stopped.
    bool compute(const Sampling& sampling, const Work& work) {
        SharedCounts unused;
        tbb::enumerable_thread_specific<Tally> tallies{
            [&] { return Tally{program, sampling, Detail::sums, work.instructions, unused, samples}; }};
        Progress progress{work};
        over_courses(0, sampling.replications, work.threads, lane_count, [&](std::uint32_t begin, std::uint32_t end) {
            if (work.stop.stop_requested()) return;
            tallies.local().add(begin, end);
            progress.add(end - begin);
        });
        return !work.stop.stop_requested();
    }

    Compiled ready;
    Program program;
    Samples samples;
    double weight = 0;  ///< of all provisions
};

}  // namespace

std::optional<Contribution> contribution(const Case& outage, const Sampling& sampling, const Work& work) {
    Sums sums{outage, sampling};
    if (!sums.compute(sampling, work)) return std::nullopt;
    Contribution result{
        .weight = sums.weight, .lost = std::move(sums.samples.loss), .able = std::move(sums.samples.able)};
    const Ranks ranks{sampling};
    for (const Index body : sums.ready.bodies_by_key) {
        auto& [loss, half, most, all] = sums.samples.bodies[body];
        result.bodies.push_back({outage.bodies[body].key, ranks.of_sample(loss), ranks.of_sample(half),
                                 ranks.of_sample(most), ranks.of_sample(all)});
    }
    return result;
}

std::optional<Curve> curve(const Case& outage, const Sampling& sampling, const Work& work) {
    Sums sums{outage, sampling};
    if (!sums.compute(sampling, work)) return std::nullopt;
    for (double& loss : sums.samples.loss) loss = sums.weight > 0 ? loss / sums.weight : 0;
    const auto from = [&](double level) { return ability_from(level, sums.samples.able, sums.weight, sampling); };
    return Curve{.ability = ability_bands(sums.samples.able, sums.weight, sampling.replications),
                 .loss_days = Ranks{sampling}.of_sample(sums.samples.loss),
                 .ability_half = from(0.5),
                 .ability_most = from(0.8),
                 .ability_all = from(1)};
}

DailyQuantiles ability_bands(const std::vector<double>& able, double weight, std::uint32_t courses) {
    const Ranks ranks{courses};
    const std::size_t days = able.size() / courses;
    DailyQuantiles bands;
    std::vector<double> values(courses);
    for (std::size_t day = 0; day < days; ++day) {
        for (std::size_t course = 0; course < courses; ++course)
            values[course] = weight > 0 ? std::clamp(able[course * days + day] / weight, 0.0, 1.0) : 1;
        bands.push_back(ranks.of_sample(values).quantiles);
    }
    return bands;
}

Distribution ability_from(double level, const std::vector<double>& able, double weight, const Sampling& sampling) {
    const double enough = (level - rounding) * weight;
    const std::size_t days = able.size() / sampling.replications;
    std::vector<double> reached;
    for (const double* course = able.data(); reached.size() < sampling.replications; course += days) {
        std::size_t day = days;
        while (day > 0 && course[day - 1] >= enough) --day;
        reached.push_back(day == days ? never : static_cast<double>(day));
    }
    return Ranks{sampling}.of_sample(reached);
}

Distribution distribution_of(std::vector<double> values, std::uint32_t points) {
    const Ranks ranks{values.size(), points};
    return ranks.of_sample(values);
}

namespace {

/// none = stopped.
std::optional<std::vector<double>> losses_of(const Case& outage, const Sampling& sampling, const Work& work) {
    require_whole_randomisations(sampling);
    const Compiled ready = compiled(outage);
    const Program program = program_of(ready);
    double weight = 0;
    for (const ProvisionPlan& plan : program.provisions) weight += outage.provisions[plan.provision].weight;
    std::vector<double> losses(sampling.replications, 0);
    tbb::enumerable_thread_specific<Courses> memory{[&] { return courses_for(program, sampling); }};
    over_courses(0, sampling.replications, work.threads, lane_count, [&](std::uint32_t begin, std::uint32_t end) {
        if (work.stop.stop_requested()) return;
        Courses& courses = memory.local();
        begin_courses(program, begin, courses);
        ProvidedLanes provided;
        Lanes lost{};
        for (const ProvisionPlan& plan : program.provisions) {
            provide_lanes(program, courses, plan, Wanted::loss, provided);
            lost = lost + outage.provisions[plan.provision].weight * provided.lost_days;
        }
        for (std::uint32_t course = begin; course < end; ++course)
            losses[course] = weight > 0 ? lost[course - begin] / weight : 0;
    });
    return work.stop.stop_requested() ? std::nullopt : std::optional{std::move(losses)};
}

}  // namespace

std::vector<double> course_losses(const Case& outage, const Sampling& sampling, unsigned threads) {
    return *losses_of(outage, sampling, {.threads = threads});
}

double relative_error(const Distribution& values) { return values.mean == 0 ? 0 : values.standard_error / values.mean; }

std::optional<Sampling> enough(const Sampling& least, const Exactness& wished,
                               const std::function<std::optional<Distribution>(const Sampling&)>& loss_of) {
    Sampling sampling = least;
    for (;; sampling.replications *= 2, sampling.points *= 2) {
        const std::optional<Distribution> loss = loss_of(sampling);
        if (!loss) return std::nullopt;
        if (relative_error(*loss) <= wished.relative_error || sampling.replications > wished.most / 2) return sampling;
    }
}

std::optional<Sampling> enough(const Case& outage, const Sampling& least, const Exactness& wished, const Work& work) {
    return enough(least, wished, [&](const Sampling& sampling) -> std::optional<Distribution> {
        std::optional<std::vector<double>> losses = losses_of(outage, sampling, work);
        if (!losses) return std::nullopt;
        return Ranks{sampling}.of_sample(*losses);
    });
}

}  // namespace resmon::outage
