// A case as a model file: the inverse of the reader, one thing a line.
#include "model_file/instants.hpp"
#include "model_file/model_file.hpp"
#include "model_file/reach.hpp"
#include "model_file/yaml_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>

namespace resmon::model_file {

namespace {

using namespace outage;
using Kind = Requirement::Kind;

constexpr std::array<const char*, 4> priorities{"by-weight", "list", "first-come", "by-lot"};
constexpr std::array<const char*, 3> service_kinds{"queue", "due-date", "standby"};
constexpr std::array<const char*, mode_count> mode_kinds{"normal", "basic-operation", "neighbour", "paper", "down"};

class Writer {
public:
    explicit Writer(const Model& model) : model_{model}, case_{model.outage}, is_named_(case_.estimates.size()) {
        for (std::size_t position = 0; position < is_named_.size(); ++position) {
            const Estimate& estimate = case_.estimates[position];
            is_named_[position] = is_named_[position] || estimate.low != estimate.high || !estimate.factors.empty() ||
                                  estimate.most < never;
            for (const Index factor : estimate.factors) is_named_[factor] = true;
        }
    }

    std::string text() {
        add_settings();
        add_estimates();
        add_calendars();
        add_pools();
        begin("backups", case_.backups.empty());
        for (const Backup& backup : case_.backups)
            add(YamlLine{}.name("id", backup.id).value("survives", figure(backup.survives)));
        add_activities();
        add_resources();
        add_bodies();
        add_services();
        add_provisions();
        add_questions();
        return std::move(text_);
    }

private:
    void setting(const char* key, const std::string& value) { text_ += fmt::format("{}: {}\n", key, value); }
    void begin(const char* section, bool is_empty) {
        if (!is_empty) text_ += fmt::format("\n{}:\n", section);
    }
    void add(const YamlLine& line) { text_ += "  - " + line.text() + "\n"; }

    void add_settings() {
        setting("format", "resmon-model-1");
        if (!model_.title.empty()) setting("title", in_quotes(model_.title));
        setting("horizon", fmt::format("{}", case_.horizon));
        if (case_.start) setting("start", instant_text(*case_.start));
        setting("reference_year", std::to_string(case_.reference_year));
        setting("priority", priorities.at(static_cast<std::size_t>(case_.priority)));
        setting("scheduling", case_.scheduling == Scheduling::serial ? "serial" : "parallel");
        if (const auto& [from, to] = case_.office_hours; from > 0 || to < 1) {
            constexpr double hours = 24;
            setting("office_hours", YamlLine{}.number("from", from * hours).number("to", to * hours).text());
        }
        setting("severity_share", figure(case_.severity_share));
        setting("owner_share", figure(case_.owner_share));
        setting("overtime", figure(case_.overtime));
        setting("data_loss_days", figure(case_.data_loss_days));
        setting("data_loss_effort", figure(case_.data_loss_effort));
    }

    /// What is certain and no factor of others stands as its number.
    [[nodiscard]] std::string figure(Index position) const {
        const Estimate& estimate = case_.estimates[position];
        return is_named_[position] ? yaml_name(estimate.id) : fmt::format("{}", estimate.central);
    }
    void figure(YamlLine& line, const char* key, const std::optional<Index>& position) const {
        if (position) line.value(key, figure(*position));
    }

    void add_estimates() {
        begin("estimates", std::ranges::none_of(is_named_, std::identity{}));
        for (std::size_t position = 0; position < is_named_.size(); ++position) {
            if (!is_named_[position]) continue;
            const Estimate& estimate = case_.estimates[position];
            YamlLine line;
            line.name("id", estimate.id).number("low", estimate.low).number("central", estimate.central);
            line.number("high", estimate.high);
            line.value("spread", estimate.spread == catalogue::Spread::logarithmic ? "logarithmic" : "uniform");
            std::vector<std::string> ranges;
            for (const auto& [low, high] : estimate.one_of) ranges.push_back(fmt::format("[{}, {}]", low, high));
            line.list("one_of", ranges);
            std::vector<std::string> factors;
            for (const Index factor : estimate.factors) factors.push_back(yaml_name(case_.estimates[factor].id));
            line.list("factors", factors);
            if (estimate.most < never) line.number("most", estimate.most);
            add(line);
        }
    }

    [[nodiscard]] std::string calendar_name(Index calendar) const {
        return case_.calendars[calendar].is_continuous() ? "every-day" : fmt::format("calendar-{}", calendar + 1);
    }

