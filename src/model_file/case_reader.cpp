#include "model_file/case_reader.hpp"

#include "model_file/instants.hpp"
#include "model_file/reach.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace resmon::model_file {

using catalogue::Bounds;
using catalogue::ModeKind;

namespace {

constexpr std::array<std::string_view, 4> priorities{"by-weight", "list", "first-come", "by-lot"};
constexpr std::array<std::string_view, 2> schedulings{"parallel", "serial"};
constexpr std::array<std::string_view, 3> service_kinds{"queue", "due-date", "standby"};
constexpr std::array<std::string_view, 4> mode_kinds{"normal", "basic-operation", "neighbour", "paper"};
constexpr std::array<std::string_view, 2> question_kinds{"services-in-mode", "ability"};

int whole(const Cursor& from, int otherwise) {
    const double number = from.number_or(otherwise);
    constexpr double most = 1e6;  // the schema has told what is more
    return static_cast<int>(std::clamp(number, -most, most));
}

}  // namespace

std::vector<Cursor> CaseReader::section(const char* name, const char* key) const {
    std::vector<Cursor> found;
    const Cursor list = root_.at(name);
    if (!list.exists()) return found;
    for (const Cursor& item : list.items())
        found.push_back(item.named(fmt::format("{}.{}", name, item.at(key).text_or(""))));
    return found;
}

void CaseReader::add_names(const char* section_name, Names& names, const char* key) {
    for (const Cursor& item : section(section_name, key)) names.add(item.at(key).text(), item);
}

void CaseReader::read_names() {
    add_names("pools", pools_, "id");
    add_names("backups", backups_, "id");
    add_names("gates", activities_, "id");
    add_names("tasks", activities_, "id");
    add_names("resources", resources_, "id");
    add_names("bodies", bodies_, "key");
    add_names("services", services_, "id");
    const Cursor list = root_.at("provisions");
    if (list.exists())
        for (const Cursor& item : list.items())
            provisions_.add(item.at("body").text_or("") + "/" + item.at("service").text_or(""), item);
}

outage::Case CaseReader::read() {
    figures_.read_estimates(root_.at("estimates"));
    read_names();
    read_settings();
    read_calendars();
    read_pools();
    for (const Cursor& item : section("backups", "id"))
        case_.backups.push_back({item.at("id").text(), figures_.figure(item.at("survives"), a_share)});
    read_activities();
    read_resources();
    read_bodies();
    read_services();
    read_provisions();
    read_questions();
    return std::move(case_);
}

std::optional<Place> CaseReader::place_of(const std::string& id) const {
    for (const Names* names : {&activities_, &pools_, &resources_, &bodies_, &services_, &provisions_, &backups_,
                               &questions_, &figures_.names()})
        if (auto place = names->place_of(id)) return place;
    return std::nullopt;
}

void CaseReader::read_settings() {
    case_.horizon = root_.at("horizon").number_or(case_.horizon, Bounds::positive);
    if (root_.at("start").exists()) case_.start = instant_from(root_.at("start"));
    case_.reference_year = whole(root_.at("reference_year"), case_.reference_year);
    if (const Cursor word = root_.at("priority"); word.exists())
        case_.priority = static_cast<outage::Priority>(word.one_of(priorities));
    if (const Cursor word = root_.at("scheduling"); word.exists())
        case_.scheduling = static_cast<outage::Scheduling>(word.one_of(schedulings));
    if (const Cursor open = root_.at("office_hours"); open.exists()) {
        constexpr double hours = 24;
        case_.office_hours = {.from = open.at("from").number_or(0, Bounds::not_negative) / hours,
                              .to = open.at("to").number_or(hours, Bounds::not_negative) / hours};
    }
    case_.severity_share = figures_.figure_or(0, root_.at("severity_share"), a_share);
    case_.owner_share = figures_.figure_or(0, root_.at("owner_share"), a_share);
    case_.overtime = figures_.figure_or(0, root_.at("overtime"), an_amount);
    case_.data_loss_days = figures_.figure_or(0, root_.at("data_loss_days"), a_duration);
    case_.data_loss_effort = figures_.figure_or(0, root_.at("data_loss_effort"), an_amount);
}

