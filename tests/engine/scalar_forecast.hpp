// The reference: a forecast computed course by course with the plain model of src/outage, as the engine was first
// written. The engine over lanes must give the same figures.
#pragma once

#include "base/random.hpp"
#include "engine/counts.hpp"
#include "outage/course.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace resmon::outage {

/// Memory from course to course.
struct ScalarWorkspace : Workspace {
    Counts counts;
    std::vector<Link> links;
    std::vector<double> body_change, normal_change, day_values;  ///< body × day; day
    std::vector<double> slope, offset, regional_backlog;         ///< calendar × day; day
    std::vector<double> question_change;                         ///< question × day
    std::vector<double> working_day;                             ///< calendar × day: working time since the disruption
    std::vector<std::vector<std::pair<double, double>>> firsts, normals;  ///< by service: day, people
    std::vector<double> returns;
    std::vector<std::uint64_t> label_seen;  ///< label × waiting: stamp
    std::uint64_t stamp = 0;
};

namespace reference {

/// The first whole day on which what begins then counts; the end of the horizon for later ones.
inline std::size_t day_index(double day, std::size_t days) {
    return day >= static_cast<double>(days) ? days : static_cast<std::size_t>(std::ceil(std::max(day, 0.0)));
}

inline double within(double day, double horizon) { return day <= horizon ? day : never; }

/// A count with a small mean as people see it: whole cases, by the inverse of the Poisson distribution at one uniform.
inline double displayed_count(double mean, double uniform) {
    double probability = std::exp(-mean);
    double cumulated = probability;
    int count = 0;
    constexpr int most = 10'000;
    while (cumulated < uniform && count < most) {
        ++count;
        probability *= mean * (1.0 / count);
        cumulated += probability;
    }
    return count;
}

/// The day from which `values` (one per day) stay at the threshold to the end; infinity if the last one is below.
inline double stays_from(std::span<const double> values, double threshold) {
    constexpr double rounding = 1e-9;
    std::size_t day = values.size();
    while (day > 0 && values[day - 1] >= threshold - rounding) --day;
    return day == values.size() ? never : static_cast<double>(day);
}

/// The day on which those reached so far are at least half of all people.
inline double half_of_people(std::vector<std::pair<double, double>>& days) {
    double total = 0;
    for (const auto& [day, people] : days) total += people;
    std::ranges::stable_sort(days, {}, [](const auto& entry) { return entry.first; });
    double reached = 0;
    for (const auto& [day, people] : days) {
        reached += people;
        if (reached >= total / 2) return day;
    }
    return never;
}

class CourseAdder {
public:
    CourseAdder(const Compiled& compiled, ScalarWorkspace& workspace, Samples& samples, std::uint32_t replication)
        : compiled_{compiled}, case_{*compiled.outage}, work_{workspace}, samples_{samples}, replication_{replication},
          days_{days_of(case_)} {}

    void add() {
        reset();
        for (std::size_t place = 0; place < compiled_.by_id.size(); ++place) {
            const Index number = compiled_.by_id[place];
            provide(compiled_, work_.draws, work_.stage, number, work_.provided);
            add_provision(number);
            const bool is_last_of_service =
                place + 1 == compiled_.by_id.size() ||
                case_.provisions[compiled_.by_id[place + 1]].service != case_.provisions[number].service;
            if (is_last_of_service) finish_service(case_.provisions[number].service);
        }
        finish_bodies();
        finish_region();
        finish_questions();
    }

private:
    void reset() {
        work_.body_change.assign(case_.bodies.size() * (days_ + 1), 0);
        work_.normal_change.assign(days_ + 1, 0);
        work_.regional_backlog.assign(days_, 0);
        work_.slope.assign(case_.calendars.size() * (days_ + 1), 0);
        work_.offset.assign(case_.calendars.size() * (days_ + 1), 0);
        work_.question_change.assign(case_.questions.size() * (days_ + 1), 0);
        work_.firsts.resize(case_.services.size());
        work_.normals.resize(case_.services.size());
        work_.returns.clear();
        work_.working_day.resize(case_.calendars.size() * days_);
        for (std::size_t calendar = 0; calendar < case_.calendars.size(); ++calendar) {
            const double origin = case_.calendars[calendar].working_time(work_.draws.start);
            for (std::size_t day = 0; day < days_; ++day)
                work_.working_day[calendar * days_ + day] =
                    case_.calendars[calendar].working_time(work_.draws.start + static_cast<double>(day)) - origin;
        }
    }