    void add_calendars() {
        begin("calendars", std::ranges::all_of(case_.calendars, &WorkingCalendar::is_continuous));
        for (Index number = 0; number < case_.calendars.size(); ++number) {
            const WorkingCalendar& calendar = case_.calendars[number];
            const auto years = calendar.years();
            if (!years) continue;
            std::vector<std::string> holidays;
            for (const Date day : calendar.free_weekdays())
                holidays.push_back(instant_text(static_cast<double>(day.time_since_epoch().count())));
            add(YamlLine{}
                    .name("id", calendar_name(number))
                    .number("first_year", years->first)
                    .number("last_year", years->second)
                    .list("holidays", holidays));
        }
    }

    void add_pools() {
        begin("pools", case_.pools.empty());
        for (const Pool& pool : case_.pools) {
            YamlLine line;
            line.name("id", pool.id);
            if (pool.label != pool.id) line.name("label", pool.label);
            line.list("slots", slots(pool));
            if (pool.calendar) line.name("calendar", calendar_name(*pool.calendar));
            if (pool.by_lot) line.value("by_lot", figure(*pool.by_lot));
            add(line);
        }
    }

    /// Neighbours that come and go together in one.
    [[nodiscard]] static std::vector<std::string> slots(const Pool& pool) {
        std::vector<std::string> written;
        for (auto first = pool.slots.begin(); first != pool.slots.end();) {
            const auto end = std::find_if(first, pool.slots.end(), [&](const Slot& slot) {
                return slot.from != first->from || slot.to != first->to;
            });
            YamlLine line;
            line.number("crews", static_cast<double>(end - first));
            if (first->from > 0) line.number("from", first->from);
            if (first->to < never) line.number("to", first->to);
            written.push_back(line.text());
            first = end;
        }
        return written;
    }

    void margin(YamlLine& line, const Margin& margin) const {
        const bool is_triangle = margin.values.empty();
        std::vector<std::string> days;
        for (const double day : is_triangle ? std::vector{margin.least, margin.likely, margin.most} : margin.values)
            days.push_back(fmt::format("{}", day));
        line.list(is_triangle ? "triangular" : "empirical", days);
    }

    void duration(YamlLine& line, const Duration& duration) const {
        if (duration.margin)
            margin(line, *duration.margin);
        else
            line.value("median", figure(duration.median)).value("sigma", figure(duration.sigma));
        std::vector<std::string> multipliers;
        for (const Index multiplier : duration.multipliers) multipliers.push_back(figure(multiplier));
        line.list("multipliers", multipliers);
        if (duration.loadings)
            line.value("loadings", YamlLine{}
                                       .number("severity", duration.loadings->severity)
                                       .number("owner", duration.loadings->owner)
                                       .text());
    }

    [[nodiscard]] std::vector<std::string> names(const std::vector<Index>& activities) const {
        std::vector<std::string> written;
        for (const Index activity : activities) written.push_back(yaml_name(case_.activities[activity].id));
        return written;
    }

    [[nodiscard]] YamlLine activity(const Activity& activity) const {
        YamlLine line;
        line.name("id", activity.id);
        if (activity.label != activity.id) line.name("label", activity.label);
        line.name("owner", case_.owners[activity.owner]);
        duration(line, activity.restore);
        if (activity.backup && activity.rebuild_median) {
            line.value("rebuild_median", figure(*activity.rebuild_median));
            line.name("backup", case_.backups[*activity.backup].id);
        }
        line.list("after", names(activity.after));
        if (activity.resource) line.name("resource", case_.resources[*activity.resource].id);
        return line;
    }

    void add_activities() {
        const auto is_gate = [](const Activity& activity) { return !activity.pool; };
        begin("gates", std::ranges::none_of(case_.activities, is_gate));
        for (const Activity& gate : case_.activities) {
            if (gate.pool) continue;
            YamlLine line = activity(gate);
            if (gate.calendar) line.name("calendar", calendar_name(*gate.calendar));
            if (gate.reachability) {
                line.name("calendar", calendar_name(gate.reachability->calendar));
                line.value("reached", figure(gate.reachability->probability));
            }
            if (gate.setback) {
                YamlLine setback;
                setback.value("probability", figure(gate.setback->probability));
                setback.value("share", figure(gate.setback->share));
                line.value("setback", setback.list("repeats", names(gate.setback->repeats), Empty::written).text());
            }
            add(line);
        }
        begin("tasks", std::ranges::all_of(case_.activities, is_gate));
        double place = 0;
        for (const Activity& task : case_.activities) {
            if (!task.pool) continue;
            YamlLine line = activity(task);
            line.name("pool", case_.pools[*task.pool].id);
            if (task.crews != 1) line.number("crews", task.crews);
            if (case_.priority == Priority::list && task.rank != place) line.number("rank", task.rank);
            ++place;
            add(line);
        }
    }

