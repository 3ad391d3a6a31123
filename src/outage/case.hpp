// What fails where: the input of a forecast as plain values. Ids are stable names; positions are only references.
#pragma once

#include "base/calendar.hpp"
#include "catalogue/figure.hpp"
#include "catalogue/service.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace resmon::outage {

using catalogue::ModeKind;
using catalogue::ServiceKind;
using Index = std::uint32_t;  ///< a position in one of the lists of Case

inline constexpr double never = std::numeric_limits<double>::infinity();
inline constexpr std::size_t mode_count = 5;  ///< normal … down

struct Range {
    double low = 0;
    double high = 0;
};

/// An uncertain figure, drawn once per replication by its id and common to all that refer to it; low = high is certain.
struct Estimate {
    std::string id;
    double low = 0;
    double central = 0;
    double high = 0;
    catalogue::Spread spread = catalogue::Spread::uniform;
    std::vector<Range> one_of;   ///< if there are any: drawn from one of them, equally likely, instead of low … high
    std::vector<Index> factors;  ///< estimates without factors: the draw is multiplied by theirs
    double most = never;         ///< and is at most that
};

/// The shares of variance that the common factors of one duration have, in place of the case's φ and φ'.
struct Loadings {
    double severity = 0;  ///< of Z₀
    double owner = 0;     ///< of Z_owner; what is left of 1 is its own
};

/// In place of the log-normal: triangular, or one of some values that are equally likely.
struct Margin {
    double least = 0;
    double likely = 0;
    double most = 0;
    std::vector<double> values;  ///< ascending; empty = triangular
};

/// Log-normal: median · Π multipliers · exp(σ · G), G a normal sum of common and own factors (docs/model.md,
/// uncertainty).
struct Duration {
    Index median = 0;  ///< estimates, as all below
    std::vector<Index> multipliers;
    Index sigma = 0;
    std::optional<Loadings> loadings = {};  ///< none = φ and φ' of the case
    /// Tasks and gates without rebuild median only: then `median` is its median, for priorities, and `sigma` does not
    /// count.
    std::optional<Margin> margin = {};
};

/// A numbered place for one crew, in days since the disruption: takes no task that would start at or after `to`.
struct Slot {
    double from = 0;
    double to = never;
};

struct Pool {
    std::string id;
    std::string label;  ///< several pools of one kind share it
    std::vector<Slot> slots;
    std::optional<Index> calendar;  ///< none = every hour counts
    /// Estimate: probability that in a course nobody knows the order, and tasks go by lot instead of by Case::priority;
    /// one draw for all pools with the same estimate. Only with Priority::by_weight or list and Scheduling::parallel.
    std::optional<Index> by_lot = {};
};

/// Of a gate: attempts 1 and 2 fail with the probability; then copies of `repeats` run and the gate is passed again.
struct Setback {
    Index probability = 0;       ///< estimate
    Index share = 0;             ///< estimate: of the original duration
    std::vector<Index> repeats;  ///< activities
};

/// Of a gate that needs people who may not be there: outside office hours it begins at once if they are reached, else
/// when offices open.
struct Reachability {
    Index probability = 0;  ///< estimate
    Index calendar = 0;     ///< working days of the offices
};

/// A task (with a pool) or a gate (without).
struct Activity {
    std::string id;     ///< names its draws
    std::string label;  ///< what results are told by: many bodies share `workplaces/reinstall`
    Index owner = 0;    ///< whose common factor: an index of Case::owners
    Duration restore;
    std::optional<Index> rebuild_median;  ///< estimate: holds instead if backups are lost
    std::optional<Index> backup;          ///< of Case::backups
    std::optional<Index> pool;
    int crews = 1;
    std::optional<Index> calendar;  ///< of a gate: begins and runs on its working days
    std::vector<Index> after;
    std::optional<Index> resource;   ///< takes no time and no crew in a course in which that resource does not fail
    std::optional<Setback> setback;  ///< gates only
    std::optional<Reachability> reachability;  ///< gates without `calendar` only
    double rank = 0;                           ///< for Priority::list, smallest first
};

/// Backups of an owner: one uniform draw per id decides for all of its tasks.
struct Backup {
    std::string id;
    Index survives = 0;  ///< estimate: probability
};

struct Resource {
    std::string id;
    std::optional<Index> fails;      ///< estimate: probability; none = stays up
    std::string fails_with;          ///< resources with the same text share the draw; empty = by id
    std::vector<Index> restored_by;  ///< activities; up when all are done; empty and failed = never
};

