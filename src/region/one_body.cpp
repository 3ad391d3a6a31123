#include "region/one_body.hpp"

#include "outage/compile.hpp"
#include "region/relevant_part.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace resmon::forecast {

using outage::Case;
using outage::Index;
using outage::Mode;
using outage::Provision;

namespace {

/// A neighbour's help for one service: whoever names it shares it.
std::pair<Index, std::string> help(const Provision& provision, const outage::Helper& helper) {
    return {provision.service, helper.body};
}

bool names_any(const Provision& provision, const Mode& mode, const std::set<std::pair<Index, std::string>>& helps) {
    return std::ranges::any_of(mode.helpers,
                               [&](const outage::Helper& helper) { return helps.contains(help(provision, helper)); });
}

/// Crews go by the weight of all who wait, so who waits is settled before the others are left out.
void fix_priorities(Case& whole) {
    if (whole.priority != outage::Priority::by_weight) return;
    const outage::Compiled ready = outage::compiled(whole);
    for (Index activity = 0; activity < whole.activities.size(); ++activity)
        whole.activities[activity].rank = ready.priority[activity];
    whole.priority = outage::Priority::list;
}

/// What of another body's service matters to who shares its helpers: whether it is down, and whom it asks. It stands
/// under the body at hand without weight, so that nothing is kept of its own body.
Provision rival(const Provision& other, const std::set<std::pair<Index, std::string>>& helps) {
    Provision asks{.id = other.id,
                   .service = other.service,
                   .demand = other.demand,
                   .modes = {{.kind = other.modes.front().kind, .needs = other.modes.front().needs, .helpers = {}}}};
    for (const Mode& mode : other.modes)
        if (names_any(other, mode, helps))
            asks.modes.push_back({.kind = mode.kind, .needs = {}, .helpers = mode.helpers});
    return asks;
}

}  // namespace

Case seen_by(Case whole, const BodyKey& body) {
    fix_priorities(whole);
    whole.questions.clear();
    const std::vector<outage::Body> bodies = std::exchange(whole.bodies, {});
    const auto is_own = [&](const Provision& provision) { return bodies[provision.body].key == body.text(); };
    for (const outage::Body& one : bodies)
        if (one.key == body.text()) whole.bodies.push_back(one);
    std::set<std::pair<Index, std::string>> helps;
    for (const Provision& provision : whole.provisions)
        for (const Mode& mode : provision.modes)
            for (const outage::Helper& helper : mode.helpers)
                if (is_own(provision)) helps.insert(help(provision, helper));

    std::vector<std::optional<Index>> place(whole.provisions.size());
    std::vector<Provision> kept;
    const std::vector<Provision> all = std::exchange(whole.provisions, {});
    for (Index number = 0; number < all.size(); ++number) {
        const Provision& provision = all[number];
        const bool is_rival =
            std::ranges::any_of(provision.modes, [&](const Mode& mode) { return names_any(provision, mode, helps); });
        const bool helps_itself = helps.contains({provision.service, bodies[provision.body].key});
        if (!is_own(provision) && !is_rival && !helps_itself) continue;
        place[number] = static_cast<Index>(kept.size());
        kept.push_back(is_own(provision) ? provision : rival(provision, helps));
        kept.back().body = 0;
    }
    for (Provision& provision : kept)
        for (Mode& mode : provision.modes)
            for (outage::Helper& helper : mode.helpers)
                if (helper.provision) helper.provision = place[*helper.provision];
    whole.provisions = std::move(kept);
    return relevant_part(std::move(whole));
}

}  // namespace resmon::forecast
