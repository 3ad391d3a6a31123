#include "explain/conditional.hpp"

#include "base/error.hpp"
#include "explain/courses.hpp"
#include "explain/dependencies.hpp"
#include "statistics/quantile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace resmon::explain {

using outage::Case;
using outage::Index;

namespace {

using Days = std::vector<double>;

/// What of one course is kept.
struct Kept {
    Days facts;     ///< day on which each is back
    Days services;  ///< by place in `Watcher::services`
    Days provisions;
};

class Watcher {
public:
    Watcher(const Case& outage, const Known& known) : case_{outage}, known_{known} {
        const auto sites = resources_in_view(outage, known.body);
        for (Index number = 0; number < case_.provisions.size(); ++number) {
            const outage::Provision& provision = case_.provisions[number];
            if (!known.body.empty() && case_.bodies[provision.body].key != known.body) continue;
            in_view_.push_back(number);
            by_service_[case_.services[provision.service].id].push_back(number);
        }
        std::vector<resmon::Fault> faults;
        const auto add = [&](const std::vector<std::string>& ids, bool is_back, const char* place) {
            for (const std::string& id : ids) {
                const bool is_service = by_service_.contains(id);
                if (!is_service && !sites.contains(id))
                    faults.push_back({{.path = place}, worded("fault.explain.known", {{"id", id}})});
                else if (std::ranges::find(facts, id, &Fact::id) != facts.end())
                    faults.push_back({{.path = place}, worded("fault.explain.once", {{"id", id}})});
                else {
                    facts.push_back({.id = id, .is_service = is_service, .is_back = is_back});
                    fact_sites_.push_back(is_service ? std::set<Index>{} : sites.at(id));
                }
            }
        };
        add(known.back, true, "/back");
        add(known.not_back, false, "/not_back");
        if (facts.empty() && faults.empty()) faults.push_back({{.path = "/back"}, worded("fault.explain.nothing")});
        if (!faults.empty()) throw InputError{std::move(faults)};
    }

    [[nodiscard]] Kept seen(const SeenCourse& course) const {
        Kept kept;
        for (const auto& [id, provisions] : by_service_) kept.services.push_back(back_of(course, provisions));
        std::size_t number = 0;
        for (const Fact& fact : facts) {
            if (fact.is_service) {
                kept.facts.push_back(back_of(course, by_service_.at(fact.id)));
            } else {
                std::vector<std::pair<double, double>> up;
                for (const Index site : fact_sites_[number]) up.emplace_back(course.up(site), 1.0);
                kept.facts.push_back(day_of_half(std::move(up)));
            }
            ++number;
        }
        return kept;
    }

    [[nodiscard]] bool fits(const Kept& kept) const {
        for (std::size_t fact = 0; fact < facts.size(); ++fact)
            if (agrees(kept, fact) == 0) return false;
        return true;
    }

    [[nodiscard]] double agrees(const Kept& kept, std::size_t fact) const {
        return (kept.facts[fact] <= known_.day) == facts[fact].is_back ? 1 : 0;
    }

    [[nodiscard]] Days provisions(const SeenCourse& course) const {
        Days days;
        for (const Index number : in_view_) days.push_back(course.back(number));
        return days;
    }

    /// Share of services (by weight) that are back, per day.
    [[nodiscard]] Days normal_share(const Days& provisions) const {
        const auto days = static_cast<std::size_t>(case_.horizon) + 1;
        Days change(days + 1, 0);
        double total = 0;
        for (std::size_t place = 0; place < in_view_.size(); ++place) {
            const double weight = case_.provisions[in_view_[place]].weight;
            total += weight;
            if (provisions[place] <= case_.horizon)
                change[static_cast<std::size_t>(std::ceil(provisions[place]))] += weight;
        }
        Days share(days, 0);
        double sum = 0;
        for (std::size_t day = 0; day < days; ++day) share[day] = std::min(1.0, (sum += change[day]) / total);
        return share;
    }

    [[nodiscard]] std::vector<std::string> services() const {
        std::vector<std::string> ids;
        for (const auto& [id, provisions] : by_service_) ids.push_back(id);
        return ids;
    }

    std::vector<Fact> facts;

private:
    [[nodiscard]] double back_of(const SeenCourse& course, const std::vector<Index>& provisions) const {
        std::vector<std::pair<double, double>> days;
        for (const Index number : provisions)
            days.emplace_back(course.back(number), case_.bodies[case_.provisions[number].body].inhabitants);
        return day_of_half(std::move(days));
    }

