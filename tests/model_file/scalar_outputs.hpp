// The outputs of a course as the model states them, one course after the other: the reference of the fast ones.
#pragma once

#include "model_file/course_outputs.hpp"
#include "outage/compile.hpp"
#include "outage/draw.hpp"
#include "outage/restore.hpp"
#include "outage/service_stage.hpp"

#include <algorithm>
#include <cmath>

namespace resmon::model_file {

using namespace outage;

/// One course after the other; nothing of one course is left for the next.
class ScalarOutputs {
public:
    ScalarOutputs(const Compiled& ready, const Sampling& sampling, std::span<const double> days)
        : ready_{ready}, case_{*ready.outage}, sampling_{sampling}, days_{days} {}

    CourseOutputs outputs(std::uint32_t replication) {
        draw(ready_, sampling_, replication, draws_);
        schedule(ready_, {draws_.start, draws_.duration, draws_.needed, draws_.reached, draws_.priority}, schedule_);
        prepare(ready_, draws_, schedule_, stage_);
        begin_days();

        CourseOutputs result{.ability = std::vector<double>(days_.size(), 0)};
        double weight = 0;
        returns_.clear();
        for (const Index number : ready_.by_id) {
            const Provision& provision = case_.provisions[number];
            provide(ready_, draws_, stage_, number, provided_);
            returns_.push_back(provided_.back);
            weight += provision.weight;
            result.loss_days += provision.weight * provided_.lost_days;
            for (std::size_t day = 0; day < days_.size(); ++day)
                result.ability[day] += provision.weight * std::min(1.0, capacity_on(days_[day]));
            if (case_.services[provision.service].kind != ServiceKind::queue) continue;
            result.waiting_case_days += provision.demand * provided_.queue.waiting;
            add_backlog(provision);
        }
        std::ranges::sort(returns_);
        result.services_half = back_of(50);
        result.services_most = back_of(80);
        result.services_all = back_of(100);
        result.loss_days = weight > 0 ? result.loss_days / weight : 0;
        for (double& able : result.ability) able = weight > 0 ? able / weight : 1;
        for (const double cases : backlog_) result.backlog_peak = std::max(result.backlog_peak, cases);
        return result;
    }

private:
    void begin_days() {
        const auto count = static_cast<std::size_t>(case_.horizon) + 1;
        backlog_.assign(count, 0);
        working_.resize(case_.calendars.size());
        for (std::size_t calendar = 0; calendar < working_.size(); ++calendar) {
            working_[calendar].resize(count);
            const double origin = case_.calendars[calendar].working_time(draws_.start);
            for (std::size_t day = 0; day < count; ++day)
                working_[calendar][day] =
                    case_.calendars[calendar].working_time(draws_.start + static_cast<double>(day)) - origin;
        }
    }

    [[nodiscard]] double capacity_on(double day) const {
        double capacity = 0;
        for (const CountingMode& mode : provided_.counting) {
            if (mode.begin > day) break;
            capacity = mode.capacity;
        }
        return capacity;
    }

    /// The backlog is linear between its bends; after the last it is level.
    void add_backlog(const Provision& provision) {
        const std::vector<Bend>& bends = provided_.queue.bends;
        const std::vector<double>& working = working_[case_.bodies[provision.body].calendar];
        double at_bend = 0;
        std::size_t bend = 0;
        for (std::size_t day = 0; day < backlog_.size() && !bends.empty(); ++day) {
            while (bend + 1 < bends.size() && bends[bend + 1].at <= working[day]) {
                at_bend += bends[bend].slope * (bends[bend + 1].at - bends[bend].at);
                ++bend;
            }
            const double cases = at_bend + bends[bend].slope * (working[day] - bends[bend].at);
            if (bend + 1 == bends.size() && bends[bend].slope == 0 && provided_.back < never) return;
            backlog_[day] += provision.demand * std::max(0.0, cases);
        }
    }

    /// The smallest day by which so many per cent of the services are back.
    [[nodiscard]] double back_of(std::size_t percent) const {
        if (returns_.empty()) return 0;
        return returns_[(returns_.size() * percent + 99) / 100 - 1];
    }

    const Compiled& ready_;
    const Case& case_;
    const Sampling& sampling_;
    std::span<const double> days_;
    Draws draws_;
    Schedule schedule_;
    CourseStage stage_;
    Provided provided_;
    std::vector<double> returns_;
    std::vector<double> backlog_;               ///< by day, cases
    std::vector<std::vector<double>> working_;  ///< by calendar, by day
};

}  // namespace resmon::model_file