    void add_provision(Index number) {
        const Provision& provision = case_.provisions[number];
        const Provided& provided = work_.provided;
        const double people = case_.bodies[provision.body].inhabitants;
        add_modes(number);
        for (const Index question : compiled_.questions_of[number]) add_to_question(question, number);

        const double first = within(first_capacity_day(provided.counting), case_.horizon);
        const double back = within(provided.back, case_.horizon);
        work_.firsts[provision.service].emplace_back(first, people);
        work_.normals[provision.service].emplace_back(back, people);
        work_.returns.push_back(back);
        const auto days = day_scale(case_.horizon);
        count(work_.counts.first_mode, days, number, first);
        count(work_.counts.normal, days, number, back);
        losses_[provision.body] += provision.weight * provided.lost_days;
        weights_[provision.body] += provision.weight;
        total_weight_ += provision.weight;
        add_results(number);
        if (back < never) add_chain(number);
    }

    /// Ability, modes and normal services by day.
    void add_modes(Index number) {
        const Provision& provision = case_.provisions[number];
        const std::vector<CountingMode>& counting = work_.provided.counting;
        double* ability = &work_.body_change[provision.body * (days_ + 1)];
        bool seen[mode_count] = {};
        for (std::size_t stretch = 0; stretch < counting.size(); ++stretch) {
            const std::size_t from = day_index(counting[stretch].begin, days_);
            const std::size_t to =
                stretch + 1 < counting.size() ? day_index(counting[stretch + 1].begin, days_) : days_;
            const auto mode = static_cast<std::size_t>(counting[stretch].kind);
            if (!seen[mode]) {
                seen[mode] = true;
                ++work_.counts.capacity[(number * mode_count + mode) * percent_scale().bins() +
                                        percent_scale().bin_of(std::min(counting[stretch].capacity, 9.0))];
            }
            if (from == to) continue;
            const double share = provision.weight * std::min(1.0, counting[stretch].capacity);
            ability[from] += share;
            ability[to] -= share;
            std::int32_t* change = &work_.counts.modes[(number * mode_count + mode) * (days_ + 1)];
            ++change[from];
            --change[to];
            if (counting[stretch].kind == ModeKind::normal) work_.normal_change[from] += provision.weight;
        }
    }

    void add_to_question(std::size_t number, Index provision) {
        const Question& question = case_.questions[number];
        const std::vector<CountingMode>& counting = work_.provided.counting;
        double* change = &work_.question_change[number * (days_ + 1)];
        const bool of_ability = question.kind == Question::Kind::ability;
        const double weight = of_ability ? case_.provisions[provision].weight
                                         : case_.bodies[case_.provisions[provision].body].inhabitants;
        for (std::size_t stretch = 0; stretch < counting.size(); ++stretch) {
            const bool holds = counting[stretch].kind <= question.mode && counting[stretch].capacity > 0;
            const double share = of_ability ? std::min(1.0, counting[stretch].capacity) : (holds ? 1.0 : 0.0);
            const std::size_t to =
                stretch + 1 < counting.size() ? day_index(counting[stretch + 1].begin, days_) : days_;
            change[day_index(counting[stretch].begin, days_)] += weight * share;
            change[to] -= weight * share;
        }
    }

