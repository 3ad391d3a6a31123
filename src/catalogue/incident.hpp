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
    std::string source;
    std::vector<Milestone> milestones;  ///< ordered by day_earliest
};

}  // namespace resmon::catalogue
