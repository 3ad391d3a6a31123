#include "model_file/course_outputs.hpp"

#include "engine/services.hpp"
#include "lanes/instructions.hpp"

#include <cmath>
#include <thread>

namespace resmon::model_file {

namespace {

using namespace outage;

/// Eight courses after the other; nothing of them is left for the next.
class Evaluation {
public:
    Evaluation(const Program& program, const Sampling& sampling, std::span<const double> days)
        : program_{program}, case_{*program.compiled->outage}, days_{days}, courses_{courses_for(program, sampling)},
          returns_(program.provisions.size()), able_(days.size()),
          backlogs_(case_.calendars.size(), BacklogSum{days_of(case_)}), cases_(days_of(case_)),
          ones_(program.provisions.size(), 1.0), every_(program.provisions.size()) {
        for (std::uint32_t place = 0; place < every_.size(); ++place) every_[place] = place;
        for (const ProvisionPlan& plan : program.provisions) weight_ += case_.provisions[plan.provision].weight;
    }

    /// At most eight rows.
    void outputs(std::uint32_t first, std::span<CourseOutputs> rows) {
        begin_courses(program_, first, courses_);
        switch (courses_.instructions) {
            case Instructions::avx512: Kernel::avx512(*this, rows); break;
            case Instructions::avx2: Kernel::avx2(*this, rows); break;
            case Instructions::baseline: Kernel::baseline(*this, rows); break;
        }
    }

private:
    /// Everything over lanes. Written once, compiled for each kind of instructions.
    struct Kernel {
        RESMON_LANES static void add_ability(Evaluation& e, double weight) {
            std::array<Lanes, most_stretches> share;
            for (std::size_t stretch = 0; stretch < e.provided_.stretches; ++stretch)
                share[stretch] = weight * smaller(e.provided_.capacity[stretch], Lanes(1));
            for (std::size_t day = 0; day < e.days_.size(); ++day) {
                // Of stretches that begin at once the last counts: the others are empty.
                Lanes able{};
                for (std::size_t stretch = 0; stretch < e.provided_.stretches; ++stretch)
                    able = choose(e.provided_.begin[stretch] <= e.days_[day], share[stretch], able);
                e.able_[day] = e.able_[day] + able;
            }
        }

        RESMON_LANES static Lanes backlog_peak(Evaluation& e) {
            const Lanes& start = e.courses_.start;
            std::size_t seen = 0;
            for (std::size_t calendar = 0; calendar < e.backlogs_.size(); ++calendar) {
                if (e.backlogs_[calendar].is_empty()) continue;
                const WorkTable& work = e.program_.work[calendar];
                const Lanes origin = working(work, start, Lanes{}, Lanes{});
                const std::size_t days = e.backlogs_[calendar].each(
                    [&](std::size_t day)
                        RESMON_LANES_LAMBDA { return working(work, start, origin, Lanes(static_cast<double>(day))); },
                    [&](std::size_t day, const Lanes& cases)
                        RESMON_LANES_LAMBDA { e.cases_[day] = e.cases_[day] + cases; });
                seen = std::max(seen, days);
            }
            Lanes peak{};
            for (std::size_t day = 0; day < seen; ++day) {
                peak = larger(peak, e.cases_[day]);
                e.cases_[day] = Lanes{};
            }
            return peak;
        }

        /// When 50, 80 and 100 % of the services are back.
        RESMON_LANES static std::array<Lanes, 3> returns(Evaluation& e) {
            const std::size_t all = e.every_.size();
            if (all == 0) return {};
            const auto share = [all](std::size_t percent) {
                const std::size_t services = (all * percent + 99) / 100;
                return static_cast<double>(services);
            };
            return e.rank_.of<3>({e.returns_.data(), e.every_.data(), e.ones_.data(), all},
                                 {share(50), share(80), share(100)});
        }

        RESMON_LANES static void all(Evaluation& e, std::span<CourseOutputs> rows) {
            Lanes loss{};
            Lanes waiting{};
            std::ranges::fill(e.able_, Lanes{});
            for (std::size_t place = 0; place < e.program_.provisions.size(); ++place) {
                const ProvisionPlan& plan = e.program_.provisions[place];
                const Provision& provision = e.case_.provisions[plan.provision];
                provide_lanes(e.program_, e.courses_, plan, Wanted::backlog, e.provided_);
                e.returns_[place] = e.provided_.back;
                loss = loss + provision.weight * e.provided_.lost_days;
                add_ability(e, provision.weight);
                if (plan.kind != ServiceKind::queue) continue;
                waiting = waiting + e.provided_.waiting;
                e.backlogs_[e.case_.bodies[plan.body].calendar].add(e.provided_, provision.demand);
            }
            const auto [half, most, last] = returns(e);
            const Lanes peak = backlog_peak(e);
            for (std::size_t lane = 0; lane < rows.size(); ++lane) {
                rows[lane] = {.services_half = half[lane],
                              .services_most = most[lane],
                              .services_all = last[lane],
                              .loss_days = e.weight_ > 0 ? loss[lane] / e.weight_ : 0,
                              .backlog_peak = peak[lane],
                              .waiting_case_days = waiting[lane],
                              .ability = {}};
                for (const Lanes& able : e.able_)
                    rows[lane].ability.push_back(e.weight_ > 0 ? able[lane] / e.weight_ : 1);
            }
        }
        static void baseline(Evaluation& e, std::span<CourseOutputs> rows) { all(e, rows); }
        RESMON_FOR_AVX2 static void avx2(Evaluation& e, std::span<CourseOutputs> rows) {
            RESMON_LANES_OR_BASELINE(all(e, rows), baseline(e, rows));
        }
        RESMON_FOR_AVX512 static void avx512(Evaluation& e, std::span<CourseOutputs> rows) {
            RESMON_LANES_OR_BASELINE(all(e, rows), baseline(e, rows));
        }
    };

    const Program& program_;
    const Case& case_;
    std::span<const double> days_;
    Courses courses_;
    ProvidedLanes provided_;
    Rows returns_;                      ///< by plan
    Rows able_;                         ///< by day asked for
    std::vector<BacklogSum> backlogs_;  ///< by calendar
    Rows cases_;                        ///< by day
    std::vector<double> ones_;
    std::vector<std::uint32_t> every_;  ///< plan
    WeightedRank rank_;
    double weight_ = 0;
};

}  // namespace

std::vector<CourseOutputs> course_outputs(const Case& outage, const Sampling& sampling, std::span<const double> days,
                                          unsigned threads) {
    require_whole_randomisations(sampling);
    const Compiled ready = compiled(outage);
    const Program program = program_of(ready);
    std::vector<CourseOutputs> rows(sampling.replications);
    const std::size_t workers = threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::jthread> pool;
    for (std::size_t worker = 0; worker < workers; ++worker)
        pool.emplace_back([&, worker] {
            Evaluation evaluation{program, sampling, days};
            for (std::size_t first = worker * lane_count; first < rows.size(); first += workers * lane_count)
                evaluation.outputs(static_cast<std::uint32_t>(first),
                                   std::span{rows}.subspan(first, std::min(lane_count, rows.size() - first)));
        });
    pool.clear();
    return rows;
}

}  // namespace resmon::model_file
