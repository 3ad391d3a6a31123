// The forecast from now on, given what is known by now: "it is day 12, the directory is back, the registry is not".
#pragma once

#include "engine/forecast.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace resmon::explain {

/// Something that is known on the day: a resource (`directory`) or a service (`passport`) is back to normal, or is not.
struct Fact {
    std::string id;
    bool is_service = false;
    bool is_back = false;
    double share = 0;  ///< of all courses in which this alone is so
};

/// How many courses are looked at, and how many must fit.
struct Patience {
    std::uint32_t batch = 250;
    std::uint32_t enough = 200;    ///< fitting courses; then no further batch is computed
    std::uint32_t limit = 10'000;  ///< courses looked at
    std::uint32_t least = 50;      ///< fitting courses below which no forecast is given
};

/// When a service is back to normal: all courses beside those that fit.
struct ServiceGiven {
    std::string id;
    outage::Quantiles before, given;  ///< days since the disruption; infinity = not by the horizon
    double never = 0;                 ///< share of the fitting courses that do not reach it
};

struct Conditional {
    double day = 0;
    std::vector<Fact> facts;
    std::uint32_t looked_at = 0;
    std::uint32_t fitting = 0;  ///< the effective sample size: every fitting course counts alike
    std::uint32_t least = 0;
    double horizon = 0;
    std::vector<ServiceGiven> services;      ///< by id
    outage::DailyQuantiles services_normal;  ///< share of services (by weight) back to normal, days 0 … horizon
    outage::Quantiles most;                  ///< day from which 80 % of them are; infinity = not by the horizon

    [[nodiscard]] bool is_enough() const { return fitting >= least; }
};

/// What is known, as ids of resources and services of the case; half of the sites, or bodies that serve half of the
/// people, decide. Of one body if its key is given. Throws InputError for an id that is neither, or for one that is
/// both back and not.
struct Known {
    double day = 0;
    std::vector<std::string> back, not_back;
    std::string body = {};
};

/// Rejection: courses that contradict a fact are left out, the others count alike. That is exact, needs no likelihood,
/// and its effective sample size is the number of courses left; below `least` only facts and counts are filled. The
/// courses are those of every forecast with the seed, from the first on.
[[nodiscard]] Conditional conditional(const outage::Case& outage, std::uint64_t seed, const Known& known,
                                      const Patience& patience = {});

/// Throws InputError, with the counts and the fact that holds least often, if too few courses fit.
void refuse_too_few(const Conditional& result);

}  // namespace resmon::explain
