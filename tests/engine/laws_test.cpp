// Laws of the service stage on towns that rapidcheck makes up, and that no position in a case matters.
#include "engine/forecast.hpp"
#include "outage/town.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace resmon::outage {
namespace {

constexpr Index resources = 5;

Requirement random_requirement(int depth) {
    const int kind = depth == 0 ? 0 : *rc::gen::inRange(0, 4);
    Requirement needs;
    if (kind == 0) {
        needs.kind = Requirement::Kind::resource;
        needs.resource = *rc::gen::inRange<Index>(0, resources);
        return needs;
    }
    for (int parts = *rc::gen::inRange(1, 4); parts > 0; --parts) needs.of.push_back(random_requirement(depth - 1));
    needs.kind = kind == 1 ? Requirement::Kind::all : kind == 2 ? Requirement::Kind::any : Requirement::Kind::at_least;
    needs.count = kind == 3 ? *rc::gen::inRange<std::size_t>(1, needs.of.size() + 1) : 0;
    return needs;
}

Mode random_fallback(Town& town, ModeKind kind) {
    Mode mode = town.fallback(kind, *rc::gen::inRange(0, 80) / 4.0, *rc::gen::inRange(0, 15) / 10.0);
    mode.delay->sigma = town.figure(0.5);
    mode.needs = random_requirement(1);
    return mode;
}

/// Gates without crews, so that no schedule stands between a resource and its finish: the service stage alone.
Town random_service_stage() {
    Town town;
    for (Index number = 0; number < resources; ++number) {
        std::vector<Index> after;
        if (number > 0 && *rc::gen::inRange(0, 2) == 0) after.push_back(*rc::gen::inRange<Index>(0, number));
        const Index gate = town.gate(*rc::gen::inRange(1, 200) / 4.0, after, 0.5);
        town.outage.activities[gate].resource = town.resource(gate);
    }
    for (int service = *rc::gen::inRange(1, 4); service > 0; --service) {
        Provision& provision = town.service(0);
        provision.weight = *rc::gen::inRange(1, 9);
        provision.modes.front().needs = random_requirement(2);
        if (*rc::gen::inRange(0, 2) == 0) provision.modes.push_back(random_fallback(town, ModeKind::paper));
    }
    return town;
}

/// Lost days in ten courses; equal ids have equal draws.
std::vector<double> losses(const Town& town) {
    std::vector<double> days;
    for (std::uint32_t one = 0; one < 10; ++one) days.push_back(course(town.outage, {5, 10}, one).loss_days.front());
    return days;
}

void no_course_loses_more(const std::vector<double>& changed, const std::vector<double>& before) {
    for (std::size_t one = 0; one < before.size(); ++one) RC_ASSERT(changed[one] <= before[one] + 1e-9);
}

RC_GTEST_PROP(Laws, AnotherFallbackNeverLosesMore, ()) {
    Town town = random_service_stage();
    const std::vector<double> before = losses(town);
    auto& modes = town.outage.provisions.front().modes;
    modes.insert(modes.begin() + 1, random_fallback(town, ModeKind::basic_operation));
    no_course_loses_more(losses(town), before);
}

RC_GTEST_PROP(Laws, AResourceThatDoesNotFailNeverLosesMore, ()) {
    Town town = random_service_stage();
    const std::vector<double> before = losses(town);
    town.outage.resources[*rc::gen::inRange<Index>(0, resources)].fails = town.figure(0);
    no_course_loses_more(losses(town), before);
}

RC_GTEST_PROP(Laws, AnEarlierFinishNeverLosesMore, ()) {
    Town town = random_service_stage();
    const std::vector<double> before = losses(town);
    Estimate& median =
        town.outage.estimates[town.outage.activities[*rc::gen::inRange<Index>(0, resources)].restore.median];
    median.low = median.central = median.high = median.central * *rc::gen::inRange(0, 10) / 10.0;
    no_course_loses_more(losses(town), before);
}

RC_GTEST_PROP(Laws, LostDaysLieBetweenNothingAndTheHorizon, ()) {
    for (const double days : losses(random_service_stage())) RC_ASSERT(0 <= days && days <= 730);
}

/// Every list of a case backwards, every reference moved with it. What the model itself orders stays: modes by quality,
/// slots by number, due dates by time.
class Backwards {
public:
    explicit Backwards(Case outage) : case_{std::move(outage)} {}