    void add_results(Index number) {
        const Provision& provision = case_.provisions[number];
        const Provided& provided = work_.provided;
        const auto cases = body_case_scale();
        switch (case_.services[provision.service].kind) {
            case ServiceKind::queue: {
                const double late = displayed(number, provided.queue.late * provision.demand, 0);
                const double lost = displayed(number, provided.queue.lost * provision.demand, 1);
                peak_ = provided.queue.peak * provision.demand;
                count(work_.counts.peak, cases, number, peak_);
                count(work_.counts.late, cases, number, late);
                count(work_.counts.lost, cases, number, lost);
                count(work_.counts.reentry, cases, number, provided.queue.reentry * provision.demand);
                count(work_.counts.cleared, day_scale(case_.horizon), number,
                      within(provided.queue.cleared, case_.horizon));
                late_ += late;
                lost_ += lost;
                total_late_ += late;
                add_backlog(provision);
                break;
            }
            case ServiceKind::due_date: {
                const double missed = provided.missed_dates * provision.demand;
                count(work_.counts.missed, cases, number, missed);
                missed_ += missed;
                total_missed_ += missed;
                break;
            }
            case ServiceKind::standby: {
                count(work_.counts.hours, cases, number, provided.hours_beyond);
                const double people = case_.bodies[provision.body].inhabitants;
                hours_ += provided.hours_beyond * people;
                people_ += people;
                break;
            }
        }
    }

    [[nodiscard]] double displayed(Index number, double mean, std::uint32_t which) const {
        constexpr double once_a_week = 52;
        const Provision& provision = case_.provisions[number];
        const WorkingCalendar& days = case_.calendars[case_.bodies[provision.body].calendar];
        const double yearly = provision.demand * 365.25 * days.working_share();
        if (yearly >= once_a_week || !std::isfinite(mean)) return mean;
        return displayed_count(mean, uniform_draw(work_.draws.seed, work_.draws.replication,
                                                  compiled_.provision_hash[number], Purpose::count, which));
    }

    void add_backlog(const Provision& provision) {
        const std::size_t calendar = case_.bodies[provision.body].calendar;
        double* slope = &work_.slope[calendar * (days_ + 1)];
        double* offset = &work_.offset[calendar * (days_ + 1)];
        double before = 0;
        for (std::size_t bend = 0; bend < work_.provided.queue.bends.size(); ++bend) {
            const Bend& change = work_.provided.queue.bends[bend];
            const std::size_t day = day_index(work_.provided.bend_days[bend], days_);
            const double more = (change.slope - before) * provision.demand;
            slope[day] += more;
            offset[day] += more * change.at;
            before = change.slope;
        }
    }

    void add_chain(Index number) {
        const Met& normal = work_.stage.normal[number];
        work_.links.clear();
        const double delay = work_.provided.back - normal.day;
        if (work_.provided.back > 0 && delay > 0) work_.links.push_back({compiled_.activation_label, false, delay});
        if (normal.resource && normal.day > 0) chain_to(compiled_, work_.schedule, *normal.resource, work_.links);
        ++work_.counts.returns[number];
        ++work_.stamp;
        Counts::Chain* chains = &work_.counts.chains[number * compiled_.labels.size() * 2];
        for (std::size_t link = 0; link < work_.links.size(); ++link) {
            const std::size_t place = work_.links[link].label * 2 + (work_.links[link].waiting ? 1 : 0);
            chains[place].days += static_cast<std::int64_t>(std::llround(work_.links[link].days * 0x1p20));
            if (work_.label_seen[place] != work_.stamp) ++chains[place].courses;
            work_.label_seen[place] = work_.stamp;
            if (link == 0) ++chains[place].decides;
        }
    }

