#include "cli/outage_words.hpp"

#include "base/text.hpp"

#include <CLI/CLI.hpp>

namespace resmon::cli {

namespace {

void add_what_if_words(CLI::App& command, const Options& options, WhatIf& wished) {
    const auto text = [&options](const char* key) { return program_text(key, options.language); };
    const auto range = [](double low, double high) { return CLI::Range(low, high).description(""); };
    command.add_option("--crews", wished.crews, text("help.what-if-crews"))->type_name("KIND=N");
    command.add_option("--without", wished.without, text("help.what-if-without"))->type_name("MODE");
    command.add_option("--backups-survive", wished.backups_survive, text("help.what-if-backups"))
        ->check(range(0, 1))
        ->type_name("P");
    command.add_option("--delays", wished.delays, text("help.what-if-delays"))->check(range(0.1, 10))->type_name("X");
    command.add_option("--reached", wished.reached, text("help.what-if-reached"))->check(range(0, 1))->type_name("P");
    command.add_option("--start", wished.start, text("help.what-if-start"))->type_name("YYYY-MM-DDTHH:MM");
}

}  // namespace

void add_outage_words(CLI::App& app, const AddCommand& add, Options& options, OutageWish& wish) {
    const auto text = [&options](const char* key) { return program_text(key, options.language); };
    CLI::App* replayed =
        add(app, "replay", [&] { return wish.is_every_incident ? replay_all(options) : replay(options, wish.replay); });
    CLI::Option* incident = replayed->add_option("incident", wish.replay.incident, text("help.incident"));
    incident->capture_default_str();
    replayed->add_flag("--all", wish.is_every_incident, text("help.replay-all"))->excludes(incident);

    CLI::App* simulated = add(app, "simulate", [&] { return simulate(options, wish.simulate); });
    simulated->add_option("--scenario", wish.simulate.scenario, text("help.scenario-wished"))->type_name("ID|FILE");
    simulated->add_option("--region", wish.simulate.region, text("help.region"))->type_name("ID");
    CLI::Option* day = simulated->add_option("--day", wish.simulate.day, text("help.day"))
                           ->check(CLI::Range(0, 730).description(""))
                           ->type_name("N");
    simulated->add_option("--back", wish.simulate.back, text("help.back"))->needs(day)->type_name("ID");
    simulated->add_option("--not-back", wish.simulate.not_back, text("help.not-back"))->needs(day)->type_name("ID");
    simulated->add_option("--body", wish.simulate.body, text("help.body-given"))->needs(day)->type_name("KEY");
    add_what_if_words(*simulated, options, wish.simulate.what_if);
    const auto file = [&](const char* name, std::filesystem::path& path, const char* key) {
        simulated->add_option(name, path, text(key))->type_name("FILE");
    };
    file("--model", wish.simulate.model, "help.model");
    simulated->add_flag("--check", wish.simulate.check, text("help.model-check"));
    file("--write-model", wish.simulate.write_model, "help.write-model");
    file("--draws-out", wish.simulate.draws_out, "help.draws-out");
    file("--courses-out", wish.simulate.courses_out, "help.courses-out");
    simulated->add_option("--randomisations", options.randomisations, text("help.randomisations"))
        ->excludes(day)
        ->check(CLI::Range(2, 1024).description(""))
        ->type_name("N");
    simulated->add_option("--error", options.error, text("help.error"))
        ->excludes(day)
        ->check(CLI::Range(0.01, 100.0).description(""))
        ->type_name("%");
    simulated->add_option("--checkpoint", wish.simulate.checkpoint, text("help.checkpoint"))->type_name("DIR");
    simulated->add_option("--ability-days", wish.simulate.ability_days, text("help.ability-days"))
        ->delimiter(',')
        ->check(CLI::Range(0.0, 36'525.0).description(""))
        ->type_name("N,…");

    CLI::App* explained = add(app, "explain", [&] {
        // Of a sensitivity as many as on the pages; of all else as of a run.
        constexpr std::uint32_t of_influences = 2000;
        constexpr std::uint32_t usual = 200;
        if (app.get_option("--replications")->count() == 0)
            options.replications = wish.explain.topic == "influences" ? of_influences : usual;
        return explain_forecast(options, wish.explain);
    });
    explained->add_option("topic", wish.explain.topic, text("help.explain-topic"))
        ->required()
        ->check(CLI::IsMember(std::vector<std::string>(explain_topics.begin(), explain_topics.end())));
    explained->add_option("--scenario", wish.explain.scenario, text("help.scenario-wished"))->type_name("ID|FILE");
    explained->add_option("--region", wish.explain.region, text("help.region"))->type_name("ID");
    explained->add_option("--incident", wish.explain.incident, text("help.incident"))->type_name("ID");
    explained->add_option("--service", wish.explain.service, text("help.explain-service"))->type_name("ID");
    explained->add_option("--body", wish.explain.body, text("help.explain-body"))->type_name("KEY");
    add_what_if_words(*explained, options, wish.explain.what_if);

    CLI::App* calibrated = add(app, "calibrate", [&] { return calibrate(options, wish.calibrate); });
    calibrated->add_option("file", wish.calibrate.file, text("help.calibrate-file"))->required();
    calibrated->add_option("--prior-low", wish.calibrate.prior_low, text("help.prior-low"))->type_name("N");
    calibrated->add_option("--prior-high", wish.calibrate.prior_high, text("help.prior-high"))->type_name("N");

    CLI::App* risk = add(app, "risk", [&] {
        wish.risk.is_number_of_courses_said = app.get_option("--replications")->count() > 0;
        return show_risk(options, wish.risk);
    });
    risk->add_option("--body", wish.risk.body, text("help.body"))->type_name("KEY");
    risk->add_option("--region", wish.risk.region, text("help.region"))->type_name("ID");
    risk->add_option("--state", wish.risk.state, text("help.risk-state"))->type_name("STATE");

    CLI::App* runs = add(app, "runs", nullptr);
    runs->require_subcommand(1);
    add(*runs, "list", [&] { return list_runs(options); });
    CLI::App* show = add(*runs, "show", [&] { return show_run(options, wish.run); });
    show->add_option("run", wish.run, text("help.run"))->required();
    CLI::App* forget = add(*runs, "delete", [&] { return delete_run(options, wish.run); });
    forget->add_option("run", wish.run, text("help.run"))->required();
}

}  // namespace resmon::cli
