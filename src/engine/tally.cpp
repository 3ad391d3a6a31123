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
      detail_{detail}, shared_{shared}, samples_{samples}, days_{days_of(case_)}, day_scale_{day_scale(case_.horizon)},
      courses_{courses_for(program, sampling, instructions)}, region_changes_{days_},
      is_single_{case_.bodies.size() == 1} {
    const std::size_t services = case_.services.size();
    first_.resize(program.provisions.size());
    back_.resize(program.provisions.size());
    plans_of_.resize(services);
    people_.resize(services);
    all_people_.resize(services);
    std::size_t rows = 0;
    for (std::uint32_t place = 0; place < program.provisions.size(); ++place) {
        const ProvisionPlan& plan = program.provisions[place];
        plans_of_[plan.service].push_back(place);
        people_[plan.service].push_back(case_.bodies[plan.body].inhabitants);
        all_people_[plan.service] += case_.bodies[plan.body].inhabitants;
        total_weight_ += case_.provisions[plan.provision].weight;
        every_plan_.push_back(place);
        std::uint32_t stretches = 2;
        for (const ModePlan& mode : plan.fallbacks) stretches += mode.has_end ? 2 : 1;
        buffer_of_.push_back(rows);
        stretches_of_.push_back(stretches);
        rows += 2 * stretches + (plan.kind == ServiceKind::queue ? 7 : 3);
    }
    ask_for_halves();
    region_change_.resize(days_ + 1);
    normal_change_.resize(days_ + 1);
    bodies_.assign(detail == Detail::full ? case_.bodies.size() : 1,
                   BodySum{.change = Rows(days_ + 1), .changes = Days{days_}});
    rank_of_.resize(case_.bodies.size());
    body_weight_.resize(case_.bodies.size());
    for (std::uint32_t rank = 0; rank < compiled_.bodies_by_key.size(); ++rank)
        rank_of_[compiled_.bodies_by_key[rank]] = rank;
    for (const ProvisionPlan& plan : program.provisions)
        body_weight_[rank_of_[plan.body]] += case_.provisions[plan.provision].weight;
    // Sums go by id, never by the position in the case.
    services_by_id_.resize(services);
    std::iota(services_by_id_.begin(), services_by_id_.end(), Index{0});
    std::ranges::sort(services_by_id_, {},
                      [this](Index service) { return std::string_view{case_.services[service].id}; });
    regional_backlog_.resize(days_);
    day_values_.resize(days_);
    backlogs_.assign(case_.calendars.size(), BacklogSum{days_});
    working_.assign(case_.calendars.size(), Rows(days_));
    working_days_.resize(case_.calendars.size());
    origin_.resize(case_.calendars.size());
    question_change_.assign(case_.questions.size(), Rows(days_ + 1));
    for (const Question& question : case_.questions) {
        double all = 0;
        for (const Index provision : question.provisions)
            all += question.kind == Question::Kind::ability
                       ? case_.provisions[provision].weight
                       : case_.bodies[case_.provisions[provision].body].inhabitants;
        question_weight_.push_back(all);
    }
    for (Rows* sums : {&late_, &lost_cases_, &missed_, &hours_}) sums->resize(services);
    if (detail == Detail::sums) return;
    buffer_.resize(rows * round);
    if (!is_single_) body_curves_.resize(case_.bodies.size());
    chain_of_.resize(case_.resources.size());
}

/// Half of the people concerned.
void Tally::ask_for_halves() {
    ones_.assign(every_plan_.size(), 1.0);
    for (std::size_t service = 0; service < plans_of_.size(); ++service) {
        const std::vector<std::uint32_t>& plans = plans_of_[service];
        if (plans.empty()) continue;
        auto& samples = samples_.services[service];
        for (const auto& [rows, answer] :
             {std::pair{&first_, &samples[Samples::first_mode]}, std::pair{&back_, &samples[Samples::normal]}})
            halves_.push_back({{rows->data(), plans.data(), people_[service].data(), plans.size()},
                               all_people_[service] / 2,
                               answer});
    }
}

void Tally::add(std::uint32_t begin, std::uint32_t end) {
    block_ = 0;
    for (std::uint32_t first = begin; first < end; first += lane_count, ++block_)
        add_block(first, std::min<std::uint32_t>(lane_count, end - first));
    flush(end - begin);
}

void Tally::add_block(std::uint32_t first, std::uint32_t valid) {
    begin_courses(program_, first, courses_);
    count(first, valid);
    if (detail_ == Detail::full && first < chained) follow_chains(std::min(valid, chained - first));
}

/// Course by course: which resource decided each return, and the chain that led to it.
void Tally::follow_chains(std::uint32_t valid) {
    const std::size_t places = compiled_.labels.size() * 2;
    std::vector<double> up(case_.resources.size());
    const std::lock_guard lock{shared_.region};
    for (std::size_t lane = 0; lane < valid; ++lane) {
        const auto column = [lane](const Rows& rows, std::vector<double>& values) {
            values.resize(rows.size());
            for (std::size_t row = 0; row < rows.size(); ++row) values[row] = rows[row][lane];
        };
        column(courses_.up, up);
        column(courses_.ready, schedule_.ready);
        column(courses_.begin, schedule_.start);
        column(courses_.finish, schedule_.finish);
        chain_known_.assign(case_.resources.size(), false);
        for (std::size_t place = 0; place < program_.provisions.size(); ++place) {
            const Index number = program_.provisions[place].provision;
            const Met normal = met(case_.provisions[number].modes.front().needs, up, compiled_.resource_rank);
            double back = 0;
            if (const ModePlan& mode = program_.provisions[place].normal; normal.day > 0 && mode.activation)
                back = courses_.shapes[mode.shape].delay[lane] * courses_.activation[*mode.activation][lane];
            if (normal.day + back > case_.horizon) continue;
            ++shared_.counts.returns[number];
            Counts::Chain* chains = &shared_.counts.chains[number * places];
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
                for (const ChainPart& part : chain_to_resource(*normal.resource)) add(part);
        }
    }
}

