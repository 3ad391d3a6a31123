// Germany at once: one provider's case after the other, summed course by course.
#pragma once

#include "catalogue/catalogue.hpp"
#include "engine/forecast.hpp"
#include "region/region.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace resmon::nationwide {

struct BodyOutlook {
    std::string key;
    std::string provider;  ///< id
    outage::Distribution loss_days;
    outage::Distribution days_to_half, days_to_most, days_to_all;  ///< of ability: 50, 80, 100 %
};

struct ProviderOutlook {
    std::string id;
    Text name;
    bool is_assumed = false;  ///< nobody says publicly who the provider of these bodies is
    std::size_t bodies = 0;
    outage::Distribution loss_days;  ///< of its bodies by weight, as in a region
};

/// Of many bodies by weight, added course by course.
struct Totals {
    outage::Distribution loss_days;
    outage::Distribution ability_half, ability_most;  ///< first whole day from which ability stays at 50, 80 %
    outage::DailyQuantiles ability;
};

/// Bodies and people of a state; a provider whose customers lie in several states counts in each with the share of
/// people that it serves there (today none does).
struct StateOutlook {
    State state = State::nordrhein_westfalen;
    std::size_t bodies = 0;
    std::size_t assumed = 0;  ///< of them at an assumed provider
    long population = 0;
    Totals totals;
};

struct Outlook {
    outage::Sampling sampling;
    double horizon = 0;
    Totals totals;
    std::vector<StateOutlook> states;        ///< in the order of their numbers
    std::vector<ProviderOutlook> providers;  ///< by id
    std::vector<BodyOutlook> bodies;         ///< by key
};

/// `done`: courses' worth of the work.
struct Work {
    unsigned threads = 0;  ///< 0 = all
    std::stop_token stop{};
    std::function<void(std::uint32_t done)> progress{};
};

/// none = stopped. The request is for Germany. Holds one provider's case at a time. Pure: equal inputs give equal bits,
/// and with plain random numbers a body of a provider that is a region by itself has the same draws as in a run of that
/// region. Of quasi-random points the severity has one, which all providers share. Throws as `forecast::parts_of`,
/// InputError unless the points make whole randomisations.
[[nodiscard]] std::optional<Outlook> outlook(const catalogue::Catalogue& catalogue,
                                             const forecast::CaseRequest& request, const outage::Sampling& sampling,
                                             const Work& work = {});

}  // namespace resmon::nationwide
