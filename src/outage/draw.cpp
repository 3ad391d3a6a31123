#include "outage/draw.hpp"

#include "base/error.hpp"
#include "base/random.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>

namespace resmon::outage {

namespace {

double within(const Range& range, catalogue::Spread spread, double part) {
    const bool is_logarithmic = spread == catalogue::Spread::logarithmic && range.low > 0;
    if (!is_logarithmic) return range.low + part * (range.high - range.low);
    return range.low * std::exp(part * std::log(range.high / range.low));
}

/// A draw that has its dimension among quasi-random points, if there are any.
double uniform(const Draws& draws, std::uint8_t dimension, std::uint64_t entity, Purpose purpose,
               std::uint32_t attempt = 0) {
    if (draws.points == 0 || dimension == Dimensions::none)
        return uniform_draw(draws.seed, draws.replication, entity, purpose, attempt);
    return quasi_random_draw(draws.seed, draws.replication, draws.points, dimension, entity, purpose, attempt);
}

double value_of(const Compiled& compiled, std::size_t number, const Draws& draws) {
    const Estimate& figure = compiled.outage->estimates[number];
    if (figure.low == figure.high) return figure.central;
    const double part =
        uniform(draws, compiled.dimensions.estimates[number], compiled.estimate_hash[number], Purpose::estimate);
    if (figure.one_of.empty()) return within({figure.low, figure.high}, figure.spread, part);
    // The same uniform chooses the range and the place in it.
    const double place = part * static_cast<double>(figure.one_of.size());
    const std::size_t which = std::min(figure.one_of.size() - 1, static_cast<std::size_t>(place));
    return within(figure.one_of[which], figure.spread, place - static_cast<double>(which));
}

/// Once all are drawn: factors have none themselves, so the order does not matter.
void multiply_factors(const Case& outage, std::vector<double>& values) {
    for (std::size_t figure = 0; figure < values.size(); ++figure) {
        const Estimate& estimate = outage.estimates[figure];
        for (const Index factor : estimate.factors) values[figure] *= values[factor];
        values[figure] = std::min(values[figure], estimate.most);
    }
}

/// Uniform over the hours of the reference year.
double drawn_start(const Case& outage, const Draws& draws) {
    using namespace std::chrono;
    const sys_days first = year{outage.reference_year} / January / 1;
    const sys_days end = year{outage.reference_year + 1} / January / 1;
    const double hours = static_cast<double>((end - first).count()) * 24;
    const double hour =
        std::floor(uniform_draw(draws.seed, draws.replication, entity_hash("start"), Purpose::start) * hours);
    return static_cast<double>(first.time_since_epoch().count()) + hour / 24;
}

double median_of(const Duration& duration, Index median, const Draws& draws) {
    double days = draws.estimates[median];
    for (const Index multiplier : duration.multipliers) days *= draws.estimates[multiplier];
    return days;
}

/// √φ Z₀ + √φ' Z_owner + √(1 − φ − φ') Z_j
double normal_sum(const std::optional<Loadings>& given, const Draws& draws, double owner, double own) {
    if (given)
        return std::sqrt(given->severity) * draws.severity + std::sqrt(given->owner) * owner +
               std::sqrt(1 - given->severity - given->owner) * own;
    return draws.severity_loading * draws.severity + draws.owner_loading * owner + draws.own_loading * own;
}

double duration_of(const Compiled& compiled, std::size_t number, const Draws& draws) {
    const Step& step = compiled.steps[number];
    const Activity& activity = compiled.outage->activities[step.activity];
    const bool is_rebuilt = activity.backup && activity.rebuild_median && !draws.survives[*activity.backup];
    const double median =
        median_of(activity.restore, is_rebuilt ? *activity.rebuild_median : activity.restore.median, draws);
    const double own = normal_quantile(uniform(draws, compiled.dimensions.steps[number],
                                               compiled.activity_hash[step.activity], Purpose::duration, step.attempt));
    const double sum = normal_sum(activity.restore.loadings, draws, draws.owners[activity.owner], own);
    double days = median * std::exp(draws.estimates[activity.restore.sigma] * sum);
    if (activity.restore.margin) {
        days = quantile_at(*activity.restore.margin, sum);
        for (const Index multiplier : activity.restore.multipliers) days *= draws.estimates[multiplier];
    }
    if (!step.is_copy) return days;
    return days * draws.estimates[compiled.outage->activities[*step.repeated_by].setback->share];
}

bool attempts_fail(const Compiled& compiled, Index gate, std::uint32_t attempts, const Draws& draws) {
    const double probability = draws.estimates[compiled.outage->activities[gate].setback->probability];
    for (std::uint32_t attempt = 0; attempt < attempts; ++attempt)
        if (uniform_draw(draws.seed, draws.replication, compiled.activity_hash[gate], Purpose::gate_fails, attempt) >=
            probability)
            return false;
    return true;
}

bool is_needed(const Compiled& compiled, const Step& step, const Draws& draws) {
    const Activity& activity = compiled.outage->activities[step.activity];
    if (activity.resource && !draws.fails[*activity.resource]) return false;
    return !step.repeated_by || attempts_fail(compiled, *step.repeated_by, step.failures_needed, draws);
}

bool is_reached(const Compiled& compiled, const Step& step, const Draws& draws) {
    const auto& reachability = compiled.outage->activities[step.activity].reachability;
    return !reachability || uniform_draw(draws.seed, draws.replication, compiled.activity_hash[step.activity],
                                         Purpose::reached, step.attempt) < draws.estimates[reachability->probability];
}

void draw_events(const Compiled& compiled, Draws& draws) {
    const Case& outage = *compiled.outage;
    draws.fails.resize(outage.resources.size());
    for (std::size_t resource = 0; resource < outage.resources.size(); ++resource) {
        const auto& probability = outage.resources[resource].fails;
        draws.fails[resource] =
            probability && uniform_draw(draws.seed, draws.replication, compiled.resource_hash[resource],
                                        Purpose::failure) < draws.estimates[*probability];
    }
    draws.survives.resize(outage.backups.size());
    for (std::size_t backup = 0; backup < outage.backups.size(); ++backup)
        draws.survives[backup] = uniform(draws, compiled.dimensions.backups[backup], compiled.backup_hash[backup],
                                         Purpose::backup_survives) < draws.estimates[outage.backups[backup].survives];
    draws.by_lot.assign(outage.pools.size(), outage.priority == Priority::by_lot);
    for (std::size_t pool = 0; pool < outage.pools.size(); ++pool)
        if (const auto& probability = outage.pools[pool].by_lot)
            draws.by_lot[pool] = uniform_draw(draws.seed, draws.replication, compiled.estimate_hash[*probability],
                                              Purpose::order) < draws.estimates[*probability];
}

void draw_factors(const Compiled& compiled, Draws& draws) {
    const Case& outage = *compiled.outage;
    const double severity_share = draws.estimates[outage.severity_share];
    const double owner_share = draws.estimates[outage.owner_share];
    draws.severity = normal_quantile(uniform(draws, Dimensions::severity, entity_hash("severity"), Purpose::severity));
    draws.severity_loading = std::sqrt(severity_share);
    draws.owner_loading = std::sqrt(owner_share);
    draws.own_loading = std::sqrt(1 - severity_share - owner_share);
    draws.owners.resize(outage.owners.size());
    for (std::size_t owner = 0; owner < outage.owners.size(); ++owner)
        draws.owners[owner] = normal_quantile(
            uniform(draws, compiled.dimensions.owners[owner], compiled.owner_hash[owner], Purpose::owner));
    draws.bodies.resize(outage.bodies.size());
    for (std::size_t body = 0; body < outage.bodies.size(); ++body)
        draws.bodies[body] = normal_draw(draws.seed, draws.replication, compiled.body_hash[body], Purpose::owner);
}

}  // namespace

std::optional<Sampling> in_randomisations(const Sampling& courses, std::uint32_t randomisations) {
    Sampling sampling = courses;
    sampling.points = courses.replications / randomisations;
    const bool are_whole = sampling.points * randomisations == courses.replications;
    return are_whole && std::has_single_bit(sampling.points) ? std::optional{sampling} : std::nullopt;
}

void require_whole_randomisations(const Sampling& sampling) {
    if (sampling.points == 0) return;
    if (!std::has_single_bit(sampling.points) || sampling.replications % sampling.points != 0 ||
        sampling.randomisations() < 2)
        throw InputError{worded("fault.case.randomisations", {{"courses", std::to_string(sampling.replications)},
                                                              {"points", std::to_string(sampling.points)}})};
}

void draw(const Compiled& compiled, const Sampling& sampling, std::uint32_t replication, Draws& draws) {
    const Case& outage = *compiled.outage;
    draws.seed = sampling.seed;
    draws.replication = replication;
    draws.points = sampling.points;
    draws.estimates.resize(outage.estimates.size());
    for (std::size_t figure = 0; figure < outage.estimates.size(); ++figure)
        draws.estimates[figure] = value_of(compiled, figure, draws);
    multiply_factors(outage, draws.estimates);
    draws.start = outage.start ? *outage.start : drawn_start(outage, draws);
    draw_factors(compiled, draws);
    draw_events(compiled, draws);

    draws.duration.resize(compiled.steps.size());
    draws.needed.resize(compiled.steps.size());
    draws.reached.resize(compiled.steps.size());
    for (std::size_t step = 0; step < compiled.steps.size(); ++step) {
        draws.needed[step] = is_needed(compiled, compiled.steps[step], draws);
        draws.reached[step] = is_reached(compiled, compiled.steps[step], draws);
        draws.duration[step] = draws.needed[step] ? duration_of(compiled, step, draws) : 0;
    }

    draws.priority = compiled.priority;
    for (std::size_t activity = 0; activity < outage.activities.size(); ++activity)
        if (const auto& pool = outage.activities[activity].pool; pool && draws.by_lot[*pool])
            draws.priority[activity] =
                uniform_draw(draws.seed, draws.replication, compiled.activity_hash[activity], Purpose::lot);
}

double quantile_at(const Margin& margin, double sum) {
    if (!margin.values.empty()) {
        const auto count = static_cast<double>(margin.values.size());
        const double rank = std::clamp(std::ceil(normal_probability(sum) * count), 1.0, count);
        return margin.values[static_cast<std::size_t>(rank) - 1];
    }
    const auto& [least, likely, most, values] = margin;
    const double width = most - least;
    if (normal_probability(sum) * width <= likely - least)
        return least + std::sqrt(normal_probability(sum) * width * (likely - least));
    return most - std::sqrt(normal_probability(-sum) * width * (most - likely));
}

double activation_delay(const Compiled& compiled, const Draws& draws, Index body, const Mode& mode) {
    if (!mode.delay) return 0;
    const std::uint64_t entity = compiled.activation_hash[body * mode_count + static_cast<std::size_t>(mode.kind)];
    const double own = normal_draw(draws.seed, draws.replication, entity, Purpose::activation);
    return median_of(*mode.delay, mode.delay->median, draws) *
           std::exp(draws.estimates[mode.delay->sigma] *
                    normal_sum(mode.delay->loadings, draws, draws.bodies[body], own));
}

}  // namespace resmon::outage
