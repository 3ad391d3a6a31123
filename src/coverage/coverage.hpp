// How often the bands of all replays met what happened: hits, widths and scores, each incident once.
#pragma once

#include "incidents/replay.hpp"

#include <vector>

namespace resmon::coverage {

using incidents::MilestoneForecast;

/// One incident, computed without what was learnt from it.
struct IncidentReplay {
    const catalogue::Incident* incident = nullptr;
    std::vector<MilestoneForecast> milestones;  ///< not empty
    int replaced = 0;                           ///< figures that had been derived from it
};

/// A mean over incidents with its 95 % interval.
struct Mean {
    double value = 0;
    double low = 0;
    double high = 0;
};

struct Coverage {
    Mean hits50;         ///< share of milestones that meet [p25, p75]; a calibrated forecast has about 0.5
    Mean hits80;         ///< … [p10, p90], about 0.8
    double width50 = 0;  ///< mean width in days; the horizon stands for a quantile that is not reached
    double width80 = 0;
    Mean score;  ///< days
};

/// The weighted interval score of the 50 % and the 80 % band and the median, in days: it approximates the continuous
/// ranked probability score, so that wide bands do not win (Bracher, Ray, Gneiting and Reich, PLoS Computational
/// Biology 17 (2021)). A milestone that is known to lie between two days has the mean of the score over them.
[[nodiscard]] double score_of(const outage::Quantiles& forecast, double day_earliest, double day_latest,
                              double horizon);
[[nodiscard]] double score_of(const MilestoneForecast& milestone, double horizon);

/// Milestones of one incident depend on each other, so each incident weighs one, whatever the number of its milestones,
/// and the interval is the percentile interval of a bootstrap that draws whole incidents (cluster bootstrap: Davison
/// and Hinkley, Bootstrap Methods and their Application, section 3.8), 10,000 times with fixed draws. `replays` is
/// ordered by the incident's id and not empty.
[[nodiscard]] Coverage coverage_of(const std::vector<IncidentReplay>& replays, double horizon);

}  // namespace resmon::coverage
