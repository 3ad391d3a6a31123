// The words of the catalogue and the API for kinds: `basic-operation`, `life-and-limb` …
#pragma once

#include "catalogue/figure.hpp"
#include "catalogue/resource.hpp"
#include "catalogue/service.hpp"

#include <string_view>

namespace resmon::forecast {

[[nodiscard]] std::string_view to_string(catalogue::ModeKind kind);
[[nodiscard]] std::string_view to_string(catalogue::CrewKind kind);
[[nodiscard]] std::string_view to_string(catalogue::ServiceKind kind);
[[nodiscard]] std::string_view to_string(catalogue::ServiceClass service_class);
[[nodiscard]] std::string_view to_string(catalogue::Level level);
[[nodiscard]] std::string_view to_string(catalogue::FigureKind kind);

/// Throw InputError that lists the words.
[[nodiscard]] catalogue::ModeKind mode_kind_from(std::string_view word);
[[nodiscard]] catalogue::CrewKind crew_kind_from(std::string_view word);

}  // namespace resmon::forecast
