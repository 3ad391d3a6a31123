#include "engine/tally.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <string_view>

namespace resmon::outage {

Tally::Tally(const Program& program, const Sampling& sampling, Detail detail, Instructions instructions,
             SharedCounts& shared, Samples& samples)
    : program_{program}, compiled_{*program.compiled}, case_{*program.compiled->outage}, sampling_{sampling},
      detail_{detail}, instructions_{instructions}, shared_{shared}, samples_{samples}, days_{days_of(case_)},
      day_scale_{day_scale(case_.horizon)}, is_single_{case_.bodies.size() == 1}, body_change_(days_ + 1),
      body_changes_{days_}, day_values_(days_) {
    const std::size_t services = case_.services.size();
    const std::size_t plans = program.provisions.size();
    plans_of_.resize(services);
    people_.resize(services);
    all_people_.resize(services);
    std::size_t stretches_kept = 0;
    for (std::uint32_t place = 0; place < plans; ++place) {
        const ProvisionPlan& plan = program.provisions[place];
        plans_of_[plan.service].push_back(place);
        people_[plan.service].push_back(case_.bodies[plan.body].inhabitants);
        all_people_[plan.service] += case_.bodies[plan.body].inhabitants;
        total_weight_ += case_.provisions[plan.provision].weight;
        std::uint32_t stretches = 2;
        for (const ModePlan& mode : plan.fallbacks) stretches += mode.has_end ? 2 : 1;
        stretches_of_.push_back(stretches);
        stretches_kept = std::max<std::size_t>(stretches_kept, stretches);
    }
    in_order_.resize(plans);
    std::iota(in_order_.begin(), in_order_.end(), std::uint32_t{0});
    ones_.assign(plans, 1.0);
    std::uint32_t before = 0;
    for (const Index body : compiled_.bodies_by_key) {
        plans_before_.push_back(before);
        body_weight_.push_back(0);
        for (; before < plans && program.provisions[before].body == body; ++before)
            body_weight_.back() += case_.provisions[program.provisions[before].provision].weight;
    }
    plans_before_.push_back(before);
    // Sums go by id, never by the position in the case.
    services_by_id_.resize(services);
    std::iota(services_by_id_.begin(), services_by_id_.end(), Index{0});
    std::ranges::sort(services_by_id_, {},
                      [this](Index service) { return std::string_view{case_.services[service].id}; });
    for (const Question& question : case_.questions) {
        double all = 0;
        for (const Index provision : question.provisions)
            all += question.kind == Question::Kind::ability
                       ? case_.provisions[provision].weight
                       : case_.bodies[case_.provisions[provision].body].inhabitants;
        question_weight_.push_back(all);
    }
    // Moving a block is copying it.
    blocks_.reserve(round / lane_count);
    if (detail == Detail::sums) return;
    stretches_.resize(stretches_kept * stretch_rows * round);
    results_.resize(most_results * round);
}

Tally::Block Tally::block() const {
    Block block{.courses = courses_for(program_, sampling_, instructions_),
                .region_change = Rows(days_ + 1),
                .changes = Days{days_}};
    if (detail_ == Detail::sums) return block;
    const std::size_t calendars = case_.calendars.size();
    block.normal_change.resize(days_ + 1);
    block.backlog.resize(days_);
    block.backlogs.assign(calendars, BacklogSum{days_});
    block.origin.resize(calendars);
    block.working.assign(calendars, Rows(days_));
    block.known_days.resize(calendars);
    block.question_change.assign(case_.questions.size(), Rows(days_ + 1));
    for (Rows* sums : {&block.late, &block.lost, &block.missed, &block.hours}) sums->resize(case_.services.size());
    for (const std::vector<std::uint32_t>& plans : plans_of_)
        block.first_mode.resize(std::max(block.first_mode.size(), plans.size()));
    block.back.resize(program_.provisions.size());
    return block;
}

void Tally::add(std::uint32_t begin, std::uint32_t end) {
    courses_ = end - begin;
    std::size_t number = 0;
    for (std::uint32_t first = begin; first < end; first += lane_count, ++number) {
        if (number == blocks_.size()) blocks_.push_back(block());
        Block& block = blocks_[number];
        block.first = first;
        block.valid = std::min<std::uint32_t>(lane_count, end - first);
        begin_courses(program_, first, block.courses);
        if (detail_ == Detail::full && first < chained) follow_chains(block);
    }
    count(number);
    if (detail_ == Detail::full) flush_region();
}

/// Which resource decided each return, and the chain that led to it.
void Tally::follow_chains(const Block& block) {
    const Courses& courses = block.courses;
    const std::size_t lanes = std::min(block.valid, chained - block.first);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        const auto column = [lane](const Rows& rows, std::vector<double>& values) {
            values.resize(rows.size());
            for (std::size_t row = 0; row < rows.size(); ++row) values[row] = rows[row][lane];
        };
        ChainedCourse& course = chained_[lane];
        column(courses.up, course.up);
        column(courses.ready, course.schedule.ready);
        column(courses.begin, course.schedule.start);
        column(courses.finish, course.schedule.finish);
        course.chain_of.resize(case_.resources.size());
        course.is_known.assign(case_.resources.size(), false);
    }
    const std::size_t places = compiled_.labels.size() * 2;
    for (std::size_t place = 0; place < program_.provisions.size(); ++place) {
        const ProvisionPlan& plan = program_.provisions[place];
        const Index number = plan.provision;
        const Requirement& needs = case_.provisions[number].modes.front().needs;
        const std::lock_guard lock{shared_.of(place)};
        Counts::Chain* chains = &shared_.counts.chains[number * places];
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            ChainedCourse& course = chained_[lane];
            const Met normal = met(needs, course.up, compiled_.resource_rank);
            double back = 0;
            if (const ModePlan& mode = plan.normal; normal.day > 0 && mode.activation)
                back = courses.shapes[mode.shape].delay[lane] * courses.activation[*mode.activation][lane];
            if (normal.day + back > case_.horizon) continue;
            ++shared_.counts.returns[number];
            bool is_first = true;
            const auto add = [&](const ChainPart& part) {
                chains[part.place].days += part.days;
                ++chains[part.place].courses;
                if (is_first) ++chains[part.place].decides;
                is_first = false;
            };
            if (back > 0)
                add({std::size_t{2} * compiled_.activation_label,
                     static_cast<std::int64_t>(std::llround(back * 0x1p20))});
            if (normal.resource && normal.day > 0)
                for (const ChainPart& part : chain_to_resource(course, *normal.resource)) add(part);
        }
    }
}

