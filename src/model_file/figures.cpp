#include "model_file/figures.hpp"

#include "outage/draw.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace resmon::model_file {

namespace {

using catalogue::Bounds;
using catalogue::Spread;

constexpr std::array<std::string_view, 2> spreads{"logarithmic", "uniform"};

Spread spread_of(const Cursor& from, Spread otherwise) {
    const Cursor word = from.at("spread");
    return word.exists() ? static_cast<Spread>(word.one_of(spreads)) : otherwise;
}

/// The middle of the range on the scale on which it is drawn.
double middle(double low, double high, Spread spread) {
    const double geometric = std::sqrt(low) * std::sqrt(high);
    // Rounding may put the root of a·a beside a.
    if (spread == Spread::logarithmic && low > 0) return std::clamp(geometric, low, high);
    return low + (high - low) / 2;
}

void read_range(const Cursor& from, const FigureShape& shape, outage::Estimate& estimate) {
    estimate.low = from.at("low").number(shape.bounds);
    estimate.high = from.at("high").number(shape.bounds);
    if (estimate.low > estimate.high)
        from.fault(worded("fault.model.low-high",
                          {{"low", fmt::format("{}", estimate.low)}, {"high", fmt::format("{}", estimate.high)}}));
    estimate.spread = spread_of(from, shape.spread);
    estimate.central = from.at("central").number_or(middle(estimate.low, estimate.high, estimate.spread));
    if (estimate.low <= estimate.high && !(estimate.low <= estimate.central && estimate.central <= estimate.high))
        from.fault(worded("fault.model.central", {{"low", fmt::format("{}", estimate.low)},
                                                  {"central", fmt::format("{}", estimate.central)},
                                                  {"high", fmt::format("{}", estimate.high)}}));
}

/// The one number of a certain estimate may stand alone.
void read_shared(const Cursor& from, outage::Estimate& estimate) {
    constexpr FigureShape any{.bounds = Bounds::any};
    const bool is_range = from.at("low").exists() || from.at("high").exists();
    if (is_range || !from.at("central").exists())
        read_range(from, any, estimate);
    else
        estimate.low = estimate.central = estimate.high = from.at("central").number();
    if (!from.at("one_of").exists()) return;
    for (const Cursor& item : from.at("one_of").items()) {
        const auto ends = item.items();
        if (ends.size() != 2) continue;  // the schema has told it
        estimate.one_of.push_back({ends[0].number(), ends[1].number()});
        const auto [low, high] = estimate.one_of.back();
        if (!(estimate.low <= low && low <= high && high <= estimate.high))
            item.fault(worded("fault.model.between",
                              {{"low", fmt::format("{}", estimate.low)}, {"high", fmt::format("{}", estimate.high)}}));
    }
}

std::vector<double> numbers_in(const Cursor& list) {
    std::vector<double> numbers;
    for (const Cursor& item : list.items()) numbers.push_back(item.number(Bounds::not_negative));
    return numbers;
}

/// Of `triangular` and `empirical`, in place of a median; none without them.
std::optional<outage::Margin> margin_from(const Cursor& from) {
    const Cursor triangular = from.at("triangular");
    const Cursor empirical = from.at("empirical");
    if (from.at("median").exists() + triangular.exists() + empirical.exists() != 1)
        from.fault(worded("fault.model.margin"));
    if (from.at("sigma").exists() && !from.at("median").exists())
        from.at("sigma").fault(worded("fault.model.margin-sigma"));
    if (triangular.exists()) {
        const std::vector<double> days = numbers_in(triangular);
        if (days.size() != 3 || !std::ranges::is_sorted(days)) triangular.fault(worded("fault.case.triangular"));
        if (days.size() == 3) return outage::Margin{.least = days[0], .likely = days[1], .most = days[2]};
    }
    if (!empirical.exists()) return std::nullopt;
    outage::Margin margin{.values = numbers_in(empirical)};
    std::ranges::sort(margin.values);
    if (margin.values.empty()) return std::nullopt;
    return margin;
}

}  // namespace

