// Every incident with dated milestones, each computed without what was learnt from it.
#pragma once

#include "catalogue/catalogue.hpp"
#include "coverage/coverage.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace resmon::coverage {

/// What was replayed, and how. Points into the catalogue.
struct Replays {
    std::vector<IncidentReplay> incidents;  ///< by id
    std::vector<const catalogue::Incident*> without_milestones;
    double horizon = 0;  ///< days
    outage::Sampling sampling;
    std::string catalogue_version;
};

/// Nothing if the computation was stopped.
using Compute = std::function<std::optional<outage::Forecast>(const outage::Case&)>;

/// `sampling` is what `compute` draws. Nothing if a computation was stopped. Throws NotFound if no incident has
/// milestones.
[[nodiscard]] std::optional<Replays> replays_of(const catalogue::Catalogue& catalogue, const outage::Sampling& sampling,
                                                const Compute& compute);

}  // namespace resmon::coverage
