// A public service: who provides it, how much of it is asked for, and how it can run without its IT.
#pragma once

#include "base/calendar.hpp"
#include "base/text.hpp"
#include "catalogue/figure.hpp"
#include "catalogue/requirement.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace resmon::catalogue {

enum class Level { municipality, district };
enum class ServiceKind { queue, due_date, standby };
enum class ServiceClass { life_and_limb, livelihood, legal_duty, convenience };

/// In order of quality, best first; `down` is not written in the catalogue.
enum class ModeKind { normal, basic_operation, neighbour, paper, down };

struct Mode {
    ModeKind kind = ModeKind::normal;
    Requirement needs;
    std::optional<Figure> delay_days;          ///< activation; none = at once
    std::optional<Figure> capacity;            ///< multiple of normal demand; none = 1
    std::optional<Figure> lawful_share;        ///< of the case variants; none = 1
    std::optional<Figure> endurance_days;      ///< from the mode's own beginning; none = for ever
    std::optional<Figure> sustained_capacity;  ///< after the endurance; ≤ capacity
    std::optional<Figure> reentry_effort;      ///< of a normal case, for each case served in this mode
    std::optional<Figure> helper_spare;        ///< neighbour: a helper's spare capacity as a share of its own demand
    Text how;                                  ///< what people do in this mode
    Text legal_basis;                          ///< empty if none is verified
};

/// Calendar of a due date: monthly on a day of the month (0 = last working day), yearly dates `MM-DD`, or so many days
/// before each polling day.
struct DueDates {
    enum class Rule { monthly, yearly, elections };
    Rule rule = Rule::monthly;
    int day_of_month = 0;
    std::vector<std::pair<int, int>> yearly;  ///< month, day
    std::vector<int> days_before;
};

/// A polling day (catalogue/calendar/elections.yaml).
struct Election {
    Date day;
    std::set<State> states;  ///< where people vote; empty = everywhere
};

enum class DayUnit { calendar_days, working_days };

struct Service {
    ServiceId id;
    Text name;
    Text description;
    std::string leika;  ///< 14 digits, empty if not verified
    Level level = Level::municipality;
    ServiceKind kind = ServiceKind::queue;
    ServiceClass service_class = ServiceClass::legal_duty;
    Figure demand_per_1000;  ///< cases (queue), people concerned (due date), calls (standby) per 1,000 inhabitants and
                             ///< year
    Figure maximum_tolerable_outage_days;  ///< MTPD, calendar days
    std::optional<Figure> statutory_deadline;
    DayUnit deadline_unit = DayUnit::working_days;
    std::optional<Figure> vanishing_share;  ///< of unserved arrivals; none = 0
    DueDates due_dates;                     ///< for due_date
    std::vector<Mode> modes;                ///< normal first, then in order of quality; at most one of each kind
};

}  // namespace resmon::catalogue