const std::vector<Tally::ChainPart>& Tally::chain_to_resource(Index resource) {
    std::vector<ChainPart>& parts = chain_of_[resource];
    if (chain_known_[resource]) return parts;
    chain_known_[resource] = true;
    parts.clear();
    links_.clear();
    chain_to(compiled_, schedule_, resource, links_);
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

void Tally::flush(std::uint32_t courses) {
    if (detail_ == Detail::sums) return;
    Counts& counts = shared_.counts;
    {
        const std::lock_guard lock{shared_.region};
        flush_curve(ability_, share_scale().bins(), courses, counts.ability.data());
        flush_curve(normal_, share_scale().bins(), courses, counts.services_normal.data());
        flush_curve(backlog_, case_scale().bins(), courses, counts.backlog.data());
    }
    for (std::size_t turn = 0; turn < SharedCounts::locks; ++turn) {
        const std::lock_guard lock{shared_.mutexes[turn]};
        for (std::size_t place = turn; place < program_.provisions.size(); place += SharedCounts::locks)
            flush_provision(program_.provisions[place], place, courses);
        for (std::size_t rank = turn; rank < body_curves_.size(); rank += SharedCounts::locks)
            flush_curve(body_curves_[rank], percent_scale().bins(), courses,
                        &counts.body_ability[compiled_.bodies_by_key[rank] * days_ * percent_scale().bins()]);
    }
}

void Tally::flush_provision(const ProvisionPlan& plan, std::size_t place, std::uint32_t courses) {
    Counts& counts = shared_.counts;
    const Index number = plan.provision;
    const std::uint16_t* row = &buffer_[buffer_of_[place] * round];
    const std::size_t stretches = stretches_of_[place];
    flush_stretches(number, row, stretches, courses);
    row += 2 * stretches * round;
    const std::size_t days = day_scale_.bins();
    const std::size_t cases = body_case_scale().bins();
    const auto counted = [number](std::vector<std::uint32_t>& all, std::size_t bins) { return &all[number * bins]; };
    std::uint32_t* const first_mode = counted(counts.first_mode, days);
    std::uint32_t* const normal = counted(counts.normal, days);
    switch (plan.kind) {
        case ServiceKind::queue:
            count_rows<7>(row, courses,
                          {first_mode, normal, counted(counts.cleared, days), counted(counts.peak, cases),
                           counted(counts.late, cases), counted(counts.lost, cases), counted(counts.reentry, cases)});
            break;
        case ServiceKind::due_date:
            count_rows<3>(row, courses, {first_mode, normal, counted(counts.missed, cases)});
            break;
        case ServiceKind::standby:
            count_rows<3>(row, courses, {first_mode, normal, counted(counts.hours, cases)});
            break;
    }
}

/// Rows side by side: most courses count in the bin in which the one before counted, and would wait for it.
template <std::size_t rows>
void Tally::count_rows(const std::uint16_t* bins, std::uint32_t courses,
                       const std::array<std::uint32_t*, rows>& counts) {
    for (std::uint32_t course = 0; course < courses; ++course)
        for (std::size_t row = 0; row < rows; ++row) ++counts[row][bins[row * round + course]];
}

/// Nothing here depends on what a course does, so that no branch is guessed wrong: a stretch without length adds and
/// takes away on the same day.
void Tally::flush_stretches(Index provision, const std::uint16_t* rows, std::size_t stretches, std::uint32_t courses) {
    const std::size_t capacities = percent_scale().bins();
    const std::size_t row_size = days_ + 1;
    std::int32_t* const modes = &shared_.counts.modes[provision * mode_count * row_size];
    std::uint32_t* const capacity = &shared_.counts.capacity[provision * mode_count * capacities];
    constexpr std::size_t row_pair = std::size_t{2} * round;
    for (std::uint32_t course = 0; course < courses; ++course) {
        unsigned seen = 0;
        const std::uint16_t* row = rows + course;
        for (std::size_t stretch = 0; stretch < stretches; ++stretch, row += row_pair) {
            const unsigned code = row[round];
            const unsigned kind = code & ((1U << kind_bits) - 1);
            const unsigned bin = (code & ((1U << empty_bit) - 1)) >> kind_bits;
            const unsigned is_there = 1 ^ code >> empty_bit;
            capacity[kind * capacities + bin] += is_there & ~(seen >> kind);
            seen |= is_there << kind;
            const std::size_t to = stretch + 1 < stretches ? row[row_pair] : days_;
            ++modes[kind * row_size + row[0]];
            --modes[kind * row_size + to];
        }
    }
}

template <class Bin>
void Tally::flush_curve(Curve<Bin>& curve, std::size_t bins, std::uint32_t courses, std::uint32_t* counts) {
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
