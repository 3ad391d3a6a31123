// A compiled case laid out for eight courses at once: flat tables, only what a course needs, in the order of its
// computation.
#pragma once

#include "outage/compile.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace resmon::outage {

/// Working time of one calendar by whole days, for every instant that a course can ask for.
class WorkTable {
public:
    WorkTable(const WorkingCalendar& calendar, long first_day, std::size_t days);

    [[nodiscard]] bool is_continuous() const noexcept { return before_.empty(); }
    [[nodiscard]] long first_day() const noexcept { return first_day_; }
    /// Working days before each day of the table, since its first; one more entry than days.
    [[nodiscard]] std::span<const std::int32_t> before() const noexcept { return before_; }
    /// The day (of the table) on which the n-th working day after its first is.
    [[nodiscard]] std::span<const std::int32_t> day_of() const noexcept { return day_of_; }

    /// The next three as WorkingCalendar has them, but working time counts from the first day of the table.
    [[nodiscard]] double working_time(double instant) const;
    [[nodiscard]] double instant_of(double working_time) const;
    [[nodiscard]] double next_working(double instant) const;

private:
    const WorkingCalendar* calendar_;
    long first_day_ = 0;
    double origin_ = 0;  ///< working time of the calendar at the first day
    std::vector<std::int32_t> before_, day_of_;
};

/// A requirement in postfix form.
struct Operation {
    enum class Kind : std::uint8_t { resource, all, any, at_least };
    Kind kind = Kind::resource;
    std::uint16_t rank = 0;  ///< at_least: which of the parts, from 1
    Index value = 0;         ///< resource: which; else the number of parts
};
struct Expression {
    std::uint32_t first = 0;  ///< of Program::operations
    std::uint32_t count = 0;
    bool is_latest = false;  ///< all of some resources and nothing else: the latest of those operations' resources
};

/// What modes of a service have in common at all bodies: rows that are computed once per block of courses.
struct ModeShape {
    std::optional<Index> capacity, lawful_share, endurance, sustained, reentry;  ///< estimates
    std::optional<Index> delay_median;
    std::vector<Index> delay_multipliers;

    bool operator==(const ModeShape&) const = default;
    auto operator<=>(const ModeShape&) const = default;
};

/// exp(σ·G) of the activation delays of one body, kind of mode and σ.
struct Activation {
    std::uint64_t hash = 0;
    Index body = 0;
    Index sigma = 0;
    std::optional<Loadings> loadings;
};

struct ModePlan {
    ModeKind kind = ModeKind::normal;
    Expression needs;
    Index shape = 0;
    std::optional<Index> activation;  ///< none = no delay
    bool has_end = false;
    std::span<const Index> helpers;  ///< helper pools; empty = the shape's capacity holds
};

inline constexpr std::size_t most_fallbacks = most_modes - 1;

struct ProvisionPlan {
    Index provision = 0;
    Index service = 0;
    Index body = 0;
    ServiceKind kind = ServiceKind::queue;
    bool is_rare = false;  ///< fewer than one case a week: counts are shown as whole numbers
    ModePlan normal;
    std::vector<ModePlan> fallbacks;  ///< by quality
};

/// Steps that can be scheduled once the groups before it are: one step without crew, or crews that wait for one
/// another. Members are in the order of steps; successors and pools count within the group.
struct Group {
    static constexpr std::uint32_t no_pool = ~std::uint32_t{0};
    struct Member {
        Index step = 0;
        Index activity = 0;
        std::uint32_t pool = no_pool;
        std::uint32_t crews = 1;
        bool has_hours = false;  ///< a gate that may have to wait for a working day or for people
        std::vector<std::uint32_t> inner_before;
        std::vector<std::uint32_t> inner_after;
        std::vector<Index> outer_before;  ///< steps of earlier groups
    };
    std::vector<Member> members;
    std::vector<Index> pools;  ///< of the case
    /// Only of a small group with one pool of crews that are always there, one for each task, and with priorities that
    /// are the same in every course unless it goes by lot, which eight courses can go through together: members that
    /// need a crew, first to last, and all members after those before them.
    std::vector<std::uint32_t> by_priority, in_order;
};

struct Program {
    const Compiled* compiled = nullptr;
    std::vector<Index> certain, drawn, mixed, multiplied;  ///< estimates that are used
    std::vector<Index> failing;                            ///< resources that can fail
    std::vector<Group> groups;                             ///< in an order in which they can be scheduled
    std::vector<Index> serial_order;                       ///< of steps, with Scheduling::serial
    std::vector<Operation> operations;
    std::size_t deepest = 1;  ///< stack that operations need
    std::vector<ModeShape> shapes;
    std::vector<Activation> activations;
    std::vector<std::vector<Index>> activations_of;  ///< by body
    std::vector<ProvisionPlan> provisions;           ///< by body in the order of keys, within it by service id
    std::vector<std::uint32_t> plan_of;              ///< by provision of the case: its place in `provisions`
    std::vector<Index> shared_first;                 ///< plans whose normal mode others ask for (helpers)
    std::vector<WorkTable> work;                     ///< by calendar
    double far = 0;                                  ///< days: what begins later counts as never
};

/// `compiled` must outlive it.
[[nodiscard]] Program program_of(const Compiled& compiled);

}  // namespace resmon::outage