struct Requirement {
    enum class Kind { resource, all, any, at_least };
    Kind kind = Kind::all;
    Index resource = 0;
    std::size_t count = 0;
    std::vector<Requirement> of;
};

/// A body that helps, for one service.
struct Helper {
    std::string body;                ///< key; sorted
    std::optional<Index> provision;  ///< its own service in this case; none = outside, never hit
    double spare = 0;                ///< cases per working day
};

/// A mode other than down.
struct Mode {
    ModeKind kind = ModeKind::normal;
    Requirement needs;
    std::optional<Duration> delay;      ///< none = at once
    std::optional<Index> capacity;      ///< estimates; none = 1
    std::optional<Index> lawful_share;  ///< none = 1
    std::optional<Index> endurance;     ///< days from the mode's beginning; none = for ever
    std::optional<Index> sustained;     ///< capacity afterwards; none = 0
    std::optional<Index> reentry;       ///< none = 0
    std::vector<Helper> helpers;        ///< of a neighbour mode
};

struct Body {
    std::string key;
    double inhabitants = 0;
    Index calendar = 0;                ///< working days of its state
    std::optional<Index> declaration;  ///< activity: fallback modes wait for it
};

inline constexpr std::size_t most_modes = 9;  ///< of a provision, normal and fallbacks

/// One service at one body.
struct Provision {
    std::string id;  ///< `059620032000/passport`
    Index body = 0;
    Index service = 0;        ///< of Case::services
    double weight = 0;        ///< inhabitants × class weight
    double demand = 0;        ///< cases per working day (queue, standby), people concerned per date (due date)
    std::vector<Mode> modes;  ///< normal first, then by quality
};

/// What is common to a service at all bodies.
struct Service {
    std::string id;
    ServiceKind kind = ServiceKind::queue;
    double tolerable_days = never;     ///< maximum tolerable outage
    double deadline = never;           ///< statutory, working days
    std::optional<Index> vanishing;    ///< estimate; none = 0
    std::vector<double> due_instants;  ///< of due dates, ascending, days since 1970-01-01 local time
};

enum class Priority { by_weight, list, first_come, by_lot };

/// How crews are handed out. Parallel: a free crew takes the first task that is ready. Serial: strictly in list order,
/// the next task takes the crew that becomes free first and keeps it while it waits for its predecessors; only with
/// Priority::list in which predecessors come first, pools whose crews stay and have no calendar, one crew per task, and
/// set-backs that repeat no task.
enum class Scheduling { parallel, serial };

/// A result somebody wants to know beside the standard ones: the day from which it holds to the end of the horizon.
struct Question {
    std::string id;
    enum class Kind { services_in_mode, ability } kind = Kind::services_in_mode;
    std::vector<Index> provisions;     ///< whose; for ability their weights
    ModeKind mode = ModeKind::normal;  ///< this or better
    double threshold = 1;              ///< share of people (services_in_mode) or of ability
};

struct Case {
    double horizon = 730;  ///< days
    /// Instant of the disruption, days since 1970-01-01 local time; none = uniform over the hours of the reference
    /// year.
    std::optional<double> start;
    int reference_year = 2026;
    std::vector<Estimate> estimates;
    std::vector<WorkingCalendar> calendars;
    OfficeHours office_hours;
    std::vector<std::string> owners;  ///< ids of common factors
    std::vector<Pool> pools;
    std::vector<Backup> backups;
    std::vector<Activity> activities;
    std::vector<Resource> resources;
    std::vector<Body> bodies;
    std::vector<Service> services;
    std::vector<Provision> provisions;
    std::vector<Question> questions;
    Index severity_share = 0;  ///< estimates: φ, φ'
    Index owner_share = 0;
    Index overtime = 0;          ///< o
    Index data_loss_days = 0;    ///< g
    Index data_loss_effort = 0;  ///< ρ_loss
    bool is_summed = false;      ///< with other cases course by course: outage/dimensions.hpp
    Priority priority = Priority::by_weight;
    Scheduling scheduling = Scheduling::parallel;
};

/// From the day of the disruption to the last of the horizon.
[[nodiscard]] inline std::size_t days_of(const Case& outage) { return static_cast<std::size_t>(outage.horizon) + 1; }

}  // namespace resmon::outage
