#include "region/left_out.hpp"

#include "base/error.hpp"
#include "region/case_builder.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>

namespace resmon::forecast {

using catalogue::Figure;

namespace {

bool is_derived(const Figure& figure, const IncidentId& from) {
    return std::ranges::find(figure.derived_from, from) != figure.derived_from.end();
}

std::string_view kind_of(const Figure& figure) {
    return std::string_view{figure.id}.substr(figure.id.find_last_of('/') + 1);
}

/// The hull of what is said of the same kind elsewhere.
std::optional<outage::Range> range_of_siblings(const std::map<std::string, Figure>& figures, const Figure& figure,
                                               const IncidentId& incident) {
    std::optional<outage::Range> hull;
    for (const auto& [id, other] : figures) {
        const bool is_sibling =
            kind_of(other) == kind_of(figure) && other.spread == figure.spread && !is_derived(other, incident);
        if (!is_sibling) continue;
        if (!hull) hull = outage::Range{other.low, other.high};
        hull = outage::Range{std::min(hull->low, other.low), std::max(hull->high, other.high)};
    }
    return hull;
}

void replace(outage::Estimate& estimate, const outage::Range& range) {
    const bool is_geometric = estimate.spread == catalogue::Spread::logarithmic && range.low > 0;
    estimate.low = range.low;
    estimate.high = range.high;
    estimate.central = is_geometric ? std::sqrt(range.low * range.high) : (range.low + range.high) / 2;
}

}  // namespace

LeftOutCase case_without(const catalogue::Catalogue& catalogue, const CaseRequest& request) {
    const CaseRequest complete = completed(catalogue, request);
    assert(complete.incident);
    const IncidentId& incident = *complete.incident;
    catalogue::Catalogue without = catalogue;
    LeftOutCase left_out;
    if (Figure& helpers = without.model.helpers_per_body; is_derived(helpers, incident)) {
        left_out.replaced.push_back(helpers);
        helpers.value = helpers.low;
        helpers.derived_from.clear();
    }

    const std::vector<RegionPart> parts = parts_of(without, complete);
    CaseBuilder builder{without, complete, parts.front()};
    left_out.outage = builder.built();
    std::vector<Fault> faults;
    for (const auto& [id, figure] : builder.figures()) {
        if (!is_derived(figure, incident)) continue;
        const auto estimate = std::ranges::find(left_out.outage.estimates, id, &outage::Estimate::id);
        const auto range = range_of_siblings(builder.figures(), figure, incident);
        if (estimate == left_out.outage.estimates.end() || !range) {
            faults.push_back({figure.place, worded("fault.run.only-derived", {{"incident", incident.value}})});
            continue;
        }
        replace(*estimate, *range);
        left_out.replaced.push_back(figure);
    }
    if (!faults.empty()) throw InputError{std::move(faults)};
    std::ranges::sort(left_out.replaced, {}, &Figure::id);
    return left_out;
}

}  // namespace resmon::forecast
