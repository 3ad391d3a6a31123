#include "nationwide/providers.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace resmon::nationwide {

namespace {

/// What the courses of several cases add up to.
struct Sum {
    double weight = 0;
    std::vector<double> lost, able;

    void add(const outage::Contribution& more, double share) {
        weight += share * more.weight;
        add(lost, more.lost, share);
        add(able, more.able, share);
    }
    static void add(std::vector<double>& sums, const std::vector<double>& more, double share) {
        sums.resize(more.size(), 0);
        for (std::size_t place = 0; place < sums.size(); ++place) sums[place] += share * more[place];
    }
};

outage::Distribution lost_days(std::vector<double> lost, double weight, const outage::Sampling& sampling) {
    for (double& days : lost) days = weight > 0 ? days / weight : 0;
    return outage::distribution_of(std::move(lost), sampling.points);
}

Totals totals_of(const Sum& sum, const outage::Sampling& sampling) {
    return {.loss_days = lost_days(sum.lost, sum.weight, sampling),
            .ability_half = outage::ability_from(0.5, sum.able, sum.weight, sampling),
            .ability_most = outage::ability_from(0.8, sum.able, sum.weight, sampling),
            .ability = outage::ability_bands(sum.able, sum.weight, sampling.replications)};
}

/// The sums of the states; each is told as soon as its last provider has been added, so that few are held at once.
class States {
public:
    States(const catalogue::Catalogue& catalogue, const Providers& providers) {
        for (std::size_t number = 0; number < providers.size(); ++number) {
            const forecast::RegionPart& part = providers.part(number);
            std::map<State, double> people;
            for (const catalogue::ProviderPart& site : part.region.provider.parts)
                for (const BodyKey& key : site.bodies) {
                    const catalogue::Body& body = *catalogue.bodies.find_body(key);
                    StateOutlook& state = outlooks_[body.state];
                    state.state = body.state;
                    ++state.bodies;
                    if (part.is_assumed) ++state.assumed;
                    // People of a district are those of its town halls.
                    if (body.kind != catalogue::BodyKind::district) state.population += body.population;
                    people[body.state] += static_cast<double>(body.population);
                }
            for (const auto& [state, served] : people) ++left_[state];
            people_.push_back(std::move(people));
        }
    }

    void add(std::size_t part, const outage::Contribution& added, const outage::Sampling& sampling) {
        double all = 0;
        for (const auto& [state, people] : people_[part]) all += people;
        for (const auto& [state, people] : people_[part]) {
            Sum& sum = sums_[state];
            sum.add(added, people_[part].size() == 1 ? 1 : people / all);
            if (--left_[state] > 0) continue;
            outlooks_[state].totals = totals_of(sum, sampling);
            sums_.erase(state);
        }
    }

    [[nodiscard]] std::vector<StateOutlook> told() && {
        std::vector<StateOutlook> all;
        for (auto& [state, outlook] : outlooks_) all.push_back(std::move(outlook));
        return all;
    }

private:
    std::vector<std::map<State, double>> people_;  ///< by part
    std::map<State, int> left_;                    ///< parts that are still to come
    std::map<State, Sum> sums_;
    std::map<State, StateOutlook> outlooks_;
};

}  // namespace

Providers::Providers(const catalogue::Catalogue& catalogue, forecast::CaseRequest request)
    : catalogue_{catalogue}, request_{std::move(request)}, parts_{forecast::parts_of(catalogue, request_)} {}

std::vector<double> Providers::sizes() const {
    std::vector<double> sizes;
    for (const forecast::RegionPart& part : parts_) {
        std::size_t bodies = 0;
        for (const catalogue::ProviderPart& site : part.region.provider.parts) bodies += site.bodies.size();
        sizes.push_back(static_cast<double>(bodies));
    }
    return sizes;
}

std::optional<outage::Contribution> Providers::contribution(std::size_t number, const outage::Sampling& sampling,
                                                            const Work& work) const {
    return outage::contribution(forecast::case_of(catalogue_, request_, parts_[number]), sampling,
                                {.threads = work.threads, .stop = work.stop, .progress = work.progress});
}

struct OutlookSum::Inside {
    const Providers& providers;
    Outlook outlook;
    Sum all;
    States states;
};

OutlookSum::OutlookSum(const catalogue::Catalogue& catalogue, const Providers& providers,
                       const outage::Sampling& sampling)
    : inside_{std::make_unique<Inside>(Inside{
          providers, {.sampling = sampling, .horizon = catalogue.model.horizon_days}, {}, {catalogue, providers}})} {}

OutlookSum::~OutlookSum() = default;

void OutlookSum::add(std::size_t number, outage::Contribution added) {
    auto& [providers, outlook, all, states] = *inside_;
    all.add(added, 1);
    states.add(number, added, outlook.sampling);
    const forecast::RegionPart& part = providers.part(number);
    const catalogue::Provider& provider = part.region.provider;
    outlook.providers.push_back({.id = provider.id.value,
                                 .name = provider.name,
                                 .is_assumed = part.is_assumed,
                                 .bodies = added.bodies.size(),
                                 .loss_days = lost_days(std::move(added.lost), added.weight, outlook.sampling)});
    for (outage::Contribution::Body& body : added.bodies)
        outlook.bodies.push_back({std::move(body.key), provider.id.value, body.loss_days, body.days_to_half,
                                  body.days_to_most, body.days_to_all});
}

Outlook OutlookSum::outlook() && {
    Outlook& outlook = inside_->outlook;
    outlook.totals = totals_of(inside_->all, outlook.sampling);
    outlook.states = std::move(inside_->states).told();
    std::ranges::sort(outlook.bodies, {}, &BodyOutlook::key);
    return std::move(outlook);
}

}  // namespace resmon::nationwide
