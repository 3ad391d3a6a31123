#include "forecast/words.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace resmon::forecast {

namespace {

// Each list in the order of its enumeration.
constexpr std::array<std::string_view, 5> modes{"normal", "basic-operation", "neighbour", "paper", "down"};
constexpr std::array<std::string_view, 5> crews{"none", "platform", "application", "local", "external"};
constexpr std::array<std::string_view, 3> service_kinds{"queue", "due-date", "standby"};
constexpr std::array<std::string_view, 4> classes{"life-and-limb", "livelihood", "legal-duty", "convenience"};
constexpr std::array<std::string_view, 2> levels{"municipality", "district"};
constexpr std::array<std::string_view, 3> figure_kinds{"measured", "statute", "estimate"};
constexpr std::array<std::string_view, 4> body_kinds{"municipality", "joint-administration", "district",
                                                     "independent-city"};

template <class Kind, std::size_t count>
Kind kind_from(std::string_view word, const std::array<std::string_view, count>& words) {
    const auto found = std::ranges::find(words, word);
    if (found == words.end()) throw InputError{fmt::format("must be one of {}, is {}", fmt::join(words, ", "), word)};
    return static_cast<Kind>(found - words.begin());
}

}  // namespace

std::string_view to_string(catalogue::ModeKind kind) { return modes.at(static_cast<std::size_t>(kind)); }
std::string_view to_string(catalogue::CrewKind kind) { return crews.at(static_cast<std::size_t>(kind)); }
std::string_view to_string(catalogue::ServiceKind kind) { return service_kinds.at(static_cast<std::size_t>(kind)); }
std::string_view to_string(catalogue::ServiceClass kind) { return classes.at(static_cast<std::size_t>(kind)); }
std::string_view to_string(catalogue::Level level) { return levels.at(static_cast<std::size_t>(level)); }
std::string_view to_string(catalogue::FigureKind kind) { return figure_kinds.at(static_cast<std::size_t>(kind)); }
std::string_view to_string(catalogue::BodyKind kind) { return body_kinds.at(static_cast<std::size_t>(kind)); }

catalogue::ModeKind mode_kind_from(std::string_view word) { return kind_from<catalogue::ModeKind>(word, modes); }
catalogue::CrewKind crew_kind_from(std::string_view word) { return kind_from<catalogue::CrewKind>(word, crews); }

}  // namespace resmon::forecast
