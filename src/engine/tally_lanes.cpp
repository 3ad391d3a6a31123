// The part of a tally that computes with eight courses at once.
#include "engine/tally.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace resmon::outage {

namespace {

double* numbers(Rows& rows) { return reinterpret_cast<double*>(rows.data()); }

}  // namespace

/// Everything over lanes. Written once, compiled for each kind of instructions.
struct Tally::Kernel {
    template <class Bin>
    RESMON_LANES static void put(Bin* bins, const LaneInts& values) {
        const auto narrowed = narrow<Bin>(values);
        std::memcpy(bins, &narrowed, sizeof narrowed);
    }

    RESMON_LANES static void put_samples(std::vector<double>& samples, std::uint32_t first, std::uint32_t valid,
                                         const Lanes& values) {
        for (std::size_t lane = 0; lane < valid; ++lane) samples[first + lane] = values[lane];
    }

    RESMON_LANES static void begin(Tally& t) {
        for (std::size_t service = 0; service < t.case_.services.size(); ++service)
            t.late_[service] = t.lost_cases_[service] = t.missed_[service] = t.hours_[service] = Lanes{};
        t.total_loss_ = Lanes{};
        t.backlog_days_ = 1;
        t.region_changes_.clear();
        t.region_changes_.insert(0);
        if (!t.case_.start) std::ranges::fill(t.working_days_, std::size_t{0});
    }

    RESMON_LANES static void add_plan(Tally& t, std::size_t place, BodySum& body) {
        const ProvisionPlan& plan = t.program_.provisions[place];
        const ProvidedLanes& provided = t.provided_;
        const Provision& provision = t.case_.provisions[plan.provision];
        const double horizon = t.case_.horizon;
        t.first_[place] = within(provided.first, horizon);
        t.back_[place] = within(provided.back, horizon);
        body.loss = body.loss + provision.weight * provided.lost_days;
        add_curves(t, plan, provision, place, body);
        if (t.detail_ != Detail::full) return;
        add_results(t, plan, provision);
        keep_bins(t, plan, place);
    }