    void finish_service(Index service) {
        auto& samples = samples_.services[service];
        samples[Samples::first_mode][replication_] = half_of_people(work_.firsts[service]);
        samples[Samples::normal][replication_] = half_of_people(work_.normals[service]);
        work_.firsts[service].clear();
        work_.normals[service].clear();
        samples[Samples::late][replication_] = late_;
        samples[Samples::lost][replication_] = lost_;
        samples[Samples::missed][replication_] = missed_;
        samples[Samples::hours][replication_] = people_ > 0 ? hours_ / people_ : 0;
        total_hours_ += hours_;
        total_people_ += people_;
        late_ = lost_ = missed_ = hours_ = people_ = 0;

        double peak = 0;
        if (case_.services[service].kind == ServiceKind::queue) {
            work_.day_values.assign(days_, 0);
            for (const Index calendar : compiled_.calendars_of_bodies) add_calendar_backlog(calendar);
            for (std::size_t day = 0; day < days_; ++day) {
                peak = std::max(peak, work_.day_values[day]);
                work_.regional_backlog[day] += work_.day_values[day];
            }
        }
        // Of a single body the peak itself, of several the largest sum on a whole day.
        const bool is_single = case_.bodies.size() == 1;
        samples[Samples::backlog_peak][replication_] =
            is_single && case_.services[service].kind == ServiceKind::queue ? peak_ : peak;
    }

    void add_calendar_backlog(std::size_t calendar) {
        double slope = 0;
        double offset = 0;
        for (std::size_t day = 0; day < days_; ++day) {
            double& more = work_.slope[calendar * (days_ + 1) + day];
            double& shift = work_.offset[calendar * (days_ + 1) + day];
            slope += more;
            offset += shift;
            more = shift = 0;
            work_.day_values[day] += std::max(0.0, slope * work_.working_day[calendar * days_ + day] - offset);
        }
        work_.slope[calendar * (days_ + 1) + days_] = work_.offset[calendar * (days_ + 1) + days_] = 0;
    }

    /// Bodies in the byte order of their keys, so that the region's sum does not depend on the order of the case.
    void finish_bodies() {
        region_.assign(days_, 0);
        const auto percent = percent_scale();
        for (const Index body : compiled_.bodies_by_key) {
            double able = 0;
            work_.day_values.resize(days_);
            const double weight = weights_[body];
            for (std::size_t day = 0; day < days_; ++day) {
                able += work_.body_change[body * (days_ + 1) + day];
                region_[day] += able;
                work_.day_values[day] = weight > 0 ? std::clamp(able / weight, 0.0, 1.0) : 1;
                ++work_.counts
                      .body_ability[(body * days_ + day) * percent.bins() + percent.bin_of(work_.day_values[day])];
            }
            auto& samples = samples_.bodies[body];
            samples[0][replication_] = weight > 0 ? losses_[body] / weight : 0;
            samples[1][replication_] = stays_from(work_.day_values, 0.5);
            samples[2][replication_] = stays_from(work_.day_values, 0.8);
            samples[3][replication_] = stays_from(work_.day_values, 1);
            total_loss_ += losses_[body];
        }
    }

