#include "reading/readers.hpp"

#include <fmt/format.h>
#include <array>
#include <charconv>

namespace resmon::catalogue {

namespace {

constexpr std::array<std::string_view, 2> levels{"municipality", "district"};
constexpr std::array<std::string_view, 3> kinds{"queue", "due-date", "standby"};
constexpr std::array<std::string_view, 4> classes{"life-and-limb", "livelihood", "legal-duty", "convenience"};
constexpr std::array<std::string_view, 2> deadline_units{"calendar-days", "working-days"};
constexpr std::array<std::pair<const char*, ModeKind>, 4> modes{{{"normal", ModeKind::normal},
                                                                 {"basic-operation", ModeKind::basic_operation},
                                                                 {"neighbour", ModeKind::neighbour},
                                                                 {"paper", ModeKind::paper}}};

Requirement requirement_from(const Cursor& needs) {
    Requirement requirement;
    if (needs.is_text()) {
        requirement.kind = Requirement::Kind::resource;
        requirement.resource = {needs.text()};
        return requirement;
    }
    needs.only({"all", "any", "at_least"});
    Cursor parts = needs.at("all");
    if (needs.at("any").exists()) {
        requirement.kind = Requirement::Kind::any;
        parts = needs.at("any");
    } else if (needs.at("at_least").exists()) {
        requirement.kind = Requirement::Kind::at_least;
        needs.at("at_least").only({"count", "of"});
        requirement.count = static_cast<std::size_t>(needs.at("at_least").at("count").number(Bounds::positive));
        parts = needs.at("at_least").at("of");
    }
    for (const Cursor& part : parts.items()) requirement.of.push_back(requirement_from(part));
    if (requirement.kind == Requirement::Kind::any && requirement.of.empty()) needs.fault(worded("fault.read.no-part"));
    if (requirement.kind == Requirement::Kind::at_least && requirement.count > requirement.of.size())
        needs.fault(worded("fault.read.parts", {{"most", std::to_string(requirement.of.size())},
                                                {"found", std::to_string(requirement.count)}}));
    return requirement;
}

Mode mode_from(const Cursor& from, ModeKind kind) {
    from.only({"needs", "how", "legal_basis", "delay_days", "capacity", "lawful_share", "endurance_days",
               "sustained_capacity", "reentry_effort", "helper_spare"});
    Mode mode{.kind = kind, .needs = requirement_from(from.at("needs"))};
    if (kind == ModeKind::normal) return mode;
    mode.how = from.at("how").both_languages();
    mode.legal_basis = from.at("legal_basis").both_languages_or_none();
    mode.delay_days = from.at("delay_days").figure_or_none(Bounds::not_negative, Spread::logarithmic);
    mode.capacity = from.at("capacity").figure_or_none(Bounds::not_negative, Spread::uniform);
    mode.lawful_share = from.at("lawful_share").figure_or_none(Bounds::share, Spread::uniform);
    mode.endurance_days = from.at("endurance_days").figure_or_none(Bounds::positive, Spread::logarithmic);
    mode.sustained_capacity = from.at("sustained_capacity").figure_or_none(Bounds::not_negative, Spread::uniform);
    mode.reentry_effort = from.at("reentry_effort").figure_or_none(Bounds::not_negative, Spread::uniform);
    mode.helper_spare = from.at("helper_spare").figure_or_none(Bounds::share, Spread::uniform);
    if (mode.sustained_capacity && !mode.endurance_days)
        from.at("sustained_capacity").fault(worded("fault.read.stands-with", {{"key", "endurance_days"}}));
    if (mode.sustained_capacity && mode.capacity && mode.sustained_capacity->value > mode.capacity->value)
        from.at("sustained_capacity")
            .fault(worded("fault.read.capacity", {{"most", fmt::format("{}", mode.capacity->value)},
                                                  {"found", fmt::format("{}", mode.sustained_capacity->value)}}));
    if (kind == ModeKind::neighbour && !mode.helper_spare)
        from.at("helper_spare").fault(worded("fault.read.no-helper-spare"));
    return mode;
}

/// `MM-DD`
std::pair<int, int> month_and_day(const Cursor& from) {
    const std::string text = from.text();
    int month = 0;
    int day = 0;
    if (text.size() == 5 && text[2] == '-') {
        std::from_chars(text.data(), text.data() + 2, month);
        std::from_chars(text.data() + 3, text.data() + 5, day);
    }
    const std::chrono::year_month_day date{std::chrono::year{2023}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) {
        from.fault(worded("fault.read.day-of-year", {{"found", text}}));
        return {1, 1};
    }
    return {month, day};
}

DueDates due_dates_from(const Cursor& from) {
    DueDates due;
    from.only({"monthly", "yearly", "elections"});
    if (from.at("yearly").exists()) {
        due.rule = DueDates::Rule::yearly;
        for (const Cursor& date : from.at("yearly").items()) due.yearly.push_back(month_and_day(date));
        return due;
    }
    if (from.at("elections").exists()) {
        due.rule = DueDates::Rule::elections;
        for (const Cursor& days : from.at("elections").items())
            due.days_before.push_back(static_cast<int>(days.number(Bounds::not_negative)));
        return due;
    }
    const Cursor monthly = from.at("monthly");
    if (monthly.is_text() && monthly.text() == "last-working-day") return due;
    due.day_of_month = static_cast<int>(monthly.number(Bounds::positive));
    if (due.day_of_month > 31)
        monthly.fault(worded("fault.read.day-of-month", {{"found", std::to_string(due.day_of_month)}}));
    return due;
}

}  // namespace

Service service_from(const Cursor& root) {
    root.only({"id", "name", "description", "leika", "level", "kind", "service_class", "demand_per_1000",
               "maximum_tolerable_outage_days", "statutory_deadline", "vanishing_share", "due_dates", "modes"});
    Service service;
    service.id = {root.at("id").text()};
    service.name = root.at("name").both_languages();
    service.description = root.at("description").both_languages_or_none();
    if (root.at("leika").exists()) service.leika = root.at("leika").digits(14).value_or("");
    service.level = static_cast<Level>(root.at("level").one_of(levels));
    service.kind = static_cast<ServiceKind>(root.at("kind").one_of(kinds));
    service.service_class = static_cast<ServiceClass>(root.at("service_class").one_of(classes));
    service.demand_per_1000 = root.at("demand_per_1000").figure(Bounds::not_negative, Spread::uniform);
    service.maximum_tolerable_outage_days =
        root.at("maximum_tolerable_outage_days").figure(Bounds::not_negative, Spread::uniform);
    if (const Cursor deadline = root.at("statutory_deadline"); deadline.exists()) {
        service.statutory_deadline = deadline.figure(Bounds::not_negative, Spread::uniform);
        service.deadline_unit = static_cast<DayUnit>(deadline.at("unit").one_of(deadline_units));
    }
    service.vanishing_share = root.at("vanishing_share").figure_or_none(Bounds::share, Spread::uniform);
    if (service.kind == ServiceKind::due_date) service.due_dates = due_dates_from(root.at("due_dates"));

    const Cursor known = root.at("modes");
    known.only({"normal", "basic-operation", "neighbour", "paper"});
    for (const auto& [name, kind] : modes)
        if (known.at(name).exists() || kind == ModeKind::normal)
            service.modes.push_back(mode_from(known.at(name), kind));
    return service;
}

}  // namespace resmon::catalogue
