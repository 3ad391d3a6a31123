// All of Germany by all ranks: each computes some providers, the first adds them up.
#pragma once

#include "catalogue/catalogue.hpp"
#include "cli/options.hpp"
#include "nationwide/nationwide.hpp"
#include "ranks/ranks.hpp"
#include "region/region.hpp"

#include <filesystem>
#include <optional>

namespace resmon::cli {

struct GermanyTogether {
    const Options& options;
    const catalogue::Catalogue& catalogue;
    const forecast::CaseRequest& request;  ///< completed
    const ranks::Ranks& ranks;
    const std::filesystem::path& checkpoint;  ///< folder of finished providers; empty = none
};

/// For the first rank, as exact as wished; the others get none. None for all if it was stopped.
[[nodiscard]] std::optional<nationwide::Outlook> outlook_of(const GermanyTogether& together);

}  // namespace resmon::cli
