// The engine's only door: a case and a sample in, a forecast out. Pure: equal inputs give equal bits.
#pragma once

#include "lanes/instructions.hpp"
#include "outage/course.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::outage {

/// Changes whenever a change of the model moves a result; stored with every run.
inline constexpr std::string_view model_version = "1.3.0";

/// How the work is done; nothing here changes a result.
struct Work {
    unsigned threads = 0;  ///< 0 = all
    std::stop_token stop{};
    std::function<void(std::uint32_t done)>
        progress{};  ///< replications finished; from any thread, one at a time, ascending
    Instructions instructions = best_instructions();
};

/// Over the courses; infinity = not reached by the horizon in that share of the courses.
struct Quantiles {
    double p10 = 0, p25 = 0, p50 = 0, p75 = 0, p90 = 0;
};

/// One value per course, summarised.
struct Distribution {
    Quantiles quantiles;
    double mean = 0;                  ///< infinity if any course has infinity
    double standard_error = 0;        ///< Monte-Carlo error of the mean
    double share_never = 0;           ///< of courses with infinity
    Quantiles error_low, error_high;  ///< distribution-free 95 % interval of each quantile (order statistics)
};

/// One entry per day 0 … horizon.
using DailyQuantiles = std::vector<Quantiles>;

/// The typical mode from a day on, until the next stretch.
struct Stretch {
    double from_day = 0;
    ModeKind mode = ModeKind::down;
};

/// One link of a critical chain: how often it lies on the chain to the return, and how many days it holds it, on
/// average over all courses that return. The mean days of all links add up to the mean return.
struct ChainLink {
    std::string label;     ///< of the activity; of the pool for waiting
    bool waiting = false;  ///< waits for a crew of the pool, or for office hours
    double share = 0;      ///< of courses
    double decides = 0;    ///< share of courses in which it is the last link
    double mean_days = 0;
};

struct ServiceForecast {
    std::string id;
    Distribution days_to_first_mode;  ///< half of the people concerned have any mode with capacity
    Distribution days_to_normal;      ///< half of the people concerned are back to normal
    Distribution backlog_peak;        ///< cases, over all bodies (queue)
    Distribution late_cases;          ///< queue
    Distribution lost_cases;          ///< queue
    Distribution missed_dates;        ///< due date: dates × people
    Distribution hours_beyond;        ///< standby: people-weighted mean of hours beyond the tolerable outage
    std::vector<Stretch> typical;     ///< mode that half of the people have or better, in half of the courses
    std::vector<ChainLink> chain;     ///< to normal, by mean days, longest first
};

struct ProvisionForecast {
    std::string service;
    Distribution days_to_first_mode;
    Distribution days_to_normal;
    Distribution backlog_peak;     ///< cases
    Distribution backlog_cleared;  ///< day
    Distribution late_cases;
    Distribution lost_cases;
    Distribution reentry_cases;  ///< unit: cases' worth of work, multiples of a normal case
    Distribution missed_dates;
    Distribution hours_beyond;
    std::vector<Stretch> typical;        ///< best mode that half of the courses have or better
    std::vector<double> first_capacity;  ///< median counting capacity at each typical stretch's beginning
    std::vector<ChainLink> chain;
};

struct BodyForecast {
    std::string key;
    Distribution loss_days;
    Distribution days_to_half, days_to_most, days_to_all;  ///< of ability: 50, 80, 100 %
    DailyQuantiles ability;                                ///< to 1 %
    std::vector<ProvisionForecast> provisions;
};

struct QuestionForecast {
    std::string id;
    Distribution day;
};

/// What is contained says itself: an empty list was not asked for or does not apply.
struct Forecast {
    std::string model_version;
    Sampling sampling;
    double horizon = 0;
    DailyQuantiles ability;
    DailyQuantiles services_normal;  ///< share of services (by weight) in normal mode
    DailyQuantiles backlog;          ///< cases
    std::vector<std::array<double, mode_count>>
        mode_shares;  ///< per day: mean share of services (by weight) in each mode
    Distribution loss_days;
    Distribution ability_half, ability_most, ability_all;     ///< first day from which ability stays at 50, 80, 100 %
    Distribution services_half, services_most, services_all;  ///< of services (by count) in normal mode
    Distribution late_cases, missed_dates, hours_beyond;
    std::vector<ServiceForecast> services;    ///< by id
    std::vector<BodyForecast> bodies;         ///< by key
    std::vector<QuestionForecast> questions;  ///< in the order asked
    std::vector<ChainLink> chain;             ///< over all services by weight
};