    Case result() {
        for (Index* figure : {&case_.severity_share, &case_.owner_share, &case_.overtime, &case_.data_loss_days,
                              &case_.data_loss_effort})
            move(*figure, case_.estimates);
        for (Pool& pool : case_.pools) move(pool.calendar, case_.calendars), move(pool.by_lot, case_.estimates);
        for (Backup& backup : case_.backups) move(backup.survives, case_.estimates);
        for (Activity& activity : case_.activities) move(activity);
        for (Resource& resource : case_.resources) {
            move(resource.fails, case_.estimates);
            move_all(resource.restored_by, case_.activities);
        }
        for (Body& body : case_.bodies) {
            move(body.calendar, case_.calendars);
            move(body.declaration, case_.activities);
        }
        for (Service& service : case_.services) move(service.vanishing, case_.estimates);
        for (Provision& provision : case_.provisions) {
            move(provision.body, case_.bodies);
            move(provision.service, case_.services);
            for (Mode& mode : provision.modes) move(mode);
        }
        for (Question& question : case_.questions) move_all(question.provisions, case_.provisions);
        reverse(case_.estimates, case_.calendars, case_.owners, case_.pools, case_.backups, case_.activities,
                case_.resources, case_.bodies, case_.services, case_.provisions);
        return case_;
    }

private:
    template <class... Lists>
    static void reverse(Lists&... lists) {
        (std::ranges::reverse(lists), ...);
    }
    template <class Things>
    static void move(Index& position, const Things& things) {
        position = static_cast<Index>(things.size()) - 1 - position;
    }
    template <class Things>
    static void move(std::optional<Index>& position, const Things& things) {
        if (position) move(*position, things);
    }
    template <class Things>
    static void move_all(std::vector<Index>& positions, const Things& things) {
        for (Index& position : positions) move(position, things);
        std::ranges::reverse(positions);
    }
    void move(Duration& duration) {
        move(duration.median, case_.estimates);
        move(duration.sigma, case_.estimates);
    }
    void move(Activity& activity) {
        move(activity.owner, case_.owners);
        move(activity.restore);
        move(activity.rebuild_median, case_.estimates);
        move(activity.backup, case_.backups);
        move(activity.pool, case_.pools);
        move(activity.calendar, case_.calendars);
        move_all(activity.after, case_.activities);
        move(activity.resource, case_.resources);
        if (activity.reachability) {
            move(activity.reachability->probability, case_.estimates);
            move(activity.reachability->calendar, case_.calendars);
        }
        if (!activity.setback) return;
        move(activity.setback->probability, case_.estimates);
        move(activity.setback->share, case_.estimates);
        move_all(activity.setback->repeats, case_.activities);
    }
    void move(Requirement& needs) {
        if (needs.kind == Requirement::Kind::resource) move(needs.resource, case_.resources);
        for (Requirement& part : needs.of) move(part);
        std::ranges::reverse(needs.of);
    }
    void move(Mode& mode) {
        move(mode.needs);
        if (mode.delay) move(*mode.delay);
        for (std::optional<Index>* figure :
             {&mode.capacity, &mode.lawful_share, &mode.endurance, &mode.sustained, &mode.reentry})
            move(*figure, case_.estimates);
        for (Helper& helper : mode.helpers) move(helper.provision, case_.provisions);
        std::ranges::reverse(mode.helpers);
    }

