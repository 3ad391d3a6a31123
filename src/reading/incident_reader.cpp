// Reads incidents, the model's settings, the holidays and the polling days.
#include "reading/readers.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <set>

namespace resmon::catalogue {

namespace {

constexpr std::array<std::string_view, 8> causes{"attack",   "power",          "fire-or-water",
                                                 "hardware", "software-fault", "provider-insolvency",
                                                 "cut-line", "operator-error"};
constexpr std::array<std::string_view, 2> outputs{"services-in-mode", "ability"};
constexpr std::array<std::string_view, 4> mode_kinds{"normal", "basic-operation", "neighbour", "paper"};
constexpr std::array<const char*, 4> classes{"life-and-limb", "livelihood", "legal-duty", "convenience"};

int whole(std::string_view digits) {
    int value = -1;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc{} && stop == digits.data() + digits.size() ? value : -1;
}

Milestone milestone_from(const Cursor& from) {
    from.only({"id", "what", "body", "output", "services", "mode", "threshold", "day_earliest", "day_latest", "reading",
               "source"});
    Milestone milestone;
    milestone.id = from.at("id").text();
    milestone.what = from.at("what").both_languages();
    const bool of_region =
        !from.at("body").exists() || (from.at("body").is_text() && from.at("body").text() == "region");
    if (!of_region)
        if (const auto digits = from.at("body").digits(12)) milestone.body = BodyKey{*digits};
    milestone.output = static_cast<MilestoneOutput>(from.at("output").one_of(outputs));
    if (milestone.output == MilestoneOutput::services_in_mode) {
        milestone.mode = static_cast<ModeKind>(from.at("mode").one_of(mode_kinds));
        if (!from.at("services").is_text())
            for (const Cursor& service : from.at("services").items()) milestone.services.push_back({service.text()});
        else if (from.at("services").text() != "all")
            from.at("services").fault(worded("fault.read.all-or-services"));
    }
    milestone.threshold = from.at("threshold").number(Bounds::share);
    milestone.day_earliest = from.at("day_earliest").number(Bounds::not_negative);
    milestone.day_latest = from.at("day_latest").number(Bounds::not_negative);
    milestone.reading = from.at("reading").both_languages();
    milestone.source = from.at("source").text();
    if (milestone.day_latest < milestone.day_earliest)
        from.at("day_latest")
            .fault(worded("fault.read.before-earliest", {{"earliest", fmt::format("{}", milestone.day_earliest)},
                                                         {"found", fmt::format("{}", milestone.day_latest)}}));
    return milestone;
}

/// None = everywhere.
std::set<State> states_from(const Cursor& list) {
    std::set<State> states;
    if (!list.exists()) return states;
    for (const Cursor& state : list.items()) try {
            states.insert(state_from(state.text()));
        } catch (const InputError& error) {
            state.fault(error.faults().front().expectation);
        }
    return states;
}

HolidayRule holiday_from(const Cursor& from) {
    from.only({"name", "fixed", "easter", "rule", "states", "first_year"});
    HolidayRule holiday;
    (void)from.at("name").both_languages();
    if (from.at("fixed").exists()) {
        const std::string date = from.at("fixed").text();
        const int month = date.size() == 5 ? whole(std::string_view{date}.substr(0, 2)) : -1;
        const int day = date.size() == 5 ? whole(std::string_view{date}.substr(3)) : -1;
        if (month < 1 || month > 12 || day < 1 || day > 31)
            from.at("fixed").fault(worded("fault.read.day-of-year", {{"found", date}}));
        holiday.month = static_cast<unsigned>(month);
        holiday.day = static_cast<unsigned>(day);
    } else if (from.at("easter").exists()) {
        holiday.kind = HolidayRule::Kind::easter;
        holiday.offset = static_cast<int>(from.at("easter").number());
    } else {
        constexpr std::array<std::string_view, 1> rules{"before-november-23"};
        holiday.kind = HolidayRule::Kind::before_november_23;
        (void)from.at("rule").one_of(rules);
    }
    holiday.states = states_from(from.at("states"));
    holiday.first_year = static_cast<int>(from.at("first_year").number_or(0, Bounds::positive));
    return holiday;
}

}  // namespace

Date date_from(const Cursor& from) {
    const std::string text = from.text();
    if (const auto date = resmon::date_from(text)) return *date;
    if (!text.empty()) from.fault(worded("fault.read.date", {{"found", text}}));
    return {};
}

Incident incident_from(const Cursor& root) {
    root.only(
        {"id", "name", "description", "date", "hour", "cause", "scenario", "region", "body", "source", "milestones"});
    Incident incident;
    incident.id = {root.at("id").text()};
    incident.name = root.at("name").both_languages();
    incident.description = root.at("description").both_languages();
    incident.date = date_from(root.at("date"));
    incident.hour = root.at("hour").number_or(0, Bounds::not_negative);
    if (incident.hour >= 24)
        root.at("hour").fault(worded("fault.read.below-24", {{"found", fmt::format("{}", incident.hour)}}));
    incident.cause = static_cast<Cause>(root.at("cause").one_of(causes));
    incident.source = root.at("source").text();
    const Cursor milestones = root.at("milestones");
    for (const Cursor& item : milestones.items())
        incident.milestones.push_back(
            milestone_from(item.at("id").is_text() ? item.named("milestones." + item.at("id").text()) : item));
    if (incident.milestones.empty()) return incident;
    incident.scenario = {root.at("scenario").text()};
    if (!root.at("body").exists()) {
        incident.region = {root.at("region").text()};
    } else {
        if (root.at("region").exists()) root.at("body").fault(worded("fault.read.beside", {{"key", "region"}}));
        if (const auto digits = root.at("body").digits(12)) incident.body = BodyKey{*digits};
    }
    return incident;
}

std::vector<Frequency> frequencies_from(const Cursor& root) {
    root.only({"frequencies"});
    constexpr std::array<std::string_view, 2> whom{"body", "provider"};
    std::vector<Frequency> frequencies;
    for (const Cursor& from : root.at("frequencies").items()) {
        from.only({"scenario", "per", "prior", "observed"});
        Frequency frequency{.scenario = {from.at("scenario").text()},
                            .per = static_cast<Frequency::Per>(from.at("per").one_of(whom))};
        const Cursor prior = from.at("prior");
        prior.only({"incidents", "years", "source"});
        frequency.prior_incidents = prior.at("incidents").number(Bounds::positive);
        frequency.prior_years = prior.at("years").number(Bounds::not_negative);
        frequency.prior_source = prior.at("source").text();
        if (const Cursor observed = from.at("observed"); observed.exists()) {
            observed.only({"incidents", "years", "source"});
            for (const Cursor& incident : observed.at("incidents").items())
                frequency.observed.push_back({incident.text()});
            frequency.observed_years = observed.at("years").number(Bounds::positive);
            frequency.observed_source = observed.at("source").text();
        }
        if (frequency.prior_years + frequency.observed_years <= 0)
            prior.at("years").fault(worded("fault.read.nothing-observed"));
        frequencies.push_back(std::move(frequency));
    }
    return frequencies;
}

OfficeHours office_hours_from(const Cursor& from) {
    from.only({"from", "to", "source"});
    constexpr double hours = 24;
    const OfficeHours open{.from = from.at("from").number(Bounds::not_negative) / hours,
                           .to = from.at("to").number(Bounds::not_negative) / hours};
    (void)from.at("source").text();
    if (!(open.from < open.to && open.to <= 1)) from.fault(worded("fault.read.office-hours"));
    return open;
}

void read_model(const Cursor& root, Catalogue& catalogue) {
    root.only({"version", "horizon_days", "reference_year", "class_weights", "severity_share", "owner_share",
               "activation_sigma", "overtime_share", "data_loss_effort", "helpers_per_body", "local_crews",
               "office_hours", "body_reached", "provider_reached"});
    ModelSettings& model = catalogue.model;
    catalogue.version = root.at("version").text();
    model.horizon_days = root.at("horizon_days").number(Bounds::positive);
    model.reference_year = static_cast<int>(root.at("reference_year").number(Bounds::positive));
    const Cursor weights = root.at("class_weights");
    weights.only({"life-and-limb", "livelihood", "legal-duty", "convenience"});
    for (std::size_t place = 0; place < classes.size(); ++place)
        model.class_weights.at(place) = weights.at(classes.at(place)).figure(Bounds::positive, Spread::uniform);
    model.severity_share = root.at("severity_share").figure(Bounds::share, Spread::uniform);
    model.owner_share = root.at("owner_share").figure(Bounds::share, Spread::uniform);
    model.activation_sigma = root.at("activation_sigma").figure(Bounds::not_negative, Spread::logarithmic);
    model.overtime_share = root.at("overtime_share").figure(Bounds::not_negative, Spread::uniform);
    model.data_loss_effort = root.at("data_loss_effort").figure(Bounds::not_negative, Spread::uniform);
    model.helpers_per_body = root.at("helpers_per_body").figure(Bounds::not_negative, Spread::uniform);
    model.local_crews = crews_from(root.at("local_crews"), true);
    if (!root.at("office_hours").exists()) return;
    model.office_hours = office_hours_from(root.at("office_hours"));
    model.body_reached = root.at("body_reached").figure(Bounds::share, Spread::uniform);
    model.provider_reached = root.at("provider_reached").figure(Bounds::share, Spread::uniform);
}

std::vector<HolidayRule> holidays_from(const Cursor& root) {
    root.only({"source", "holidays"});
    (void)root.at("source").text();
    std::vector<HolidayRule> holidays;
    for (const Cursor& holiday : root.at("holidays").items()) holidays.push_back(holiday_from(holiday));
    return holidays;
}

std::vector<Election> elections_from(const Cursor& root) {
    root.only({"source", "elections"});
    (void)root.at("source").text();
    std::vector<Election> elections;
    for (const Cursor& election : root.at("elections").items()) {
        election.only({"name", "day", "states"});
        (void)election.at("name").both_languages();
        elections.push_back({.day = date_from(election.at("day")), .states = states_from(election.at("states"))});
    }
    return elections;
}

}  // namespace resmon::catalogue