void CaseReader::read_calendars() {
    using namespace std::chrono;
    calendars_.add("every-day", root_);
    case_.calendars.push_back(WorkingCalendar::continuous());
    const int start = case_.start
                          ? static_cast<int>(year_month_day{
                                floor<days>(sys_days{} + days{static_cast<int>(std::clamp(*case_.start, -1e6, 1e6))})}
                                                 .year())
                          : case_.reference_year;
    for (const Cursor& item : section("calendars", "id")) {
        calendars_.add(item.at("id").text(), item);
        const int first = whole(item.at("first_year"), start);
        const int last =
            whole(item.at("last_year"), std::max(first, start) + 1 + static_cast<int>(case_.horizon / 365));
        if (last < first)
            item.fault(
                worded("fault.model.years", {{"first", fmt::format("{}", first)}, {"last", fmt::format("{}", last)}}));
        std::set<Date> holidays;
        if (item.at("holidays").exists())
            for (const Cursor& day : item.at("holidays").items()) {
                const auto date = date_from(day.text());
                if (!date)
                    day.fault(worded("fault.model.day", {{"found", day.text()}}));
                else if (const int in_year = static_cast<int>(year_month_day{*date}.year());
                         in_year < first || in_year > last)
                    day.fault(worded("fault.model.day-between", {{"first", fmt::format("{}", first)},
                                                                 {"last", fmt::format("{}", last)},
                                                                 {"found", day.text()}}));
                else
                    holidays.insert(*date);
            }
        case_.calendars.push_back(WorkingCalendar::without(holidays, first, std::max(first, last)));
    }
}

void CaseReader::read_slots(const Cursor& from, outage::Pool& pool) {
    constexpr std::size_t most = 100'000;
    const auto add = [&](int crews, const outage::Slot& slot) {
        if (crews < 1 || pool.slots.size() + static_cast<std::size_t>(crews) > most)
            from.fault(worded("fault.model.most-crews", {{"most", fmt::format("{}", most)}}));
        else
            pool.slots.insert(pool.slots.end(), static_cast<std::size_t>(crews), slot);
    };
    if (from.at("crews").exists()) add(whole(from.at("crews"), 1), {});
    if (from.at("slots").exists())
        for (const Cursor& item : from.at("slots").items()) {
            const outage::Slot slot{item.at("from").number_or(0, Bounds::not_negative),
                                    item.at("to").number_or(outage::never, Bounds::not_negative)};
            if (slot.from >= slot.to)
                item.fault(worded("fault.model.slot",
                                  {{"from", fmt::format("{}", slot.from)}, {"to", fmt::format("{}", slot.to)}}));
            add(whole(item.at("crews"), 1), slot);
        }
    if (pool.slots.empty()) from.fault(worded("fault.model.no-crew"));
}

void CaseReader::read_pools() {
    for (const Cursor& item : section("pools", "id")) {
        outage::Pool pool{.id = item.at("id").text()};
        pool.label = item.at("label").text_or(pool.id);
        read_slots(item, pool);
        pool.calendar = calendars_.at_if_given(item.at("calendar"));
        pool.by_lot = figures_.figure_if_given(item.at("by_lot"), a_share);
        case_.pools.push_back(std::move(pool));
    }
}

Index CaseReader::owner(const Cursor& from) {
    const auto [known, is_new] = owners_.emplace(from.text_or("owner"), static_cast<Index>(case_.owners.size()));
    if (is_new) case_.owners.push_back(known->first);
    return known->second;
}

outage::Activity CaseReader::activity(const Cursor& from) {
    outage::Activity activity{.id = from.at("id").text()};
    activity.label = from.at("label").text_or(activity.id);
    activity.owner = owner(from.at("owner"));
    activity.restore = figures_.duration(from);
    activity.rebuild_median = figures_.figure_if_given(from.at("rebuild_median"), a_duration);
    activity.backup = backups_.at_if_given(from.at("backup"));
    activity.after = activities_.all(from.at("after"));
    activity.resource = resources_.at_if_given(from.at("resource"));
    if (activity.rebuild_median.has_value() != activity.backup.has_value()) from.fault(worded("fault.model.rebuild"));
    return activity;
}