    RESMON_LANES static void add_curves(Tally& t, const ProvisionPlan& plan, const Provision& provision,
                                        std::size_t place, BodySum& body) {
        const ProvidedLanes& provided = t.provided_;
        const auto& percent = percent_scale();
        std::uint16_t* stretch_rows =
            t.detail_ == Detail::full ? &t.buffer_[t.buffer_of_[place] * round + t.block_ * lane_count] : nullptr;
        Lanes before = provision.weight * smaller(provided.capacity[0], Lanes(1));
        body.change[0] = body.change[0] + before;
        double* change = numbers(body.change);
        LaneInts day{};
        for (std::size_t stretch = 0; stretch < provided.stretches; ++stretch) {
            if (stretch > 0) {
                day = day_index(provided.begin[stretch], t.days_);
                const Lanes share = provision.weight * smaller(provided.capacity[stretch], Lanes(1));
                const Lanes more = share - before;
                before = share;
                if (any(more != Lanes{}))
                    for (std::size_t lane = 0; lane < lane_count; ++lane) {
                        const auto row = static_cast<std::size_t>(day[lane]);
                        change[row * lane_count + lane] += more[lane];
                        body.changes.insert(row);
                    }
            }
            if (stretch_rows != nullptr) {
                const LaneInts is_empty = ones_of(provided.begin[stretch] >= provided.begin[stretch + 1]);
                const LaneInts code =
                    (percent.bins_of(provided.capacity[stretch]) << kind_bits) + whole(provided.kind[stretch]);
                put(stretch_rows + 2 * stretch * round, day);
                put(stretch_rows + (2 * stretch + 1) * round, code | (is_empty << empty_bit));
            }
        }
        if (stretch_rows != nullptr)
            for (std::size_t stretch = provided.stretches; stretch < t.stretches_of_[place]; ++stretch) {
                put(stretch_rows + 2 * stretch * round, LaneInts{static_cast<int>(t.days_)});
                put(stretch_rows + (2 * stretch + 1) * round, LaneInts{1 << empty_bit});
            }
        if (t.detail_ != Detail::full) return;
        double* normal = numbers(t.normal_change_);
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            const auto row = static_cast<std::size_t>(day[lane]);
            normal[row * lane_count + lane] += provision.weight;
            t.region_changes_.insert(row);
        }
        for (const Index question : t.compiled_.questions_of[plan.provision]) add_to_question(t, question, provision);
    }

    RESMON_LANES static void add_to_question(Tally& t, Index number, const Provision& provision) {
        const Question& question = t.case_.questions[number];
        const bool of_ability = question.kind == Question::Kind::ability;
        const double weight = of_ability ? provision.weight : t.case_.bodies[provision.body].inhabitants;
        double* change = numbers(t.question_change_[number]);
        Lanes before{};
        for (std::size_t stretch = 0; stretch < t.provided_.stretches; ++stretch) {
            const Lanes& capacity = t.provided_.capacity[stretch];
            const auto holds = (t.provided_.kind[stretch] <= static_cast<double>(question.mode)) & (capacity > 0.0);
            const Lanes share = weight * (of_ability ? smaller(capacity, Lanes(1)) : choose(holds, Lanes(1), Lanes{}));
            const LaneInts day = day_index(t.provided_.begin[stretch], t.days_);
            for (std::size_t lane = 0; lane < lane_count; ++lane)
                change[static_cast<std::size_t>(day[lane]) * lane_count + lane] += share[lane] - before[lane];
            before = share;
        }
    }

    RESMON_LANES static void add_results(Tally& t, const ProvisionPlan& plan, const Provision& provision) {
        const ProvidedLanes& provided = t.provided_;
        switch (plan.kind) {
            case ServiceKind::queue:
                t.late_[plan.service] = t.late_[plan.service] + provided.late;
                t.lost_cases_[plan.service] = t.lost_cases_[plan.service] + provided.lost;
                t.backlogs_[t.case_.bodies[plan.body].calendar].add(provided, provision.demand);
                break;
            case ServiceKind::due_date:
                t.missed_[plan.service] = t.missed_[plan.service] + provided.missed * provision.demand;
                break;
            case ServiceKind::standby:
                t.hours_[plan.service] =
                    t.hours_[plan.service] + provided.hours_beyond * t.case_.bodies[plan.body].inhabitants;
                break;
        }
    }

    RESMON_LANES static void keep_bins(Tally& t, const ProvisionPlan& plan, std::size_t place) {
        std::uint16_t* row =
            &t.buffer_[(t.buffer_of_[place] + std::size_t{2} * t.stretches_of_[place]) * round + t.block_ * lane_count];
        const auto& days = t.day_scale_;
        const auto& cases = body_case_scale();
        // Often nobody is late and nothing is lost: that needs no logarithm.
        const auto case_bins = [&cases](const Lanes& number) RESMON_LANES_LAMBDA {
            return any(number > 0.0) ? cases.bins_of(number) : LaneInts{};
        };
        const auto next = [&](const LaneInts& bins) RESMON_LANES_LAMBDA {
            put(row, bins);
            row += round;
        };
        next(days.bins_of(t.first_[place]));
        next(days.bins_of(t.back_[place]));
        const ProvidedLanes& provided = t.provided_;
        switch (plan.kind) {
            case ServiceKind::queue:
                next(days.bins_of(within(provided.cleared, t.case_.horizon)));
                next(case_bins(provided.peak));
                next(case_bins(provided.late));
                next(case_bins(provided.lost));
                next(case_bins(provided.reentry));
                break;
            case ServiceKind::due_date:
                next(case_bins(provided.missed * t.case_.provisions[plan.provision].demand));
                break;
            case ServiceKind::standby: next(case_bins(provided.hours_beyond)); break;
        }
    }

    RESMON_LANES static void finish_body(Tally& t, std::size_t rank, BodySum& body, std::uint32_t first,
                                         std::uint32_t valid) {
        const double weight = t.body_weight_[rank];
        // The curve of a single body is that of the whole.
        const bool keeps = t.detail_ == Detail::full && !t.is_single_;
        const auto& percent = percent_scale();
        StaysFrom half{.threshold = 0.5}, most{.threshold = 0.8}, all{.threshold = 1};
        Curve<std::uint8_t>* curve = keeps ? &t.body_curves_[rank] : nullptr;
        Lanes able{};
        body.changes.insert(0);
        body.changes.each([&](std::size_t day) RESMON_LANES_LAMBDA {
            const Lanes change = body.change[day];
            body.change[day] = Lanes{};
            if (day >= t.days_) return;
            t.region_change_[day] = t.region_change_[day] + change;
            able = able + change;
            const Lanes share = weight > 0 ? smaller(larger(able / weight, Lanes{}), Lanes(1)) : Lanes(1);
            half.see(day, share);
            most.see(day, share);
            all.see(day, share);
            if (curve != nullptr) move(*curve, day, percent.bins_of(share));
        });
        t.region_changes_.insert(body.changes);
        body.changes.clear();
        auto& samples = t.samples_.bodies[t.compiled_.bodies_by_key[rank]];
        put_samples(samples[0], first, valid, weight > 0 ? body.loss / weight : Lanes{});
        put_samples(samples[1], first, valid, half.day());
        put_samples(samples[2], first, valid, most.day());
        put_samples(samples[3], first, valid, all.day());
        t.total_loss_ = t.total_loss_ + body.loss;
        body.loss = Lanes{};
    }

    RESMON_LANES static void know_working_days(Tally& t, std::size_t calendar, std::size_t days) {
        std::size_t& known = t.working_days_[calendar];
        const WorkTable& table = t.program_.work[calendar];
        if (known == 0) t.origin_[calendar] = working(table, t.courses_.start, Lanes{}, Lanes{});
        for (; known < days; ++known)
            t.working_[calendar][known] =
                working(table, t.courses_.start, t.origin_[calendar], Lanes(static_cast<double>(known)));
    }

    /// Backlog of the bodies that were added, by day; the largest on a whole day.
    RESMON_LANES static Lanes finish_backlog(Tally& t) {
        Lanes peak{};
        std::size_t days = 0;
        const auto used_calendars =
            std::ranges::count_if(t.backlogs_, [](const BacklogSum& sum) { return !sum.is_empty(); });
        Rows& sums = used_calendars == 1 ? t.regional_backlog_ : t.day_values_;
        for (const Index calendar : t.compiled_.calendars_of_bodies) {
            if (t.backlogs_[calendar].is_empty()) continue;
            const std::size_t seen = t.backlogs_[calendar].each(
                [&](std::size_t day) RESMON_LANES_LAMBDA {
                    know_working_days(t, calendar, day + 1);
                    return t.working_[calendar][day];
                },
                [&](std::size_t day, const Lanes& cases) RESMON_LANES_LAMBDA {
                    peak = larger(peak, cases);
                    sums[day] = sums[day] + cases;
                });
            days = std::max(days, seen);
        }
        t.backlog_days_ = std::max(t.backlog_days_, days);
        if (used_calendars < 2) return peak;
        peak = Lanes{};
        for (std::size_t day = 0; day < days; ++day) {
            peak = larger(peak, t.day_values_[day]);
            t.regional_backlog_[day] = t.regional_backlog_[day] + t.day_values_[day];
            t.day_values_[day] = Lanes{};
        }
        return peak;
    }

    RESMON_LANES static void finish_services(Tally& t, std::uint32_t first, std::uint32_t valid) {
        Lanes late{};
        Lanes missed{};
        Lanes hours{};
        double people_waiting = 0;
        for (const Index service : t.services_by_id_) {
            const std::vector<std::uint32_t>& plans = t.plans_of_[service];
            if (plans.empty()) continue;
            const double all = t.all_people_[service];
            auto& samples = t.samples_.services[service];
            put_samples(samples[Samples::late], first, valid, t.late_[service]);
            put_samples(samples[Samples::lost], first, valid, t.lost_cases_[service]);
            put_samples(samples[Samples::missed], first, valid, t.missed_[service]);
            const bool stands_by = t.case_.services[service].kind == ServiceKind::standby;
            put_samples(samples[Samples::hours], first, valid,
                        stands_by && all > 0 ? t.hours_[service] / all : Lanes{});
            late = late + t.late_[service];
            missed = missed + t.missed_[service];
            hours = hours + t.hours_[service];
            if (stands_by) people_waiting += all;
        }
        put_samples(t.samples_.late_cases, first, valid, late);
        put_samples(t.samples_.missed_dates, first, valid, missed);
        put_samples(t.samples_.hours_beyond, first, valid, people_waiting > 0 ? hours / people_waiting : Lanes{});
    }

    template <class Bin>
    RESMON_LANES static void move(Curve<Bin>& curve, std::size_t day, const LaneInts& bins) {
        Move<Bin>& next = curve.moves.emplace_back();
        next.day = static_cast<std::uint32_t>(day);
        put(next.bins.data(), bins);
    }

    RESMON_LANES static void finish_region(Tally& t, std::uint32_t first, std::uint32_t valid) {
        const auto& shares = share_scale();
        const auto& cases = case_scale();
        const double weight = t.total_weight_;
        StaysFrom half{.threshold = 0.5}, most{.threshold = 0.8}, all{.threshold = 1};
        Lanes able{};
        Lanes normal{};
        const auto share_of = [&](const Lanes& part) RESMON_LANES_LAMBDA {
            return weight > 0 ? smaller(larger(part / weight, Lanes{}), Lanes(1)) : Lanes(1);
        };
        t.region_changes_.each([&](std::size_t day) RESMON_LANES_LAMBDA {
            able = able + t.region_change_[day];
            normal = normal + t.normal_change_[day];
            t.region_change_[day] = t.normal_change_[day] = Lanes{};
            if (day >= t.days_) return;
            const Lanes share = share_of(able);
            half.see(day, share);
            most.see(day, share);
            all.see(day, share);
            move(t.ability_, day, shares.bins_of(share));
            move(t.normal_, day, shares.bins_of(share_of(normal)));
        });
        for (std::size_t day = 0; day < t.backlog_days_; ++day) {
            move(t.backlog_, day, cases.bins_of(t.regional_backlog_[day]));
            t.regional_backlog_[day] = Lanes{};
        }
        put_samples(t.samples_.loss, first, valid, weight > 0 ? t.total_loss_ / weight : Lanes{});
        put_samples(t.samples_.ability_half, first, valid, half.day());
        put_samples(t.samples_.ability_most, first, valid, most.day());
        put_samples(t.samples_.ability_all, first, valid, all.day());
        for (const HalfOfPeople& half_of : t.halves_)
            put_samples(*half_of.answer, first, valid, t.rank_.of<1>(half_of.values, {half_of.target}).front());
        finish_returns(t, first, valid);
        for (std::size_t number = 0; number < t.case_.questions.size(); ++number)
            finish_question(t, number, first, valid);
    }

    /// When shares of all services are back to normal.
    RESMON_LANES static void finish_returns(Tally& t, std::uint32_t first, std::uint32_t valid) {
        if (t.every_plan_.empty()) return;
        const auto count = static_cast<double>(t.every_plan_.size());
        const auto back = t.rank_.of<3>({t.back_.data(), t.every_plan_.data(), t.ones_.data(), t.every_plan_.size()},
                                        {std::ceil(0.5 * count), std::ceil(0.8 * count), count});
        put_samples(t.samples_.services_half, first, valid, back[0]);
        put_samples(t.samples_.services_most, first, valid, back[1]);
        put_samples(t.samples_.services_all, first, valid, back[2]);
    }

    RESMON_LANES static void finish_question(Tally& t, std::size_t number, std::uint32_t first, std::uint32_t valid) {
        Rows& change = t.question_change_[number];
        StaysFrom from{.threshold = t.case_.questions[number].threshold};
        const double all = t.question_weight_[number];
        Lanes share{};
        for (std::size_t day = 0; day < t.days_; ++day) {
            share = share + change[day];
            change[day] = Lanes{};
            from.see(day, all > 0 ? share / all : Lanes{});
        }
        change[t.days_] = Lanes{};
        put_samples(t.samples_.questions[number], first, valid, from.day());
    }

    /// Ability of the whole by course and day, nothing else.
    RESMON_LANES static void finish_sums(Tally& t, std::uint32_t first, std::uint32_t valid) {
        Lanes able{};
        for (std::size_t day = 0; day < t.days_; ++day) {
            able = able + t.region_change_[day];
            t.region_change_[day] = Lanes{};
            for (std::size_t lane = 0; lane < valid; ++lane)
                t.samples_.able[(first + lane) * t.days_ + day] = able[lane];
        }
        put_samples(t.samples_.loss, first, valid, t.total_loss_);
    }

    RESMON_LANES static void all(Tally& t, std::uint32_t first, std::uint32_t valid) {
        begin(t);
        if (t.detail_ == Detail::sums) {
            // Body after body: many bodies need the memory of one.
            std::size_t place = 0;
            for (std::size_t rank = 0; rank < t.body_weight_.size(); ++rank) {
                const Index body = t.compiled_.bodies_by_key[rank];
                for (; place < t.program_.provisions.size() && t.program_.provisions[place].body == body; ++place) {
                    provide_lanes(t.program_, t.courses_, t.program_.provisions[place], Wanted::loss, t.provided_);
                    add_plan(t, place, t.bodies_.front());
                }
                finish_body(t, rank, t.bodies_.front(), first, valid);
            }
            finish_sums(t, first, valid);
            return;
        }
        // Service after service: what its modes have in common and its backlog stay near.
        for (const Index service : t.services_by_id_) {
            for (const std::uint32_t place : t.plans_of_[service]) {
                const ProvisionPlan& plan = t.program_.provisions[place];
                provide_lanes(t.program_, t.courses_, plan, Wanted::everything, t.provided_);
                add_plan(t, place, t.bodies_[t.rank_of_[plan.body]]);
            }
            const Lanes peak = t.is_single_ ? t.provided_.peak : finish_backlog(t);
            if (t.case_.services[service].kind == ServiceKind::queue && !t.plans_of_[service].empty())
                put_samples(t.samples_.services[service][Samples::backlog_peak], first, valid, peak);
        }
        if (t.is_single_) finish_backlog(t);
        for (std::size_t rank = 0; rank < t.bodies_.size(); ++rank) finish_body(t, rank, t.bodies_[rank], first, valid);
        finish_services(t, first, valid);
        finish_region(t, first, valid);
    }
    static void baseline(Tally& t, std::uint32_t first, std::uint32_t valid) { all(t, first, valid); }
    RESMON_FOR_AVX2 static void avx2(Tally& t, std::uint32_t first, std::uint32_t valid) {
        RESMON_LANES_OR_BASELINE(all(t, first, valid), baseline(t, first, valid));
    }
    RESMON_FOR_AVX512 static void avx512(Tally& t, std::uint32_t first, std::uint32_t valid) {
        RESMON_LANES_OR_BASELINE(all(t, first, valid), baseline(t, first, valid));
    }
};

void Tally::count(std::uint32_t first, std::uint32_t valid) {
    switch (courses_.instructions) {
        case Instructions::avx512: Kernel::avx512(*this, first, valid); break;
        case Instructions::avx2: Kernel::avx2(*this, first, valid); break;
        case Instructions::baseline: Kernel::baseline(*this, first, valid); break;
    }
}

}  // namespace resmon::outage
