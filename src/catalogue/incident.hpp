// A real outage with its dated milestones: what a replay is held against.
#pragma once

#include "base/body_key.hpp"
#include "base/calendar.hpp"
#include "base/text.hpp"
#include "catalogue/scenario.hpp"
#include "catalogue/service.hpp"

#include <optional>
#include <string>
#include <vector>

namespace resmon::catalogue {

/// Which result of the engine a milestone speaks of.
enum class MilestoneOutput {
    services_in_mode,  ///< the day from which the services are in the mode or better at bodies that serve `threshold`
                       ///< of the people
    ability            ///< the day from which the ability to act stays at `threshold` or above
};

struct Milestone {
    std::string id;
    Text what;
    std::optional<BodyKey> body;  ///< none = the whole region
    MilestoneOutput output = MilestoneOutput::services_in_mode;
    std::vector<ServiceId> services;   ///< empty = all
    ModeKind mode = ModeKind::normal;  ///< this or better
    double threshold = 1;              ///< share in (0, 1]
    double day_earliest = 0;           ///< press dates are intervals
    double day_latest = 0;
    Text reading;  ///< how the report was read as this output: a judgement, open to challenge
    std::string source;
};

struct Incident {
    IncidentId id;
    Text name;
    Text description;
    Date date;
    double hour = 0;  ///< local time
    Cause cause = Cause::attack;
    ScenarioId scenario;
    RegionId region;
    std::optional<BodyKey> body;  ///< hit alone, with its own IT, in place of a region
    std::string source;
    std::vector<Milestone> milestones;  ///< ordered by day_earliest
};

/// How often a scenario happens: in a year to each body by itself, or to each provider and so to all of its customers
/// at once. What is thought of it is as if so many incidents had been seen in so many years.
struct Frequency {
    ScenarioId scenario;
    enum class Per { body, provider } per = Per::body;
    double prior_incidents = 0.5;  ///< > 0
    double prior_years = 0;        ///< of one body or provider; ≥ 0
    std::string prior_source;
    std::vector<IncidentId> observed;  ///< incidents of the catalogue that count
    double observed_years = 0;         ///< of all bodies or providers that were watched, together
    std::string observed_source;       ///< empty = nothing counted
};

}  // namespace resmon::catalogue