    void add_resources() {
        begin("resources", case_.resources.empty());
        for (const Resource& resource : case_.resources) {
            YamlLine line;
            line.name("id", resource.id).value("fails", resource.fails ? figure(*resource.fails) : "0");
            if (!resource.fails_with.empty()) line.name("fails_with", resource.fails_with);
            add(line.list("restored_by", names(resource.restored_by), Empty::written));
        }
    }

    void add_bodies() {
        begin("bodies", case_.bodies.empty());
        for (const Body& body : case_.bodies) {
            YamlLine line;
            line.name("key", body.key).number("inhabitants", body.inhabitants);
            line.name("calendar", calendar_name(body.calendar));
            if (body.declaration) line.name("declaration", case_.activities[*body.declaration].id);
            add(line);
        }
    }

    void add_services() {
        begin("services", case_.services.empty());
        for (const Service& service : case_.services) {
            YamlLine line;
            line.name("id", service.id).value("kind", service_kinds.at(static_cast<std::size_t>(service.kind)));
            if (service.tolerable_days < never) line.number("tolerable_days", service.tolerable_days);
            if (service.deadline < never) line.number("deadline", service.deadline);
            figure(line, "vanishing", service.vanishing);
            std::vector<std::string> due;
            for (const double instant : service.due_instants) due.push_back(instant_text(instant));
            add(line.list("due", due));
        }
    }

    [[nodiscard]] std::string requirement(const Requirement& needs) const {
        if (needs.kind == Kind::resource) return yaml_name(case_.resources[needs.resource].id);
        std::vector<std::string> parts;
        for (const Requirement& part : needs.of) parts.push_back(requirement(part));
        std::string list = fmt::format("[{}]", fmt::join(parts, ", "));
        if (needs.kind == Kind::all) return list;
        if (needs.kind == Kind::any) return "{any: " + list + "}";
        return fmt::format("{{at_least: {{count: {}, of: {}}}}}", needs.count, list);
    }

    [[nodiscard]] std::string mode(const Mode& mode) const {
        YamlLine line;
        line.value("needs", requirement(mode.needs));
        if (mode.delay) {
            YamlLine delay;
            duration(delay, *mode.delay);
            line.value("delay", delay.text());
        }
        figure(line, "capacity", mode.capacity);
        figure(line, "lawful_share", mode.lawful_share);
        figure(line, "endurance", mode.endurance);
        if (mode.endurance) figure(line, "sustained", mode.sustained);
        figure(line, "reentry", mode.reentry);
        std::vector<std::string> helpers;
        for (const Helper& helper : mode.helpers)
            helpers.push_back(YamlLine{}.name("body", helper.body).number("spare", helper.spare).text());
        return line.list("helpers", helpers).text();
    }

    void add_provisions() {
        begin("provisions", case_.provisions.empty());
        for (const Provision& provision : case_.provisions) {
            text_ += "  - " + YamlLine{}
                                  .name("body", case_.bodies[provision.body].key)
                                  .name("service", case_.services[provision.service].id)
                                  .number("weight", provision.weight)
                                  .number("demand", provision.demand)
                                  .text_without_end();
            text_ += ",\n     modes: {";
            const char* between = "";
            for (const Mode& known : provision.modes) {
                if (known.kind != ModeKind::normal && never_met(case_, known.needs)) continue;
                text_ +=
                    fmt::format("{}{}: {}", between, mode_kinds.at(static_cast<std::size_t>(known.kind)), mode(known));
                between = ",\n       ";
            }
            text_ += "}}\n";
        }
    }

    void add_questions() {
        begin("questions", case_.questions.empty());
        for (const Question& question : case_.questions) {
            std::vector<std::string> provisions;
            for (const Index provision : question.provisions)
                provisions.push_back(in_quotes(case_.provisions[provision].id));
            add(YamlLine{}
                    .name("id", question.id)
                    .value("kind", question.kind == Question::Kind::ability ? "ability" : "services-in-mode")
                    .list("provisions", provisions, Empty::written)
                    .value("mode", mode_kinds.at(static_cast<std::size_t>(question.mode)))
                    .number("threshold", question.threshold));
        }
    }

    const Model& model_;
    const Case& case_;
    std::vector<bool> is_named_;  ///< estimates
    std::string text_;
};

}  // namespace

std::string yaml_of(const Model& model) { return Writer{model}.text(); }

}  // namespace resmon::model_file