    void finish_region() {
        const auto shares = share_scale();
        const auto cases = case_scale();
        double normal = 0;
        for (std::size_t day = 0; day < days_; ++day) {
            region_[day] = total_weight_ > 0 ? std::clamp(region_[day] / total_weight_, 0.0, 1.0) : 1;
            normal += work_.normal_change[day];
            ++work_.counts.ability[day * shares.bins() + shares.bin_of(region_[day])];
            ++work_.counts
                  .services_normal[day * shares.bins() +
                                   shares.bin_of(total_weight_ > 0 ? std::clamp(normal / total_weight_, 0.0, 1.0) : 1)];
            ++work_.counts.backlog[day * cases.bins() + cases.bin_of(work_.regional_backlog[day])];
        }
        samples_.loss[replication_] = total_weight_ > 0 ? total_loss_ / total_weight_ : 0;
        samples_.ability_half[replication_] = stays_from(region_, 0.5);
        samples_.ability_most[replication_] = stays_from(region_, 0.8);
        samples_.ability_all[replication_] = stays_from(region_, 1);
        std::ranges::sort(work_.returns);
        const auto share_back = [this](double share) {
            const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(work_.returns.size())));
            return rank == 0 ? 0 : work_.returns[rank - 1];
        };
        samples_.services_half[replication_] = share_back(0.5);
        samples_.services_most[replication_] = share_back(0.8);
        samples_.services_all[replication_] = share_back(1);
        samples_.late_cases[replication_] = total_late_;
        samples_.missed_dates[replication_] = total_missed_;
        samples_.hours_beyond[replication_] = total_people_ > 0 ? total_hours_ / total_people_ : 0;
    }

    void finish_questions() {
        for (std::size_t number = 0; number < case_.questions.size(); ++number) {
            const Question& question = case_.questions[number];
            double all = 0;
            for (const Index provision : question.provisions)
                all += question.kind == Question::Kind::ability
                           ? case_.provisions[provision].weight
                           : case_.bodies[case_.provisions[provision].body].inhabitants;
            work_.day_values.resize(days_);
            double share = 0;
            for (std::size_t day = 0; day < days_; ++day) {
                share += work_.question_change[number * (days_ + 1) + day];
                work_.day_values[day] = all > 0 ? share / all : 0;
            }
            samples_.questions[number][replication_] = stays_from(work_.day_values, question.threshold);
        }
    }

    static void count(std::vector<std::uint32_t>& counts, const statistics::Scale& scale, Index number, double value) {
        ++counts[number * scale.bins() + scale.bin_of(value)];
    }

    const Compiled& compiled_;
    const Case& case_;
    ScalarWorkspace& work_;
    Samples& samples_;
    std::uint32_t replication_;
    std::size_t days_;
    std::vector<double> losses_ = std::vector<double>(case_.bodies.size(), 0);
    std::vector<double> weights_ = std::vector<double>(case_.bodies.size(), 0);
    std::vector<double> region_;
    double total_weight_ = 0, total_loss_ = 0, total_late_ = 0, total_missed_ = 0, total_hours_ = 0, total_people_ = 0;
    double late_ = 0, lost_ = 0, missed_ = 0, hours_ = 0, people_ = 0, peak_ = 0;
};

inline void add_course(const Compiled& compiled, const Sampling& sampling, std::uint32_t replication,
                       ScalarWorkspace& workspace, Samples& samples) {
    if (workspace.label_seen.empty()) {
        workspace.label_seen.resize(compiled.labels.size() * 2, 0);
        workspace.counts.prepare(compiled);
    }
    begin_course(compiled, sampling, replication, workspace);
    CourseAdder{compiled, workspace, samples, replication}.add();
}

}  // namespace reference

/// Rows by day as changes from day to day, from the last day back. Nothing precedes the first of each `days`.
inline void as_changes(std::vector<std::uint32_t>& counts, std::size_t bins, std::size_t days) {
    for (std::size_t row = counts.size() / bins; row-- > 0;)
        if (row % days != 0)
            for (std::size_t bin = 0; bin < bins; ++bin) counts[row * bins + bin] -= counts[(row - 1) * bins + bin];
}

[[nodiscard]] inline Forecast scalar_forecast(const Case& outage, const Sampling& sampling) {
    const Compiled ready = compiled(outage);
    Samples samples{outage, sampling.replications};
    ScalarWorkspace workspace;
    workspace.counts.prepare(ready);
    for (std::uint32_t course = 0; course < sampling.replications; ++course)
        reference::add_course(ready, sampling, course, workspace, samples);
    const std::size_t days = days_of(outage);
    as_changes(workspace.counts.ability, share_scale().bins(), days);
    as_changes(workspace.counts.services_normal, share_scale().bins(), days);
    as_changes(workspace.counts.backlog, case_scale().bins(), days);
    as_changes(workspace.counts.body_ability, percent_scale().bins(), days);
    return summarised(ready, sampling, workspace.counts, samples);
}

}  // namespace resmon::outage
