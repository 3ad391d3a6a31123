#include "explain/timetable.hpp"

#include "base/error.hpp"
#include "explain/courses.hpp"
#include "explain/slack.hpp"
#include "statistics/quantile.hpp"

#include <algorithm>
#include <map>

namespace resmon::explain {

using outage::Case;
using outage::ChainLink;
using outage::Index;

namespace {

/// One value per course; none where it is not needed.
struct Seen {
    std::vector<std::optional<double>> start, finish, slack;
};

std::map<std::string, std::vector<Index>> activities_by_label(const Case& outage) {
    std::map<std::string, std::vector<Index>> found;
    for (Index activity = 0; activity < outage.activities.size(); ++activity)
        found[outage.activities[activity].label].push_back(activity);
    return found;
}

std::optional<double> middle(std::vector<double>& values) {
    if (values.empty()) return std::nullopt;
    std::ranges::sort(values);
    return statistics::quantile(values, 0.5);
}

Band band_of(const std::vector<std::optional<double>>& values) {
    std::vector<double> known;
    for (const auto& value : values)
        if (value) known.push_back(*value);
    std::ranges::sort(known);
    return {statistics::quantile(known, 0.1), statistics::quantile(known, 0.5), statistics::quantile(known, 0.9)};
}

std::vector<ChainLink> chain_of(const Case& outage, const outage::Sampling& sampling, const std::string& service) {
    const outage::Forecast forecast = *outage::forecast(outage, sampling);
    if (service.empty()) return forecast.chain;
    const auto found = std::ranges::find(forecast.services, service, &outage::ServiceForecast::id);
    if (found == forecast.services.end()) throw NotFound{worded("fault.explain.no-service", {{"service", service}})};
    return found->chain;
}

/// Of the service, or of all.
std::vector<Index> provisions_of(const Case& outage, const std::string& service) {
    std::vector<Index> found;
    for (Index number = 0; number < outage.provisions.size(); ++number)
        if (service.empty() || outage.services[outage.provisions[number].service].id == service)
            found.push_back(number);
    return found;
}

}  // namespace

std::vector<TimetableRow> timetable(const Case& outage, const outage::Sampling& sampling, const std::string& service) {
    const std::vector<ChainLink> chain = chain_of(outage, sampling, service);
    const auto labels = activities_by_label(outage);
    std::map<std::string, Seen> seen;
    const std::vector<std::optional<double>> unseen(sampling.replications);
    for (const auto& [label, activities] : labels) seen[label] = {unseen, unseen, unseen};
    const outage::Compiled ready = outage::compiled(outage);
    const Slack slack{ready, provisions_of(outage, service)};
    each_course(outage, sampling.seed, 0, sampling.replications, [&](const SeenCourse& course) {
        const std::vector<double> spare = slack.in(course);
        std::vector<double> starts;
        std::vector<double> finishes;
        std::vector<double> slacks;
        for (const auto& [label, activities] : labels) {
            starts.clear();
            finishes.clear();
            slacks.clear();
            for (const Index number : activities) {
                const auto& resource = outage.activities[number].resource;
                if (resource && !course.fails(*resource)) continue;
                starts.push_back(course.started(number));
                finishes.push_back(course.finished(number));
                slacks.push_back(spare[number]);
            }
            Seen& row = seen.at(label);
            row.start[course.number()] = middle(starts);
            row.finish[course.number()] = middle(finishes);
            row.slack[course.number()] = middle(slacks);
        }
    });

    std::vector<TimetableRow> rows;
    for (const auto& [label, times] : seen) {
        const auto needed = static_cast<double>(
            std::ranges::count_if(times.start, [](const auto& value) { return value.has_value(); }));
        if (needed == 0) continue;
        TimetableRow row{.label = label,
                         .is_gate = !outage.activities[labels.at(label).front()].pool,
                         .needed = needed / sampling.replications,
                         .start = band_of(times.start),
                         .finish = band_of(times.finish),
                         .slack = band_of(times.slack)};
        for (const ChainLink& link : chain)
            if (!link.waiting && link.label == label) {
                row.critical = link.share;
                row.mean_days = link.mean_days;
            }
        rows.push_back(std::move(row));
    }
    std::ranges::stable_sort(rows, {}, [](const TimetableRow& row) { return row.start.p50; });
    return rows;
}

}  // namespace resmon::explain
