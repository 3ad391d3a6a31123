#include "explain/sensitivity.hpp"

#include "base/random.hpp"
#include "explain/courses.hpp"

#include <algorithm>
#include <map>

namespace resmon::explain {

using outage::Case;
using outage::Index;

namespace {

/// One value per course of each input; many sites add up in one.
class Inputs {
public:
    explicit Inputs(std::uint32_t courses) : courses_{courses} {}

    /// The place of an input, the same for the same name.
    std::size_t place(InputKind kind, const std::string& id) {
        const auto [row, is_new] = places_.try_emplace({kind, id}, names_.size());
        if (is_new) {
            names_.emplace_back(kind, id);
            values_.emplace_back(courses_, 0.0);
        }
        return row->second;
    }

    void add(std::size_t place, std::uint32_t course, double value) { values_[place][course] += value; }

    /// Those that vary, with their names.
    [[nodiscard]] std::vector<Influence> measured(const std::vector<double>& output) {
        std::vector<Influence> influences;
        std::vector<std::vector<double>> varying;
        for (std::size_t place = 0; place < names_.size(); ++place) {
            const auto [low, high] = std::ranges::minmax(values_[place]);
            if (low == high) continue;
            influences.push_back({.kind = names_[place].first, .id = names_[place].second, .share = {}});
            varying.push_back(std::move(values_[place]));
        }
        const auto shares = statistics::first_order_indices(varying, output);
        for (std::size_t place = 0; place < shares.size(); ++place) influences[place].share = shares[place];
        return influences;
    }

private:
    using Name = std::pair<InputKind, std::string>;

    std::uint32_t courses_;
    std::map<Name, std::size_t> places_;
    std::vector<Name> names_;
    std::vector<std::vector<double>> values_;
};

/// Of `site/resource` the resource: what many sites have.
std::string common_name(const std::string& id) { return id.substr(id.rfind('/') + 1); }

/// Where each thing of the case counts; bodies are told as one.
struct Places {
    std::size_t severity = 0, start = 0, bodies = 0;
    std::vector<std::size_t> estimates, owners, failures, backups, tasks, set_backs, reached, activations;
};

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

bool is_uncertain(const outage::Estimate& estimate) { return estimate.low < estimate.high || !estimate.one_of.empty(); }

bool is_body(const Case& outage, const std::string& id) {
    return std::ranges::find(outage.bodies, id, &outage::Body::key) != outage.bodies.end();
}

Places places_in(const Case& outage, Inputs& inputs) {
    Places places{.severity = inputs.place(InputKind::severity, {}),
                  .start = outage.start ? nowhere : inputs.place(InputKind::start, {}),
                  .bodies = inputs.place(InputKind::owner, "bodies")};
    for (const outage::Estimate& estimate : outage.estimates)
        places.estimates.push_back(is_uncertain(estimate) ? inputs.place(InputKind::estimate, estimate.id) : nowhere);
    for (const std::string& owner : outage.owners)
        places.owners.push_back(is_body(outage, owner) ? places.bodies : inputs.place(InputKind::owner, owner));
    for (const outage::Resource& resource : outage.resources)
        places.failures.push_back(resource.fails ? inputs.place(InputKind::failure, common_name(resource.id))
                                                 : nowhere);
    for (const outage::Backup& backup : outage.backups)
        places.backups.push_back(inputs.place(InputKind::backup, is_body(outage, backup.id) ? "bodies" : backup.id));
    for (const outage::Activity& activity : outage.activities) {
        places.tasks.push_back(inputs.place(InputKind::task, activity.label));
        places.set_backs.push_back(activity.setback ? inputs.place(InputKind::set_back, activity.label) : nowhere);
        places.reached.push_back(activity.reachability ? inputs.place(InputKind::reached, activity.label) : nowhere);
    }
    for (const char* mode : {"normal", "basic-operation", "neighbour", "paper", "down"})
        places.activations.push_back(inputs.place(InputKind::activation, mode));
    return places;
}

/// Writes one course's inputs. Values need no scale: only their order counts.
void enter(const Case& outage, const SeenCourse& course, const Places& places, Inputs& inputs) {
    const auto add = [&](std::size_t place, double value) {
        if (place != nowhere) inputs.add(place, course.number(), value);
    };
    add(places.severity, course.severity());
    add(places.start, course.start());
    for (Index one = 0; one < places.estimates.size(); ++one) add(places.estimates[one], course.estimate(one));
    for (Index one = 0; one < places.owners.size(); ++one) add(places.owners[one], course.owner(one));
    for (Index one = 0; one < places.failures.size(); ++one) add(places.failures[one], course.fails(one) ? 1.0 : 0.0);
    for (Index one = 0; one < places.backups.size(); ++one) add(places.backups[one], course.survives(one) ? 1.0 : 0.0);
    const auto normal = [&](std::uint64_t entity, Purpose purpose) {
        return normal_draw(course.seed(), course.number(), entity, purpose);
    };
    for (Index one = 0; one < places.tasks.size(); ++one) {
        const std::uint64_t entity = course.compiled().activity_hash[one];
        add(places.tasks[one], normal(entity, Purpose::duration));
        if (places.set_backs[one] != nowhere)
            add(places.set_backs[one], uniform_draw(course.seed(), course.number(), entity, Purpose::gate_fails));
        if (places.reached[one] != nowhere)
            add(places.reached[one], uniform_draw(course.seed(), course.number(), entity, Purpose::reached));
    }
    for (std::size_t body = 0; body < outage.bodies.size(); ++body)
        for (std::size_t mode = 0; mode < outage::mode_count; ++mode)
            add(places.activations[mode],
                outage.bodies[body].inhabitants *
                    normal(course.compiled().activation_hash[body * outage::mode_count + mode], Purpose::activation));
}

}  // namespace

Sensitivity sensitivity(const Case& outage, const outage::Sampling& sampling) {
    Inputs inputs{sampling.replications};
    const Places places = places_in(outage, inputs);
    std::vector<double> losses(sampling.replications);
    each_course(outage, sampling.seed, 0, sampling.replications, [&](const SeenCourse& course) {
        losses[course.number()] = course.loss();
        enter(outage, course, places, inputs);
    });
    Sensitivity result{.influences = inputs.measured(losses)};
    std::ranges::sort(result.influences, [](const Influence& one, const Influence& other) {
        return std::tuple{-one.share.index, one.kind, one.id} < std::tuple{-other.share.index, other.kind, other.id};
    });
    for (const Influence& influence : result.influences)
        if (influence.share.is_distinguishable) result.explained += influence.share.index;
    return result;
}

}  // namespace resmon::explain