const std::vector<Tally::ChainPart>& Tally::chain_to_resource(ChainedCourse& course, Index resource) {
    std::vector<ChainPart>& parts = course.chain_of[resource];
    if (course.is_known[resource]) return parts;
    course.is_known[resource] = true;
    parts.clear();
    links_.clear();
    chain_to(compiled_, course.schedule, resource, links_);
    for (const Link& link : links_) {
        const std::size_t place = link.label * 2 + (link.waiting ? 1 : 0);
        const auto days = static_cast<std::int64_t>(std::llround(link.days * 0x1p20));
        const auto known = std::ranges::find(parts, place, &ChainPart::place);
        if (known == parts.end())
            parts.push_back({place, days});
        else
            known->days += days;
    }
    return parts;
}

void Tally::flush_region() {
    Counts& counts = shared_.counts;
    const std::lock_guard lock{shared_.region};
    flush_curve(ability_, share_scale().bins(), counts.ability.data());
    flush_curve(normal_, share_scale().bins(), counts.services_normal.data());
    flush_curve(backlog_, case_scale().bins(), counts.backlog.data());
}

void Tally::flush_body(std::size_t rank) {
    const std::size_t bins = percent_scale().bins();
    const std::lock_guard lock{shared_.of(rank)};
    flush_curve(body_curve_, bins, &shared_.counts.body_ability[compiled_.bodies_by_key[rank] * days_ * bins]);
}

void Tally::flush_provision(std::size_t place) {
    Counts& counts = shared_.counts;
    const ProvisionPlan& plan = program_.provisions[place];
    const Index number = plan.provision;
    const std::lock_guard lock{shared_.of(place)};
    flush_stretches(number, stretches_of_[place]);
    const std::uint16_t* const row = results_.data();
    const std::size_t days = day_scale_.bins();
    const std::size_t cases = body_case_scale().bins();
    const auto counted = [number](std::vector<std::uint32_t>& all, std::size_t bins) { return &all[number * bins]; };
    std::uint32_t* const first_mode = counted(counts.first_mode, days);
    std::uint32_t* const normal = counted(counts.normal, days);
    switch (plan.kind) {
        case ServiceKind::queue:
            count_rows<7>(row,
                          {first_mode, normal, counted(counts.cleared, days), counted(counts.peak, cases),
                           counted(counts.late, cases), counted(counts.lost, cases), counted(counts.reentry, cases)});
            break;
        case ServiceKind::due_date: count_rows<3>(row, {first_mode, normal, counted(counts.missed, cases)}); break;
        case ServiceKind::standby: count_rows<3>(row, {first_mode, normal, counted(counts.hours, cases)}); break;
    }
}

/// Rows side by side: most courses count in the bin in which the one before counted, and would wait for it.
template <std::size_t rows>
void Tally::count_rows(const std::uint16_t* bins, const std::array<std::uint32_t*, rows>& counts) const {
    for (std::uint32_t course = 0; course < courses_; ++course)
        for (std::size_t row = 0; row < rows; ++row) ++counts[row][bins[row * round + course]];
}

/// Nothing here depends on what a course does, so that no branch is guessed wrong: a stretch without length adds and
/// takes away on the same day.
void Tally::flush_stretches(Index provision, std::size_t stretches) {
    std::int32_t* const modes = &shared_.counts.modes[provision * mode_count * (days_ + 1)];
    std::uint32_t* const capacities = &shared_.counts.capacity[provision * mode_count * percent_scale().bins()];
    const std::uint32_t* rows = stretches_.data();
    for (std::size_t stretch = 0; stretch < stretches; ++stretch, rows += stretch_rows * round)
        for (std::uint32_t course = 0; course < courses_; ++course) {
            ++modes[rows[from_row * round + course]];
            --modes[rows[to_row * round + course]];
            const std::uint32_t capacity = rows[capacity_row * round + course];
            capacities[capacity & ~(1U << counts_bit)] += capacity >> counts_bit;
        }
}

template <class Bin>
void Tally::flush_curve(Curve<Bin>& curve, std::size_t bins, std::uint32_t* counts) const {
    std::uint32_t courses = courses_;
    std::size_t valid = 0;
    std::array<Bin, lane_count> before{};
    for (const Move<Bin>& move : curve.moves) {
        std::uint32_t* counted = counts + move.day * bins;
        const std::uint32_t leaves = move.day == 0 ? 0 : 1;
        if (leaves == 0) {
            valid = std::min<std::size_t>(lane_count, courses);
            courses -= static_cast<std::uint32_t>(valid);
        }
        for (std::size_t lane = 0; lane < valid; ++lane) {
            counted[before[lane]] -= leaves;
            ++counted[move.bins[lane]];
        }
        before = move.bins;
    }
    curve.moves.clear();
}

}  // namespace resmon::outage
