// A resource that services need, and the tasks that bring it back.
#pragma once

#include "base/text.hpp"
#include "catalogue/figure.hpp"

#include <optional>
#include <string>
#include <vector>

namespace resmon::catalogue {

enum class ResourceKind {
    site,
    power,
    network,
    identity,
    virtualisation,
    storage,
    backup,
    e_mail,
    telephony,
    workplaces,
    application,
    register_connection,
    printer,
    supplies
};

/// Who owns the thing or decides the gate: its common factor, and whether its failure is common to many.
enum class OwnerKind { provider, body, state, federation };

/// Which people do a task. `none`: nobody of ours, a gate.
enum class CrewKind { none, platform, application, local, external };

struct RestorationTask {
    std::string id;  ///< unique within the resource
    Text name;
    OwnerKind owner =
        OwnerKind::provider;         ///< whose common factor and crew; differs from the resource's for admissions
    std::vector<std::string> after;  ///< resource ids, or `resource/task` ids, of the same owner or above
    CrewKind crew = CrewKind::none;
    int crews = 1;
    Figure restore_days;                 ///< median if backups survive
    std::optional<Figure> rebuild_days;  ///< median if not; none = the same
    Figure sigma;                        ///< of the logarithm of the duration
};

struct Resource {
    ResourceId id;
    Text name;
    ResourceKind kind = ResourceKind::application;
    OwnerKind owner = OwnerKind::provider;
    std::vector<std::string> products;   ///< for information: who can help whom
    std::vector<RestorationTask> tasks;  ///< up when all are done
};

}  // namespace resmon::catalogue
