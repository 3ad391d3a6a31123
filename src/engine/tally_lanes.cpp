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
    RESMON_LANES static void put(std::uint32_t* numbers, const LaneInts& values) {
        std::memcpy(numbers, &values.low, sizeof values.low);
        std::memcpy(numbers + half_count, &values.high, sizeof values.high);
    }

    RESMON_LANES static void put_samples(std::vector<double>& samples, const Block& block, const Lanes& values) {
        for (std::size_t lane = 0; lane < block.valid; ++lane) samples[block.first + lane] = values[lane];
    }

    RESMON_LANES static void begin(Tally& t, Block& block) {
        block.loss = Lanes{};
        block.changes.clear();
        block.changes.insert(0);
        if (t.detail_ == Detail::sums) return;
        for (std::size_t service = 0; service < t.case_.services.size(); ++service)
            block.late[service] = block.lost[service] = block.missed[service] = block.hours[service] = Lanes{};
        block.backlog_days = 1;
        if (!t.case_.start) std::ranges::fill(block.known_days, std::size_t{0});
    }

    /// Of a plan at place `thing` of its service.
    RESMON_LANES static void add_plan(Tally& t, Block& block, std::size_t number, std::size_t place,
                                      std::size_t thing) {
        const ProvisionPlan& plan = t.program_.provisions[place];
        const Provision& provision = t.case_.provisions[plan.provision];
        block.first_mode[thing] = within(t.provided_.first, t.case_.horizon);
        block.back[place] = within(t.provided_.back, t.case_.horizon);
        keep_stretches(t, &t.stretches_[number * lane_count], t.stretches_of_[place]);
        const LaneInts day = day_index(t.provided_.back, t.days_);
        double* normal = numbers(block.normal_change);
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            const auto of_day = static_cast<std::size_t>(day[lane]);
            normal[of_day * lane_count + lane] += provision.weight;
            block.changes.insert(of_day);
        }
        for (const Index question : t.compiled_.questions_of[plan.provision])
            add_to_question(t, block.question_change[question], question, provision);
        add_results(t, block, plan, provision);
        keep_bins(t, &t.results_[number * lane_count], plan, block.first_mode[thing], block.back[place]);
    }

    RESMON_LANES static void keep_stretches(const Tally& t, std::uint32_t* row, std::size_t stretches) {
        const ProvidedLanes& provided = t.provided_;
        const auto& percent = percent_scale();
        const LaneInts capacities = static_cast<std::int32_t>(percent.bins());
        const LaneInts row_size = static_cast<std::int32_t>(t.days_ + 1);
        LaneInts seen{};
        LaneInts day{};
        for (std::size_t stretch = 0; stretch < stretches; ++stretch, row += stretch_rows * round) {
            if (stretch >= provided.stretches) {
                for (std::size_t kept = 0; kept < stretch_rows; ++kept) put(row + kept * round, LaneInts{});
                continue;
            }
            const LaneInts kind = whole(provided.kind[stretch]);
            const LaneInts mode = LaneInts{1} << kind;
            const LaneInts is_there = ones_of(provided.begin[stretch] < provided.begin[stretch + 1]);
            const LaneInts counts = is_there & ~ones_of(real(seen & mode) > 0.0);
            seen = seen | mode * is_there;
            const LaneInts end = day_index(provided.begin[stretch + 1], t.days_);
            put(row + from_row * round, kind * row_size + day);
            put(row + to_row * round, kind * row_size + end);
            put(row + capacity_row * round,
                (kind * capacities + percent.bins_of(provided.capacity[stretch])) | (counts << counts_bit));
            day = end;
        }
    }

    RESMON_LANES static void add_to_question(const Tally& t, Rows& changes, Index number, const Provision& provision) {
        const Question& question = t.case_.questions[number];
        const bool of_ability = question.kind == Question::Kind::ability;
        const double weight = of_ability ? provision.weight : t.case_.bodies[provision.body].inhabitants;
        double* change = numbers(changes);
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

    RESMON_LANES static void add_results(const Tally& t, Block& block, const ProvisionPlan& plan,
                                         const Provision& provision) {
        const ProvidedLanes& provided = t.provided_;
        switch (plan.kind) {
            case ServiceKind::queue:
                block.late[plan.service] = block.late[plan.service] + provided.late;
                block.lost[plan.service] = block.lost[plan.service] + provided.lost;
                block.peak = provided.peak;
                block.backlogs[t.case_.bodies[plan.body].calendar].add(provided, provision.demand);
                break;
            case ServiceKind::due_date:
                block.missed[plan.service] = block.missed[plan.service] + provided.missed * provision.demand;
                break;
            case ServiceKind::standby:
                block.hours[plan.service] =
                    block.hours[plan.service] + provided.hours_beyond * t.case_.bodies[plan.body].inhabitants;
                break;
        }
    }

    RESMON_LANES static void keep_bins(const Tally& t, std::uint16_t* row, const ProvisionPlan& plan,
                                       const Lanes& first, const Lanes& back) {
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
        next(days.bins_of(first));
        next(days.bins_of(back));
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

    RESMON_LANES static void know_working_days(const Tally& t, Block& block, std::size_t calendar, std::size_t days) {
        std::size_t& known = block.known_days[calendar];
        const WorkTable& table = t.program_.work[calendar];
        const Lanes& start = block.courses.start;
        if (known == 0) block.origin[calendar] = working(table, start, Lanes{}, Lanes{});
        for (; known < days; ++known)
            block.working[calendar][known] =
                working(table, start, block.origin[calendar], Lanes(static_cast<double>(known)));
    }

    /// Backlog of the bodies that were added, by day; the largest on a whole day.
    RESMON_LANES static Lanes finish_backlog(Tally& t, Block& block) {
        Lanes peak{};
        std::size_t days = 0;
        const auto used_calendars =
            std::ranges::count_if(block.backlogs, [](const BacklogSum& sum) { return !sum.is_empty(); });
        Rows& sums = used_calendars == 1 ? block.backlog : t.day_values_;
        for (const Index calendar : t.compiled_.calendars_of_bodies) {
            if (block.backlogs[calendar].is_empty()) continue;
            const std::size_t seen = block.backlogs[calendar].each(
                [&](std::size_t day) RESMON_LANES_LAMBDA {
                    know_working_days(t, block, calendar, day + 1);
                    return block.working[calendar][day];
                },
                [&](std::size_t day, const Lanes& cases) RESMON_LANES_LAMBDA {
                    peak = larger(peak, cases);
                    sums[day] = sums[day] + cases;
                });
            days = std::max(days, seen);
        }
        block.backlog_days = std::max(block.backlog_days, days);
        if (used_calendars < 2) return peak;
        peak = Lanes{};
        for (std::size_t day = 0; day < days; ++day) {
            peak = larger(peak, t.day_values_[day]);
            block.backlog[day] = block.backlog[day] + t.day_values_[day];
            t.day_values_[day] = Lanes{};
        }
        return peak;
    }

    /// What bodies with the service have in common: the largest backlog, and when half of the people are served.
    RESMON_LANES static void finish_service(Tally& t, Block& block, Index service) {
        const std::vector<std::uint32_t>& plans = t.plans_of_[service];
        auto& samples = t.samples_.services[service];
        const Lanes peak = t.is_single_ ? block.peak : finish_backlog(t, block);
        if (t.case_.services[service].kind == ServiceKind::queue)
            put_samples(samples[Samples::backlog_peak], block, peak);
        const double half = t.all_people_[service] / 2;
        const double* people = t.people_[service].data();
        const auto [first_mode] =
            t.rank_.of<1>({block.first_mode.data(), t.in_order_.data(), people, plans.size()}, {half});
        const auto [back] = t.rank_.of<1>({block.back.data(), plans.data(), people, plans.size()}, {half});
        put_samples(samples[Samples::first_mode], block, first_mode);
        put_samples(samples[Samples::normal], block, back);
    }

    RESMON_LANES static void finish_services(Tally& t, const Block& block) {
        Lanes late{};
        Lanes missed{};
        Lanes hours{};
        double people_waiting = 0;
        for (const Index service : t.services_by_id_) {
            const std::vector<std::uint32_t>& plans = t.plans_of_[service];
            if (plans.empty()) continue;
            const double all = t.all_people_[service];
            auto& samples = t.samples_.services[service];
            put_samples(samples[Samples::late], block, block.late[service]);
            put_samples(samples[Samples::lost], block, block.lost[service]);
            put_samples(samples[Samples::missed], block, block.missed[service]);
            const bool stands_by = t.case_.services[service].kind == ServiceKind::standby;
            put_samples(samples[Samples::hours], block, stands_by && all > 0 ? block.hours[service] / all : Lanes{});
            late = late + block.late[service];
            missed = missed + block.missed[service];
            hours = hours + block.hours[service];
            if (stands_by) people_waiting += all;
        }
        put_samples(t.samples_.late_cases, block, late);
        put_samples(t.samples_.missed_dates, block, missed);
        put_samples(t.samples_.hours_beyond, block, people_waiting > 0 ? hours / people_waiting : Lanes{});
    }

    template <class Bin>
    RESMON_LANES static void move(Curve<Bin>& curve, std::size_t day, const LaneInts& bins) {
        Move<Bin>& next = curve.moves.emplace_back();
        next.day = static_cast<std::uint32_t>(day);
        put(next.bins.data(), bins);
    }

    RESMON_LANES static void add_curve(const Tally& t, std::size_t place, const ProvidedLanes& provided, Rows& changes,
                                       Days& changed) {
        const double weight = t.case_.provisions[t.program_.provisions[place].provision].weight;
        Lanes before = weight * smaller(provided.capacity[0], Lanes(1));
        changes[0] = changes[0] + before;
        double* change = numbers(changes);
        for (std::size_t stretch = 1; stretch < provided.stretches; ++stretch) {
            const Lanes share = weight * smaller(provided.capacity[stretch], Lanes(1));
            const Lanes more = share - before;
            before = share;
            if (!any(more != Lanes{})) continue;
            const LaneInts day = day_index(provided.begin[stretch], t.days_);
            for (std::size_t lane = 0; lane < lane_count; ++lane) {
                const auto row = static_cast<std::size_t>(day[lane]);
                change[row * lane_count + lane] += more[lane];
                changed.insert(row);
            }
        }
    }

    RESMON_LANES static void add_body(Tally& t, Block& block, std::size_t rank) {
        Lanes loss{};
        for (std::size_t place = t.plans_before_[rank]; place < t.plans_before_[rank + 1]; ++place) {
            const ProvisionPlan& plan = t.program_.provisions[place];
            provide_lanes(t.program_, block.courses, plan, Wanted::loss, t.provided_);
            loss = loss + t.case_.provisions[plan.provision].weight * t.provided_.lost_days;
            add_curve(t, place, t.provided_, t.body_change_, t.body_changes_);
        }
        finish_body(t, block, rank, loss);
    }

    RESMON_LANES static void finish_body(Tally& t, Block& block, std::size_t rank, const Lanes& loss) {
        const double weight = t.body_weight_[rank];
        // The curve of a single body is that of the whole.
        const bool keeps = t.detail_ == Detail::full && !t.is_single_;
        const auto& percent = percent_scale();
        StaysFrom half{.threshold = 0.5}, most{.threshold = 0.8}, all{.threshold = 1};
        Lanes able{};
        t.body_changes_.insert(0);
        t.body_changes_.each([&](std::size_t day) RESMON_LANES_LAMBDA {
            const Lanes change = t.body_change_[day];
            t.body_change_[day] = Lanes{};
            if (day >= t.days_) return;
            block.region_change[day] = block.region_change[day] + change;
            able = able + change;
            const Lanes share = weight > 0 ? smaller(larger(able / weight, Lanes{}), Lanes(1)) : Lanes(1);
            half.see(day, share);
            most.see(day, share);
            all.see(day, share);
            if (keeps) move(t.body_curve_, day, percent.bins_of(share));
        });
        block.changes.insert(t.body_changes_);
        t.body_changes_.clear();
        auto& samples = t.samples_.bodies[t.compiled_.bodies_by_key[rank]];
        put_samples(samples[0], block, weight > 0 ? loss / weight : Lanes{});
        put_samples(samples[1], block, half.day());
        put_samples(samples[2], block, most.day());
        put_samples(samples[3], block, all.day());
        block.loss = block.loss + loss;
    }

    RESMON_LANES static void finish_region(Tally& t, Block& block) {
        const auto& shares = share_scale();
        const auto& cases = case_scale();
        const double weight = t.total_weight_;
        StaysFrom half{.threshold = 0.5}, most{.threshold = 0.8}, all{.threshold = 1};
        Lanes able{};
        Lanes normal{};
        const auto share_of = [&](const Lanes& part) RESMON_LANES_LAMBDA {
            return weight > 0 ? smaller(larger(part / weight, Lanes{}), Lanes(1)) : Lanes(1);
        };
        block.changes.each([&](std::size_t day) RESMON_LANES_LAMBDA {
            able = able + block.region_change[day];
            normal = normal + block.normal_change[day];
            block.region_change[day] = block.normal_change[day] = Lanes{};
            if (day >= t.days_) return;
            const Lanes share = share_of(able);
            half.see(day, share);
            most.see(day, share);
            all.see(day, share);
            move(t.ability_, day, shares.bins_of(share));
            move(t.normal_, day, shares.bins_of(share_of(normal)));
        });
        for (std::size_t day = 0; day < block.backlog_days; ++day) {
            move(t.backlog_, day, cases.bins_of(block.backlog[day]));
            block.backlog[day] = Lanes{};
        }
        put_samples(t.samples_.loss, block, weight > 0 ? block.loss / weight : Lanes{});
        put_samples(t.samples_.ability_half, block, half.day());
        put_samples(t.samples_.ability_most, block, most.day());
        put_samples(t.samples_.ability_all, block, all.day());
        finish_returns(t, block);
        for (std::size_t number = 0; number < t.case_.questions.size(); ++number) finish_question(t, block, number);
    }

    /// When shares of all services are back to normal.
    RESMON_LANES static void finish_returns(Tally& t, Block& block) {
        if (t.in_order_.empty()) return;
        const auto count = static_cast<double>(t.in_order_.size());
        const auto back = t.rank_.of<3>({block.back.data(), t.in_order_.data(), t.ones_.data(), t.in_order_.size()},
                                        {std::ceil(0.5 * count), std::ceil(0.8 * count), count});
        put_samples(t.samples_.services_half, block, back[0]);
        put_samples(t.samples_.services_most, block, back[1]);
        put_samples(t.samples_.services_all, block, back[2]);
    }

    RESMON_LANES static void finish_question(Tally& t, Block& block, std::size_t number) {
        Rows& change = block.question_change[number];
        StaysFrom from{.threshold = t.case_.questions[number].threshold};
        const double all = t.question_weight_[number];
        Lanes share{};
        for (std::size_t day = 0; day < t.days_; ++day) {
            share = share + change[day];
            change[day] = Lanes{};
            from.see(day, all > 0 ? share / all : Lanes{});
        }
        change[t.days_] = Lanes{};
        put_samples(t.samples_.questions[number], block, from.day());
    }

    /// Ability of the whole by course and day, nothing else.
    RESMON_LANES static void finish_sums(Tally& t, Block& block) {
        Lanes able{};
        for (std::size_t day = 0; day < t.days_; ++day) {
            able = able + block.region_change[day];
            block.region_change[day] = Lanes{};
            for (std::size_t lane = 0; lane < block.valid; ++lane)
                t.samples_.able[(block.first + lane) * t.days_ + day] = able[lane];
        }
        put_samples(t.samples_.loss, block, block.loss);
    }

    RESMON_LANES static void all(Tally& t, std::span<Block> blocks) {
        for (Block& block : blocks) begin(t, block);
        if (t.detail_ == Detail::full) add_services(t, blocks);
        // Body after body: many bodies need the memory of one.
        for (std::size_t rank = 0; rank < t.body_weight_.size(); ++rank) {
            for (Block& block : blocks) add_body(t, block, rank);
            if (!t.body_curve_.moves.empty()) t.flush_body(rank);
        }
        for (Block& block : blocks) {
            if (t.detail_ == Detail::sums) {
                finish_sums(t, block);
                continue;
            }
            finish_services(t, block);
            finish_region(t, block);
        }
    }

    /// Service after service: what its modes have in common and its backlog stay near.
    RESMON_LANES static void add_services(Tally& t, std::span<Block> blocks) {
        for (const Index service : t.services_by_id_) {
            const std::vector<std::uint32_t>& plans = t.plans_of_[service];
            if (plans.empty()) continue;
            for (std::size_t thing = 0; thing < plans.size(); ++thing) {
                const std::uint32_t place = plans[thing];
                for (std::size_t number = 0; number < blocks.size(); ++number) {
                    Block& block = blocks[number];
                    provide_lanes(t.program_, block.courses, t.program_.provisions[place], Wanted::everything,
                                  t.provided_);
                    add_plan(t, block, number, place, thing);
                }
                t.flush_provision(place);
            }
            for (Block& block : blocks) finish_service(t, block, service);
        }
        if (t.is_single_)
            for (Block& block : blocks) finish_backlog(t, block);
    }

    static void baseline(Tally& t, std::span<Block> blocks) { all(t, blocks); }
    RESMON_FOR_AVX2 static void avx2(Tally& t, std::span<Block> blocks) {
        RESMON_LANES_OR_BASELINE(all(t, blocks), baseline(t, blocks));
    }
    RESMON_FOR_AVX512 static void avx512(Tally& t, std::span<Block> blocks) {
        RESMON_LANES_OR_BASELINE(all(t, blocks), baseline(t, blocks));
    }
};

void Tally::count(std::size_t blocks) {
    const std::span all = std::span{blocks_}.first(blocks);
    switch (instructions_) {
        case Instructions::avx512: Kernel::avx512(*this, all); break;
        case Instructions::avx2: Kernel::avx2(*this, all); break;
        case Instructions::baseline: Kernel::baseline(*this, all); break;
    }
}

}  // namespace resmon::outage