    const Case& case_;
    const Known& known_;
    std::vector<Index> in_view_;
    std::map<std::string, std::vector<Index>> by_service_;
    std::vector<std::set<Index>> fact_sites_;
};

outage::Quantiles quantiles(Days values) {
    std::ranges::sort(values);
    const auto at = [&](double share) { return statistics::quantile(values, share); };
    return {at(0.1), at(0.25), at(0.5), at(0.75), at(0.9)};
}

void add_services(const Watcher& watcher, const std::vector<Kept>& all, const std::vector<const Kept*>& fitting,
                  double horizon, Conditional& result) {
    const auto within = [horizon](double day) { return day <= horizon ? day : outage::never; };
    std::size_t place = 0;
    for (const std::string& id : watcher.services()) {
        Days before;
        Days given;
        for (const Kept& kept : all) before.push_back(within(kept.services[place]));
        for (const Kept* kept : fitting) given.push_back(within(kept->services[place]));
        const auto never = static_cast<double>(std::ranges::count(given, outage::never));
        result.services.push_back({.id = id,
                                   .before = quantiles(std::move(before)),
                                   .given = quantiles(std::move(given)),
                                   .never = never / static_cast<double>(fitting.size())});
        ++place;
    }
}

void add_curve(const Watcher& watcher, const std::vector<const Kept*>& fitting, Conditional& result) {
    constexpr double most = 0.8;
    std::vector<Days> shares;
    Days reached;
    for (const Kept* kept : fitting) {
        shares.push_back(watcher.normal_share(kept->provisions));
        const auto day = std::ranges::lower_bound(shares.back(), most);
        reached.push_back(day == shares.back().end() ? outage::never
                                                     : static_cast<double>(day - shares.back().begin()));
    }
    for (std::size_t day = 0; day < shares.front().size(); ++day) {
        Days on_day;
        for (const Days& share : shares) on_day.push_back(share[day]);
        result.services_normal.push_back(quantiles(std::move(on_day)));
    }
    result.most = quantiles(std::move(reached));
}

}  // namespace

Conditional conditional(const Case& outage, std::uint64_t seed, const Known& known, const Patience& patience) {
    Watcher watcher{outage, known};
    std::vector<Kept> all;
    std::vector<const Kept*> fitting;
    while (all.size() < patience.limit && fitting.size() < patience.enough) {
        const auto first = static_cast<std::uint32_t>(all.size());
        const std::uint32_t end = std::min(patience.limit, first + patience.batch);
        all.resize(end);
        each_course(outage, seed, first, end, [&](const SeenCourse& course) {
            Kept& kept = all[course.number()];
            kept = watcher.seen(course);
            // The rest is large and wanted of those that fit alone.
            if (watcher.fits(kept)) kept.provisions = watcher.provisions(course);
        });
        fitting.clear();
        for (const Kept& kept : all)
            if (watcher.fits(kept)) fitting.push_back(&kept);
    }

    Conditional result{.day = known.day,
                       .facts = watcher.facts,
                       .looked_at = static_cast<std::uint32_t>(all.size()),
                       .fitting = static_cast<std::uint32_t>(fitting.size()),
                       .least = patience.least,
                       .horizon = outage.horizon,
                       .most = {outage::never, outage::never, outage::never, outage::never, outage::never}};
    for (std::size_t fact = 0; fact < result.facts.size(); ++fact) {
        for (const Kept& kept : all) result.facts[fact].share += watcher.agrees(kept, fact);
        result.facts[fact].share /= static_cast<double>(all.size());
    }
    if (!result.is_enough()) return result;
    add_services(watcher, all, fitting, outage.horizon, result);
    add_curve(watcher, fitting, result);
    return result;
}

void refuse_too_few(const Conditional& result) {
    if (result.is_enough()) return;
    const Fact& rarest = *std::ranges::min_element(result.facts, {}, [](const Fact& fact) { return fact.share; });
    throw InputError{{{{.path = rarest.is_back ? "/back" : "/not_back"},
                       worded("fault.explain.rare", {{"least", std::to_string(result.least)},
                                                     {"looked_at", std::to_string(result.looked_at)},
                                                     {"fitting", std::to_string(result.fitting)},
                                                     {"id", rarest.id},
                                                     {"share", fmt::format("{:.1f}", 100 * rarest.share)}})}}};
}

}  // namespace resmon::explain