/// none = stopped. Throws InputError if the case contradicts itself (cycle, reference, φ + φ' > 0.9, equal hashes,
/// order of low, central, high), with every fault.
[[nodiscard]] std::optional<Forecast> forecast(const Case& outage, const Sampling& sampling, const Work& work = {});

/// Courses that have been computed, of one case and sample: they can be sent to another process, kept in a file and
/// added up in any order.
class Computed {
public:
    /// `outage` must outlive it. Throws as `forecast`.
    Computed(const Case& outage, const Sampling& sampling);
    ~Computed();
    Computed(const Computed&) = delete;
    Computed& operator=(const Computed&) = delete;

    /// Courses from `begin` to before `end`, each at most once. false = stopped.
    bool compute(std::uint32_t begin, std::uint32_t end, const Work& work = {});
    /// Everything computed and added so far. The form is that of this machine and version: not for keeping long.
    [[nodiscard]] std::string bytes() const;
    /// Courses of the same case and sample, computed elsewhere. Throws InputError if the bytes do not fit.
    void add(std::string_view bytes);
    /// Once every course has been computed or added.
    [[nodiscard]] Forecast forecast() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// What a case adds to a larger whole, course by course: cases with the same draws can be summed.
struct Contribution {
    struct Body {
        std::string key;
        Distribution loss_days;
        Distribution days_to_half, days_to_most, days_to_all;  ///< of ability: 50, 80, 100 %
    };
    double weight = 0;         ///< of all provisions
    std::vector<double> lost;  ///< by course: Σ weight × lost days
    std::vector<double> able;  ///< by course × day 0 … horizon: Σ weight × ability
    std::vector<Body> bodies;  ///< by key
};

/// Nothing of the size of bodies × services × courses is kept. none = stopped. Throws as `forecast`.
[[nodiscard]] std::optional<Contribution> contribution(const Case& outage, const Sampling& sampling,
                                                       const Work& work = {});

/// What moves while somebody moves a slider: the curve of the whole and its figures.
struct Curve {
    DailyQuantiles ability;
    Distribution loss_days;
    Distribution ability_half, ability_most, ability_all;
};

/// The same courses and figures as in `forecast`, but the bands are exact, for a fraction of the work. none = stopped.
/// Throws as `forecast`.
[[nodiscard]] std::optional<Curve> curve(const Case& outage, const Sampling& sampling, const Work& work = {});

/// Bands by day of a whole whose abilities by course × day are given; `weight`: of the whole.
[[nodiscard]] DailyQuantiles ability_bands(const std::vector<double>& able, double weight, std::uint32_t courses);

/// First whole day from which the ability of a whole, given as there, stays at a level to the horizon; infinity for
/// never.
[[nodiscard]] Distribution ability_from(double level, const std::vector<double>& able, double weight,
                                        const Sampling& sampling);

/// One value per course, summarised; infinity for never. Not empty. `points`: as Sampling::points.
[[nodiscard]] Distribution distribution_of(std::vector<double> values, std::uint32_t points = 0);

/// The standard error of the mean as a share of the mean; 0 if that is 0.
[[nodiscard]] double relative_error(const Distribution& values);

/// How exact the mean loss is wished, whatever number of courses that takes.
struct Exactness {
    double relative_error = 0;
    std::uint32_t most = 0;  ///< courses; where they do not suffice, it is less exact
};

/// Those of `least`, doubled until they suffice or there would be more than `most`. Randomisations stay as many, their
/// points double. `loss_of` gets one sampling after the other; none = stopped.
[[nodiscard]] std::optional<Sampling> enough(
    const Sampling& least, const Exactness& wished,
    const std::function<std::optional<Distribution>(const Sampling&)>& loss_of);

/// As many courses as one case needs. Tells no progress: nobody knows how many will do. Throws as `forecast`.
[[nodiscard]] std::optional<Sampling> enough(const Case& outage, const Sampling& least, const Exactness& wished,
                                             const Work& work = {});

/// The loss of each course in days, all bodies by weight: what Forecast::loss_days summarises, with the same draws, for
/// a fraction of the work. Throws as `forecast`.
[[nodiscard]] std::vector<double> course_losses(const Case& outage, const Sampling& sampling, unsigned threads = 0);

}  // namespace resmon::outage
