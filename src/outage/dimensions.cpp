#include "outage/dimensions.hpp"

#include "base/random.hpp"
#include "outage/compile.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

namespace resmon::outage {

namespace {

class Choice {
public:
    explicit Choice(const Compiled& compiled) : compiled_{compiled}, case_{*compiled.outage} {
        chosen_.owners.assign(case_.owners.size(), Dimensions::none);
        chosen_.backups.assign(case_.backups.size(), Dimensions::none);
        chosen_.estimates.assign(case_.estimates.size(), Dimensions::none);
        chosen_.steps.assign(compiled.steps.size(), Dimensions::none);
        for (const Body& body : case_.bodies) bodies_.insert(body.key);
    }

    Dimensions dimensions() {
        if (case_.is_summed) return chosen_;
        constexpr std::size_t most_of_a_kind = 4;
        take(shared_backups(), chosen_.backups, most_of_a_kind);
        take(shared_owners(), chosen_.owners, most_of_a_kind);
        take(survival(), chosen_.estimates, most_of_a_kind);
        take(shared_tasks(), chosen_.steps, quasi_random_dimensions);
        return chosen_;
    }

private:
    /// Largest first, at equal size by id.
    struct Candidate {
        double size = 0;
        std::string_view id;
        Index place = 0;
    };

    void take(std::vector<Candidate> candidates, std::vector<std::uint8_t>& dimensions, std::size_t most) {
        std::ranges::sort(candidates, {},
                          [](const Candidate& candidate) { return std::tuple{-candidate.size, candidate.id}; });
        for (const Candidate& candidate : candidates) {
            if (most-- == 0 || next_ == quasi_random_dimensions) return;
            dimensions[candidate.place] = next_++;
        }
    }

    [[nodiscard]] bool is_of_one_body(std::string_view id) const { return bodies_.contains(id); }

    [[nodiscard]] double central(Index estimate) const { return case_.estimates[estimate].central; }

    [[nodiscard]] std::vector<Candidate> shared_backups() const {
        std::vector<Candidate> found;
        for (Index place = 0; place < case_.backups.size(); ++place)
            if (const std::string& id = case_.backups[place].id; !is_of_one_body(id)) found.push_back({0, id, place});
        return found;
    }

    [[nodiscard]] std::vector<Candidate> shared_owners() const {
        std::vector<double> work(case_.owners.size(), 0);
        for (const Activity& activity : case_.activities) work[activity.owner] += central(activity.restore.median);
        std::vector<Candidate> found;
        for (Index place = 0; place < case_.owners.size(); ++place)
            if (const std::string& id = case_.owners[place]; !is_of_one_body(id) && work[place] > 0)
                found.push_back({work[place], id, place});
        return found;
    }

    [[nodiscard]] std::vector<Candidate> survival() const {
        std::set<Index> seen;
        std::vector<Candidate> found;
        for (const Candidate& backup : shared_backups()) {
            const Index place = case_.backups[backup.place].survives;
            const Estimate& estimate = case_.estimates[place];
            if (estimate.low < estimate.high && seen.insert(place).second) found.push_back({0, estimate.id, place});
        }
        return found;
    }

    [[nodiscard]] std::vector<Candidate> shared_tasks() const {
        std::vector<Candidate> found;
        for (Index place = 0; place < compiled_.steps.size(); ++place) {
            const Step& step = compiled_.steps[place];
            const Activity& activity = case_.activities[step.activity];
            if (step.attempt > 0 || step.is_copy || is_of_one_body(case_.owners[activity.owner])) continue;
            const double spread = central(activity.restore.median) * central(activity.restore.sigma);
            if (spread > 0) found.push_back({spread, activity.id, place});
        }
        return found;
    }

    const Compiled& compiled_;
    const Case& case_;
    std::set<std::string_view> bodies_;
    Dimensions chosen_;
    std::uint8_t next_ = Dimensions::severity + 1;
};

}  // namespace

Dimensions dimensions_of(const Compiled& compiled) { return Choice{compiled}.dimensions(); }

}  // namespace resmon::outage
