#include "forecast/words.hpp"

#include "base/word.hpp"

namespace resmon::forecast {

namespace {

// Each list in the order of its enumeration.
constexpr std::array<std::string_view, 5> modes{"normal", "basic-operation", "neighbour", "paper", "down"};
constexpr std::array<std::string_view, 5> crews{"none", "platform", "application", "local", "external"};
constexpr std::array<std::string_view, 3> service_kinds{"queue", "due-date", "standby"};
constexpr std::array<std::string_view, 4> classes{"life-and-limb", "livelihood", "legal-duty", "convenience"};
constexpr std::array<std::string_view, 2> levels{"municipality", "district"};
constexpr std::array<std::string_view, 3> figure_kinds{"measured", "statute", "estimate"};

}  // namespace

std::string_view to_string(catalogue::ModeKind kind) { return word_of(modes, kind); }
std::string_view to_string(catalogue::CrewKind kind) { return word_of(crews, kind); }
std::string_view to_string(catalogue::ServiceKind kind) { return word_of(service_kinds, kind); }
std::string_view to_string(catalogue::ServiceClass kind) { return word_of(classes, kind); }
std::string_view to_string(catalogue::Level level) { return word_of(levels, level); }
std::string_view to_string(catalogue::FigureKind kind) { return word_of(figure_kinds, kind); }

catalogue::ModeKind mode_kind_from(std::string_view word) { return value_of<catalogue::ModeKind>(modes, word); }
catalogue::CrewKind crew_kind_from(std::string_view word) { return value_of<catalogue::CrewKind>(crews, word); }

}  // namespace resmon::forecast