    Case case_;
};

/// Everything that has a position: two of each, crews that are short, set-backs, helpers, all kinds of service.
Town town_with_everything() {
    Town town;
    Case& outage = town.outage;
    outage.calendars.push_back(WorkingCalendar::of({}, State::nordrhein_westfalen, 2023, 2026));
    outage.owners = {"owner", "state"};
    outage.bodies = {{.key = "town", .inhabitants = 12'000, .calendar = 1, .declaration = 0},
                     {.key = "village", .inhabitants = 3'000, .calendar = 1, .declaration = 1}};
    outage.backups = {{.id = "one", .survives = town.uncertain(0.3, 0.5, 0.8)},
                      {.id = "other", .survives = town.figure(0.6)}};
    const Index pool = town.crews(2);
    const Index local = town.crews(1);
    outage.pools[pool].slots.push_back({9, 60});
    outage.pools[local].calendar = 1;
    for (int body = 0; body < 2; ++body)
        outage.activities[town.gate(1 + body, {}, 0.5)].reachability =
            Reachability{.probability = town.uncertain(0.1, 0.3, 0.6), .calendar = 1};
    outage.office_hours = {.from = 0.3, .to = 0.7};
    for (Index number = 0; number < 6; ++number) {
        const Index task = town.task(3 + number, number % 3 == 2 ? local : pool, {number % 2}, 1, 0.6);
        Activity& activity = outage.activities[task];
        activity.owner = number % 2;
        activity.backup = number % 2;
        activity.rebuild_median = town.uncertain(6, 9, 14);
        if (number > 1) activity.after.push_back(task - 2);
        activity.resource = town.resource(task);
        outage.resources.back().fails = town.figure(number == 5 ? 0.5 : 1);
    }
    for (const Index task : {2U, 3U}) {
        const Index gate = town.gate(2, {task, task + 2}, 0.4);
        outage.activities[gate].calendar = 1;
        outage.activities[gate].setback = Setback{.probability = town.figure(0.4),
                                                  .share = town.figure(0.5),
                                                  .repeats = {task, static_cast<Index>(task + 2)}};
        outage.resources[task].restored_by.push_back(gate);
    }
    for (const ServiceKind kind : {ServiceKind::queue, ServiceKind::due_date, ServiceKind::standby})
        for (Index body = 0; body < 2; ++body) {
            if (body == 0) town.service(0, kind);
            Service& service = outage.services.back();
            service.tolerable_days = 1;
            service.deadline = 6;
            service.vanishing = town.uncertain(0, 0.2, 0.4);
            service.due_instants = {19'675.5, 19'705.5, 19'736.5};
            Provision provision = outage.provisions.back();
            provision.body = body;
            provision.id = outage.bodies[body].key + "/" + service.id;
            provision.weight = 0.1 + body;
            provision.demand = body == 0 ? 30.3 : 0.1;
            Requirement needs{.kind = Requirement::Kind::at_least, .count = 3};
            for (Index number = body; number < 5 + body; ++number)
                needs.of.push_back({.kind = Requirement::Kind::resource, .resource = number});
            provision.modes = {Mode{.needs = needs}, town.fallback(ModeKind::neighbour, 4, 0.7),
                               town.fallback(ModeKind::paper, 2, 0.3)};
            provision.modes[1].helpers = {{.body = "far", .spare = 7}, {.body = "near", .spare = 11.1}};
            provision.modes[2].endurance = town.uncertain(5, 10, 20);
            provision.modes[2].sustained = town.figure(0.1);
            provision.modes[2].reentry = town.figure(0.2);
            if (body == 0)
                outage.provisions.back() = provision;
            else
                outage.provisions.push_back(provision);
        }
    outage.questions = {{.id = "all normal", .provisions = {0, 1, 2, 3, 4, 5}, .threshold = 0.5},
                        {.id = "able", .kind = Question::Kind::ability, .provisions = {1, 3}, .threshold = 0.8}};
    return town;
}

std::vector<double> bits_of(const Forecast& forecast) {
    std::vector<double> bits;
    const auto add = [&bits](const Quantiles& q) { bits.insert(bits.end(), {q.p10, q.p25, q.p50, q.p75, q.p90}); };
    const auto add_all = [&](const Distribution& values) {
        add(values.quantiles);
        bits.insert(bits.end(), {values.mean, values.standard_error, values.share_never});
    };
    const auto add_chain = [&bits](const std::vector<ChainLink>& chain) {
        for (const ChainLink& link : chain) bits.insert(bits.end(), {link.share, link.decides, link.mean_days});
    };
    for (const auto* days : {&forecast.ability, &forecast.services_normal, &forecast.backlog})
        for (const Quantiles& day : *days) add(day);
    for (const auto& day : forecast.mode_shares) bits.insert(bits.end(), day.begin(), day.end());
    for (const Distribution* values :
         {&forecast.loss_days, &forecast.ability_half, &forecast.ability_most, &forecast.ability_all,
          &forecast.services_half, &forecast.services_most, &forecast.services_all, &forecast.late_cases,
          &forecast.missed_dates, &forecast.hours_beyond})
        add_all(*values);
    for (const ServiceForecast& service : forecast.services) {
        for (const Distribution* values :
             {&service.days_to_first_mode, &service.days_to_normal, &service.backlog_peak, &service.late_cases,
              &service.lost_cases, &service.missed_dates, &service.hours_beyond})
            add_all(*values);
        add_chain(service.chain);
    }
    for (const BodyForecast& body : forecast.bodies) {
        add_all(body.loss_days);
        add_all(body.days_to_most);
        for (const ProvisionForecast& provision : body.provisions) {
            add_all(provision.days_to_normal);
            add_all(provision.backlog_peak);
            add_all(provision.backlog_cleared);
            add_chain(provision.chain);
        }
    }
    for (const QuestionForecast& question : forecast.questions) add_all(question.day);
    add_chain(forecast.chain);
    return bits;
}

TEST(Order, OfNoListInACaseChangesABit) {
    for (const Priority priority : {Priority::by_weight, Priority::first_come, Priority::by_lot}) {
        Town town = town_with_everything();
        town.outage.priority = priority;
        if (priority == Priority::by_weight) town.outage.pools.front().by_lot = town.uncertain(0.2, 0.5, 0.6);
        const Forecast usual = *forecast(town.outage, {5, 200}, {.threads = 2});
        const Forecast turned = *forecast(Backwards{town.outage}.result(), {5, 200}, {.threads = 7});
        EXPECT_EQ(bits_of(usual), bits_of(turned)) << static_cast<int>(priority);
    }
}

TEST(Order, DoesNotDecideWhichOfTwoThatReturnTogetherHeldAService) {
    // Two gates of equal length: by the byte order of ids the first one counts, whichever stands first in the case.
    Town town;
    const Index one = town.resource(town.gate(5));
    const Index other = town.resource(town.gate(5));
    Provision& provision = town.service(one);
    provision.modes.front().needs = {.kind = Requirement::Kind::all,
                                     .of = {{.kind = Requirement::Kind::resource, .resource = one},
                                            {.kind = Requirement::Kind::resource, .resource = other}}};
    const Forecast usual = *forecast(town.outage, {1, 10});
    const Forecast turned = *forecast(Backwards{town.outage}.result(), {1, 10});
    ASSERT_EQ(usual.chain.size(), 1U);
    ASSERT_EQ(turned.chain.size(), 1U);
    EXPECT_EQ(usual.chain.front().label, turned.chain.front().label);
}

}  // namespace
}  // namespace resmon::outage