void CaseReader::read_task(const Cursor& from, double place, outage::Activity& task) {
    task.rank = from.at("rank").number_or(place);
    task.crews = whole(from.at("crews"), 1);
    task.pool = pools_.at(from.at("pool"));
    if (!task.pool) return;
    const auto& slots = case_.pools[*task.pool].slots;
    if (!slots.empty() && static_cast<std::size_t>(task.crews) > slots.size())
        from.fault(worded("fault.model.crews", {{"most", fmt::format("{}", slots.size())},
                                                {"pool", case_.pools[*task.pool].id},
                                                {"found", fmt::format("{}", task.crews)}}));
}

void CaseReader::read_gate(const Cursor& from, outage::Activity& gate) {
    gate.calendar = calendars_.at_if_given(from.at("calendar"));
    if (const Cursor reached = from.at("reached"); reached.exists()) {
        gate.reachability = outage::Reachability{.probability = figures_.figure(reached, a_share),
                                                 .calendar = gate.calendar.value_or(0)};
        gate.calendar.reset();
    }
    const Cursor setback = from.at("setback");
    if (!setback.exists()) return;
    gate.setback = outage::Setback{.probability = figures_.figure(setback.at("probability"), a_share),
                                   .share = figures_.figure(setback.at("share"), an_amount),
                                   .repeats = activities_.all(setback.at("repeats"))};
}

void CaseReader::read_activities() {
    for (const Cursor& item : section("gates", "id")) {
        outage::Activity gate = activity(item);
        read_gate(item, gate);
        case_.activities.push_back(std::move(gate));
    }
    double place = 0;
    for (const Cursor& item : section("tasks", "id")) {
        outage::Activity task = activity(item);
        read_task(item, place++, task);
        case_.activities.push_back(std::move(task));
    }
}

void CaseReader::read_resources() {
    for (const Cursor& item : section("resources", "id")) {
        outage::Resource resource{.id = item.at("id").text()};
        const Index fails = figures_.figure_or(1, item.at("fails"), a_share);
        const bool can_fail = case_.estimates[fails].high > 0;
        if (can_fail) resource.fails = fails;
        resource.fails_with = item.at("fails_with").text_or("");
        resource.restored_by = activities_.all(item.at("restored_by"));
        if (can_fail && !item.at("restored_by").exists()) item.fault(worded("fault.model.restored-by"));
        case_.resources.push_back(std::move(resource));
    }
}

void CaseReader::read_bodies() {
    for (const Cursor& item : section("bodies", "key")) {
        outage::Body body{.key = item.at("key").text()};
        body.inhabitants = item.at("inhabitants").number_or(0, Bounds::not_negative);
        body.calendar = calendars_.at_if_given(item.at("calendar")).value_or(0);
        body.declaration = activities_.at_if_given(item.at("declaration"));
        case_.bodies.push_back(std::move(body));
    }
}

void CaseReader::read_services() {
    for (const Cursor& item : section("services", "id")) {
        outage::Service service{.id = item.at("id").text()};
        if (item.at("kind").exists())
            service.kind = static_cast<catalogue::ServiceKind>(item.at("kind").one_of(service_kinds));
        service.tolerable_days = item.at("tolerable_days").number_or(outage::never, Bounds::not_negative);
        service.deadline = item.at("deadline").number_or(outage::never, Bounds::not_negative);
        service.vanishing = figures_.figure_if_given(item.at("vanishing"), a_share);
        if (item.at("due").exists())
            for (const Cursor& due : item.at("due").items()) service.due_instants.push_back(instant_from(due));
        std::ranges::sort(service.due_instants);
        case_.services.push_back(std::move(service));
    }
}

outage::Requirement CaseReader::requirement(const Cursor& needs) {
    using Kind = outage::Requirement::Kind;
    outage::Requirement mapped;
    if (!needs.exists()) return mapped;
    if (needs.is_text()) {
        const auto resource = resources_.at(needs);
        if (resource) mapped = {.kind = Kind::resource, .resource = *resource};
        return mapped;
    }
    Cursor parts = needs.is_list() ? needs : needs.at("all");
    if (needs.at("any").exists()) {
        mapped.kind = Kind::any;
        parts = needs.at("any");
    } else if (needs.at("at_least").exists()) {
        mapped.kind = Kind::at_least;
        mapped.count = static_cast<std::size_t>(std::max(1, whole(needs.at("at_least").at("count"), 1)));
        parts = needs.at("at_least").at("of");
    }
    for (const Cursor& part : parts.items()) mapped.of.push_back(requirement(part));
    if (mapped.kind == Kind::any && mapped.of.empty()) needs.fault(worded("fault.model.any-of-nothing"));
    if (mapped.kind == Kind::at_least && mapped.count > mapped.of.size())
        needs.fault(worded("fault.model.parts", {{"most", fmt::format("{}", mapped.of.size())},
                                                 {"found", fmt::format("{}", mapped.count)}}));
    return mapped;
}

