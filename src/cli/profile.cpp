// resmon profile: the levels of a body, why they are not higher, from its latest response; as paper for the council.
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/installation.hpp"
#include "cli/terminal.hpp"
#include "papers/council_paper.hpp"
#include "preparedness/preparedness_json.hpp"
#include "profile/profile_json.hpp"
#include "report/pdf.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <ranges>

namespace resmon::cli {

namespace {

/// The level is a rule, not a grade: each line says what the next one needs.
std::string profile_table(const Options& options, const survey::Sheet& sheet) {
    const auto text = [&](const char* key) { return program_text(key, options.language); };
    const survey::Answers answers = survey::holding_answers(sheet.entries);
    std::vector<std::vector<std::string>> rows;
    for (const profile::TopicLevel& topic : profile::levels(*sheet.questionnaire, sheet.asked, answers)) {
        std::string missing;
        for (const profile::Missing& one : topic.missing)
            missing += fmt::format(
                "{}{} ≥ {} ({})", missing.empty() ? "" : ", ", one.question.value, one.at_least,
                one.is ? std::to_string(*one.is)
                       : text(one.why == profile::Missing::Why::unknown ? "profile.unknown" : "profile.open"));
        rows.push_back({topic.topic + " " + sheet.questionnaire->topic(topic.topic).name.in(options.language),
                        topic.level ? std::to_string(*topic.level) : "–",
                        number_text(std::round(topic.share_known * 100), 0, options.language) + " %", missing});
    }
    return sheet.body_name + "\n\n" +
           text_table({{text("profile.topic"), Align::left},
                       {text("profile.level"), Align::right},
                       {text("profile.known"), Align::right},
                       {text("profile.next"), Align::left}},
                      rows);
}

std::string days_text(const Options& options, const outage::Distribution& days) {
    return program_text("profile.days", options.language,
                        {{"middle", days.quantiles.p50}, {"low", days.quantiles.p10}, {"high", days.quantiles.p90}});
}

/// What the provider decides: each lever with the questions about it.
std::string not_own_lines(const Options& options, const catalogue::PreparednessModel& model,
                          const preparedness::BodyForecast& forecast) {
    std::map<catalogue::Lever, std::vector<std::string>> questions;
    for (const preparedness::Reading& reading : forecast.not_own)
        questions[reading.effect->lever].push_back(reading.effect->question.value);
    if (questions.empty()) return {};
    std::string lines = program_text("profile.not-own", options.language) + "\n";
    for (const auto& [lever, of_lever] : questions)
        lines += program_text("profile.not-own-lever", options.language,
                              {{"lever", model.names.at(static_cast<std::size_t>(lever)).in(options.language)},
                               {"questions", fmt::format("{}", fmt::join(of_lever, ", "))},
                               {"count", static_cast<double>(of_lever.size())}}) +
                 "\n";
    return lines;
}

/// What the answers do to the forecast, and the three that would shorten it most.
std::string forecast_lines(const Options& options, const survey::Sheet& sheet,
                           const preparedness::BodyForecast& forecast) {
    const auto& provider = forecast.assumption.provider;
    const std::string answered = days_text(options, forecast.answered.loss_days);
    const std::string unanswered = days_text(options, forecast.unanswered.loss_days);
    std::vector<TextArgument> arguments{{"answered", answered},
                                        {"unanswered", unanswered},
                                        {"known", static_cast<double>(forecast.known)},
                                        {"asked", static_cast<double>(forecast.asked)}};
    if (provider) {
        arguments.emplace_back("provider", provider->name.in(options.language));
        arguments.emplace_back("customers", static_cast<double>(provider->customers));
    }
    std::string lines =
        program_text(provider ? "profile.forecast-shared" : "profile.forecast", options.language, arguments) + "\n";
    constexpr std::size_t steps = 3;
    for (const preparedness::AnswerEffect* effect : forecast.gains() | std::views::take(steps))
        lines += program_text(
                     "profile.step", options.language,
                     {{"question", effect->now.effect->question.value},
                      {"text", sheet.questionnaire->question(effect->now.effect->question).text.in(options.language)},
                      {"days", effect->gain().mean},
                      {"low", effect->gain().low},
                      {"high", effect->gain().high}}) +
                 "\n";
    return lines;
}

}  // namespace

int show_profile(const Options& options, const std::string& body) {
    const auto files = catalogue_files_in_use(options);
    const catalogue::Catalogue catalogue = catalogue::catalogue_from(files);
    const catalogue::Body& wanted = catalogue.bodies.body(body);
    Installation installation{options, catalogue.bodies};
    survey::Survey survey{installation.database,          installation.audit, installation.sealing, catalogue, files,
                          &std::chrono::system_clock::now};
    const Principal who = at_the_command_line();
    const std::vector<survey::Sheet> sheets = survey.list(who);
    const auto latest =
        std::ranges::find_if(sheets, [&](const survey::Sheet& sheet) { return sheet.response.body == wanted.key; });
    if (latest == sheets.end()) throw NotFound{program_text("profile.none", options.language, {{"body", wanted.name}})};
    const survey::Sheet sheet = survey.opened(who, latest->response.id, Action::read_profile);
    const auto readings = preparedness::read(catalogue.preparedness, *sheet.questionnaire, sheet.asked,
                                             survey::holding_answers(sheet.entries));
    const preparedness::BodyForecast forecast = preparedness::body_forecast(
        catalogue, wanted.key, readings, {.seed = options.seed, .replications = options.replications});
    if (options.format == Format::pdf) {
        write_output(options, report::pdf(papers::council_paper(catalogue, sheet, forecast, options.language)));
    } else if (options.format == Format::json) {
        auto json = profile::profile_to_json(sheet);
        json["forecast"] = preparedness::body_forecast_to_json(catalogue.preparedness, forecast);
        write_output(options, json.dump() + "\n");
    } else {
        write_output(options, profile_table(options, sheet) + "\n" + forecast_lines(options, sheet, forecast) +
                                  not_own_lines(options, catalogue.preparedness, forecast));
    }
    return exit_done;
}

}  // namespace resmon::cli
