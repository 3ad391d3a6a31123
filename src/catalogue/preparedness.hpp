// What answers do to the forecast: levers of the model, moved by levels of answers.
#pragma once

#include "catalogue/figure.hpp"
#include "catalogue/questionnaire.hpp"
#include "catalogue/region.hpp"

#include <array>
#include <string_view>
#include <vector>

namespace resmon::catalogue {

/// What of a case an answer can move (region/levers.hpp says how): three probabilities, else factors.
enum class Lever {
    backups_survive,  ///< a probability
    restoration,      ///< of the time of platform and application crews
    forensics,        ///< of the time until forensics releases the rebuild
    workplaces,       ///< of the time of local crews
    declaration,      ///< of the time until the emergency is declared: fallbacks wait for it
    containment,
    decisions,          ///< of the time until the rebuild is decided
    reconnection,       ///< of the time until acceptance, and of the connections to registers and state network
    fallback_capacity,  ///< of modes without IT and of basic operation
    fallback_delay,
    neighbour_delay,
    spread,        ///< of the probability that an application falls with the rest
    directory,     ///< of the time to rebuild the directory service
    set_backs,     ///< of the probability that a gate fails and work is repeated
    endurance,     ///< of the days that a mode without IT is kept up
    paydays,       ///< of the capacity without IT of what is due on a date
    reachability,  ///< a probability: that outside office hours somebody is reached who may decide
    restart_order  ///< a probability: that nobody knows the order, and what is restored first is left to chance
};

inline constexpr std::array<std::string_view, 18> lever_names{
    "backups-survive", "restoration",  "forensics",         "workplaces",     "declaration",     "containment",
    "decisions",       "reconnection", "fallback-capacity", "fallback-delay", "neighbour-delay", "spread",
    "directory",       "set-backs",    "endurance",         "paydays",        "reachability",    "restart-order"};

/// Whether more of it is better, as of a probability to survive; else less is.
[[nodiscard]] constexpr bool is_better_high(Lever lever) {
    return lever == Lever::backups_survive || lever == Lever::fallback_capacity || lever == Lever::endurance ||
           lever == Lever::paydays || lever == Lever::reachability;
}

/// Whether an answer states the figure itself, a probability; else a factor on the catalogue's.
[[nodiscard]] constexpr bool is_probability(Lever lever) {
    return lever == Lever::backups_survive || lever == Lever::reachability || lever == Lever::restart_order;
}

struct Effect {
    QuestionId question;  ///< an ordinal one
    Lever lever = Lever::restoration;
    std::array<Figure, highest_level + 1> levels;  ///< a better answer never moves the lever the wrong way
};

/// catalogue/preparedness.yaml
struct PreparednessModel {
    int version = 1;
    std::array<Text, lever_names.size()> names;
    std::vector<Effect> effects;
    std::vector<CrewRule> own_crews;  ///< of a house with its own IT; number per 10,000 inhabitants
    /// Of a house with its own IT: factor on the provider's tasks, which are sized for about 30 administrations; by
    /// SizeClass. Catalogues of earlier versions have none.
    std::vector<Figure> own_work;
};

}  // namespace resmon::catalogue