outage::Mode CaseReader::mode(const Cursor& from, ModeKind kind, const outage::Provision& provision) {
    outage::Mode mode{.kind = kind, .needs = requirement(from.at("needs"))};
    if (from.at("delay").exists()) mode.delay = figures_.delay(from.at("delay"));
    mode.capacity = figures_.figure_if_given(from.at("capacity"), an_amount);
    mode.lawful_share = figures_.figure_if_given(from.at("lawful_share"), a_share);
    mode.endurance = figures_.figure_if_given(from.at("endurance"), a_duration);
    mode.sustained = figures_.figure_if_given(from.at("sustained"), an_amount);
    mode.reentry = figures_.figure_if_given(from.at("reentry"), an_amount);
    if (mode.sustained && !mode.endurance) from.at("sustained").fault(worded("fault.model.endurance"));
    const Cursor helpers = from.at("helpers");
    if (helpers.exists() && kind != ModeKind::neighbour) helpers.fault(worded("fault.model.neighbour"));
    if (!helpers.exists()) return mode;
    for (const Cursor& item : helpers.items()) {
        outage::Helper helper{.body = item.at("body").text(), .spare = item.at("spare").number(Bounds::not_negative)};
        helper.provision = provisions_.find(helper.body + "/" + case_.services[provision.service].id);
        mode.helpers.push_back(std::move(helper));
    }
    std::ranges::stable_sort(mode.helpers, {}, &outage::Helper::body);
    return mode;
}

void CaseReader::read_modes(const Cursor& from, outage::Provision& provision) {
    for (std::size_t kind = 0; kind < mode_kinds.size(); ++kind) {
        const Cursor item = from.at(std::string{mode_kinds[kind]});
        if (!item.exists()) continue;
        provision.modes.push_back(mode(item, static_cast<ModeKind>(kind), provision));
        check_reachable(item, provision.modes.back());
    }
}

void CaseReader::read_provisions() {
    const Cursor list = root_.at("provisions");
    if (!list.exists()) return;
    for (const Cursor& item : list.items()) {
        const auto body = bodies_.at(item.at("body"));
        const auto service = services_.at(item.at("service"));
        if (!body || !service) continue;
        outage::Provision provision{.body = *body, .service = *service};
        provision.id = case_.bodies[*body].key + "/" + case_.services[*service].id;
        provision.weight = item.at("weight").number_or(1, Bounds::not_negative);
        provision.demand = item.at("demand").number_or(1, Bounds::not_negative);
        read_modes(item.named("provisions." + provision.id).at("modes"), provision);
        case_.provisions.push_back(std::move(provision));
    }
}

void CaseReader::check_reachable(const Cursor& from, const outage::Mode& mode) {
    if (mode.kind == ModeKind::normal) return;  // of what is gone for ever, a forecast tells it
    if (const auto lost = never_met(case_, mode.needs); lost)
        from.fault(worded("fault.model.unreachable", {{"resource", *lost}}));
}

void CaseReader::read_questions() {
    for (const Cursor& item : section("questions", "id")) {
        outage::Question question{.id = item.at("id").text()};
        questions_.add(question.id, item);
        if (item.at("kind").exists())
            question.kind = static_cast<outage::Question::Kind>(item.at("kind").one_of(question_kinds));
        question.provisions = provisions_.all(item.at("provisions"));
        if (item.at("mode").exists()) question.mode = static_cast<ModeKind>(item.at("mode").one_of(mode_kinds));
        question.threshold = item.at("threshold").number_or(1, Bounds::share);
        case_.questions.push_back(std::move(question));
    }
}

}  // namespace resmon::model_file
