#include "incidents/replay.hpp"

#include "statistics/intervals.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace resmon::incidents {

namespace {

/// Closed intervals meet; an upper quantile that was never reached leaves the band open.
bool meets(const catalogue::Milestone& milestone, double low, double high) {
    const DaysBetween days = whole_days_of(milestone);
    return days.earliest <= high && low <= days.latest;
}

}  // namespace

DaysBetween whole_days_of(const catalogue::Milestone& milestone) {
    return {std::ceil(milestone.day_earliest), std::ceil(milestone.day_latest)};
}

std::vector<MilestoneForecast> milestones_against(const catalogue::Incident& incident,
                                                  const outage::Forecast& forecast) {
    std::vector<MilestoneForecast> milestones;
    for (const catalogue::Milestone& milestone : incident.milestones) {
        const auto answer = std::ranges::find(forecast.questions, milestone.id, &outage::QuestionForecast::id);
        assert(answer != forecast.questions.end() && "a replay's case asks every milestone of its incident");
        const outage::Quantiles& day = answer->day.quantiles;
        milestones.push_back({.milestone = &milestone,
                              .day = answer->day,
                              .hit80 = meets(milestone, day.p10, day.p90),
                              .hit50 = meets(milestone, day.p25, day.p75)});
    }
    return milestones;
}

Hits hits_of(const std::vector<MilestoneForecast>& milestones) {
    const int of = static_cast<int>(milestones.size());
    const int hits = static_cast<int>(std::ranges::count_if(milestones, &MilestoneForecast::hit80));
    const statistics::Interval share = statistics::clopper_pearson(hits, of);
    return {of, hits, share.low, share.high};
}

}  // namespace resmon::incidents