void Figures::read_estimates(const Cursor& list) {
    if (!list.exists()) return;
    for (const Cursor& item : list.items()) {
        const Cursor named = item.named("estimates." + item.at("id").text_or(""));
        outage::Estimate estimate;
        estimate.id = item.at("id").text();
        read_shared(named, estimate);
        estimate.most = named.at("most").number_or(outage::never);
        names_.add(estimate.id, named);
        case_.estimates.push_back(std::move(estimate));
    }
    read_factors(list);
}

void Figures::read_factors(const Cursor& list) {
    std::size_t position = 0;
    for (const Cursor& item : list.items()) {
        const Cursor factors = item.at("factors").named("estimates." + item.at("id").text_or("") + ".factors");
        case_.estimates[position++].factors = names_.all(factors);
    }
    position = 0;
    for (const Cursor& item : list.items())
        for (const Index factor : case_.estimates[position++].factors)
            if (!case_.estimates[factor].factors.empty())
                item.fault(worded("fault.model.factors", {{"id", case_.estimates[factor].id}}));
}

Index Figures::certain(double value) {
    const auto [known, is_new] = certain_.emplace(value, static_cast<Index>(case_.estimates.size()));
    // No id of a file begins so.
    if (is_new)
        case_.estimates.push_back({.id = fmt::format("={}", value), .low = value, .central = value, .high = value});
    return known->second;
}

Index Figures::range(const Cursor& from, const FigureShape& shape) {
    outage::Estimate estimate;
    read_range(from, shape, estimate);
    if (estimate.low == estimate.high) return certain(estimate.central);
    estimate.id = from.path();
    std::ranges::replace(estimate.id, '.', '/');
    names_.add(estimate.id, from);
    case_.estimates.push_back(std::move(estimate));
    return static_cast<Index>(case_.estimates.size() - 1);
}

Index Figures::figure(const Cursor& from, const FigureShape& shape) {
    if (from.is_mapping()) return range(from, shape);
    if (!from.is_text() || from.is_number()) return certain(from.number(shape.bounds));  // the schema knows the most
    const auto shared = names_.at(from);
    if (!shared) return certain(0);
    const outage::Estimate& estimate = case_.estimates[*shared];
    const double high = std::min(estimate.high, estimate.most);
    if (estimate.low < 0 || high > shape.most)
        from.fault(worded("fault.model.figure-between", {{"most", fmt::format("{}", shape.most)},
                                                         {"id", estimate.id},
                                                         {"low", fmt::format("{}", estimate.low)},
                                                         {"high", fmt::format("{}", high)}}));
    return *shared;
}

Index Figures::figure_or(double otherwise, const Cursor& from, const FigureShape& shape) {
    return from.exists() ? figure(from, shape) : certain(otherwise);
}

std::optional<Index> Figures::figure_if_given(const Cursor& from, const FigureShape& shape) {
    return from.exists() ? std::optional{figure(from, shape)} : std::nullopt;
}

outage::Duration Figures::duration(const Cursor& from) {
    outage::Duration duration;
    duration.margin = margin_from(from);
    duration.median =
        duration.margin ? certain(outage::quantile_at(*duration.margin, 0)) : figure(from.at("median"), a_duration);
    duration.sigma = figure_or(0, from.at("sigma"), a_sigma);
    if (from.at("multipliers").exists())
        for (const Cursor& item : from.at("multipliers").items())
            duration.multipliers.push_back(figure(item, a_multiplier));
    const Cursor given = from.at("loadings");
    if (!given.exists()) return duration;
    duration.loadings = outage::Loadings{given.at("severity").number_or(0, Bounds::share),
                                         given.at("owner").number_or(0, Bounds::share)};
    if (duration.loadings->severity + duration.loadings->owner > 1)
        given.fault(worded("fault.model.loadings", {{"severity", fmt::format("{}", duration.loadings->severity)},
                                                    {"owner", fmt::format("{}", duration.loadings->owner)}}));
    return duration;
}

outage::Duration Figures::delay(const Cursor& from) {
    if (from.is_mapping() && from.at("median").exists()) return duration(from);
    return {.median = figure(from, a_duration), .sigma = certain(0)};
}

}  // namespace resmon::model_file
