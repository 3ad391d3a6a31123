// The subcommands. Each returns the exit code, throws the five errors, and lies in the file of its name.
#pragma once

#include "cli/options.hpp"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace resmon::cli {

struct ReplayOptions {
    std::string incident = "suedwestfalen-2023";
};
int replay(const Options& options, const ReplayOptions& wished);
/// Every incident with milestones, without what was learnt from it; nothing is stored.
int replay_all(const Options& options);

/// What is to be otherwise than in the catalogue, as it is said.
struct WhatIf {
    std::vector<std::string> crews;    ///< `platform=12`
    std::vector<std::string> without;  ///< modes
    std::optional<double> backups_survive, delays, reached;
    std::string start;
};

struct SimulateOptions {
    std::string scenario;
    std::string region;
    WhatIf what_if;
    std::filesystem::path model;        ///< in place of both
    bool check = false;                 ///< only look whether the model is in order
    std::filesystem::path write_model;  ///< only write it
    std::filesystem::path draws_out;    ///< of a model
    std::filesystem::path courses_out;  ///< of a model
    std::vector<double> ability_days{7, 14, 30, 60, 90, 120};
    std::filesystem::path checkpoint;  ///< folder of finished courses
    std::optional<double> day;         ///< the forecast from then on, given the next; none = from the beginning
    std::vector<std::string> back, not_back;
    std::string body;  ///< of which that is known and shown; empty = the region
};
/// What is computed from a model file is not kept: a run tells what it was computed from by the catalogue.
int simulate(const Options& options, const SimulateOptions& wished);
/// With a day.
int simulate_given(const Options& options, const SimulateOptions& wished);

struct ExplainOptions {
    std::string topic;
    std::string incident;  ///< or scenario and region
    std::string scenario;
    std::string region;
    std::string service;  ///< of a plan; empty = all
    std::string body;     ///< of dependencies; empty = all
    WhatIf what_if;
};
inline constexpr std::array<const char*, 6> explain_topics{"autonomy",   "plan",         "bottlenecks",
                                                           "influences", "dependencies", "comparison"};
/// Why a forecast is as it is; nothing is kept.
int explain_forecast(const Options& options, const ExplainOptions& wished);

struct CalibrateOptions {
    std::filesystem::path file;
    std::optional<double> prior_low = {};
    std::optional<double> prior_high = {};
};
int calibrate(const Options& options, const CalibrateOptions& wished);

struct RiskOptions {
    std::string body;  ///< exactly one of the three
    std::string region;
    std::string state;
    bool is_number_of_courses_said = false;
};
int show_risk(const Options& options, const RiskOptions& wished);

struct ServeCommand {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8640;  ///< the next free one if taken; 0 = any
    bool local = false;         ///< this machine only, whatever else is wished
    std::filesystem::path tls_certificate;
    std::filesystem::path tls_key;
    std::vector<std::string> proxies;  ///< networks
    std::vector<std::string> hosts;    ///< names by which people call it
};
int serve(const Options& options, const ServeCommand& wished);

struct NewTls {
    std::vector<std::string> hosts;
    std::filesystem::path folder;
    std::filesystem::path authority;  ///< folder of an earlier one; empty = a new authority
};
int new_tls(const Options& options, const NewTls& wished);

/// Checks the folder, or the catalogue in use if it is empty.
int check_catalogue(const Options& options, const std::filesystem::path& folder);
/// Checks a scenario in a file against the catalogue in use.
int check_scenario(const Options& options, const std::filesystem::path& file);
/// Writes the text of a scenario of the catalogue, to begin one of your own with.
int show_scenario(const Options& options, const std::string& id);

/// Tells the questionnaires of the folder, or of the catalogue in use if it is empty.
int check_questionnaires(const Options& options, const std::filesystem::path& folder);

struct EmptyForm {
    std::string questionnaire;
    std::filesystem::path file;
    std::string body;  ///< a key that means one body; empty = everything is asked
};
/// Writes an offline form without answers.
int write_empty_form(const Options& options, const EmptyForm& wished);

/// Writes an XLSForm.
int export_questionnaire(const Options& options, const std::string& questionnaire, const std::filesystem::path& file);

struct QuestionnaireImport {
    std::filesystem::path file;
    std::filesystem::path folder;  ///< becomes a draft of the catalogue
};
/// Writes the draft and tells what was not taken over; with a fault nothing is written.
int import_questionnaire(const Options& options, const QuestionnaireImport& wished);

/// As PDF, to be filled in by pen.
int print_questionnaire(const Options& options, const std::string& id, const std::filesystem::path& file);

/// Of the latest response of the body.
int show_profile(const Options& options, const std::string& body);

struct RegisterImport {
    std::filesystem::path file;
    std::string source;
    std::string as_of;  ///< YYYY-MM-DD
};
int import_register(const Options& options, const RegisterImport& wished);

int doctor(const Options& options);

/// Every setting with its value and where it comes from.
int show_config(const Options& options);
/// Settings that could be read at all are in order when this is reached: it says so.
int check_config(const Options& options);

struct UserWish {
    std::string login;
    std::string name;  ///< empty = the login
    std::string role;
    std::string organisation;             ///< empty = the whole installation
    std::filesystem::path password_file;  ///< `-` = standard input; empty = a new password, printed once
};
int add_user(const Options& options, const UserWish& wish);
int list_users(const Options& options);
int disable_user(const Options& options, const UserWish& wish);
int set_user_password(const Options& options, const UserWish& wish);
int reset_user_second_factor(const Options& options, const UserWish& wish);

struct OrganisationWish {
    std::string id;  ///< slug, or a key that means one body
    std::string kind;
    std::string name;  ///< empty = the body's
    std::vector<std::string> members;
};
int add_organisation(const Options& options, const OrganisationWish& wish);

int verify_audit(const Options& options, const std::string& anchor);
int export_audit(const Options& options, const std::string& format);
int print_permissions(const Options& options);

struct BackupCommand {
    std::filesystem::path file;
    std::string organisation;  ///< of an export; empty = everything
    bool encrypt = false;
    bool with_key = false;
    std::filesystem::path passphrase_file;
};
int back_up(const Options& options, const BackupCommand& wished);
/// Into the place of --data or --database, which must be empty.
int restore(const Options& options, const BackupCommand& wished);
int export_rows(const Options& options, const BackupCommand& wished);
int import_rows(const Options& options, const BackupCommand& wished);

int rotate_key(const Options& options);
/// Brings the schema up to date, or with `is_dry_run` only says what is missing, after it was tried and undone.
int migrate(const Options& options, bool is_dry_run);

/// Fills an empty place with synthetic organisations and people of every role.
int make_demo(const Options& options);

struct WaveWish {
    std::string id;
    std::string name;
    std::string name_en;  ///< empty = the German
    std::string questionnaire = "resilienzmonitor";
    std::filesystem::path frame;  ///< CSV
    std::string select;
    std::string opens;
    std::string closes;
    std::string purpose;    ///< empty = the usual one
    std::string delete_on;  ///< empty = a year after the last day
    std::string organisation;
    std::string previous;
    bool is_synthetic = false;
    std::string reason;
    std::string body;
    int stage = 1;
    bool again = false;
    bool left = false;
    bool answers = false;
    std::filesystem::path file;
};
int plan_wave(const Options& options, const WaveWish& wish);
int list_waves(const Options& options);
int open_wave(const Options& options, const WaveWish& wish);
int close_wave(const Options& options, const WaveWish& wish);
int show_wave(const Options& options, const WaveWish& wish);
int add_to_wave(const Options& options, const WaveWish& wish);
int remove_from_wave(const Options& options, const WaveWish& wish);
/// The invitation is stage 0. As mail if that is set up and no --output is given, else as a file for mail merge.
int write_to_bodies(const Options& options, const WaveWish& wish, int stage);
int settle_letter(const Options& options, const WaveWish& wish);
/// Of one wave, or of all of which the day has come.
int purge_waves(const Options& options, const WaveWish& wish);
/// The frame with addresses and what each body has reached, or answers of those who consented to comparisons.
int export_wave(const Options& options, const WaveWish& wish);
/// Plans the wave of the file, or extends the one that it names. Prints the id.
int import_wave(const Options& options, const WaveWish& wish);
int verify_withdrawal(const Options& options, const WaveWish& wish);

int list_runs(const Options& options);
int show_run(const Options& options, const std::string& id);
int delete_run(const Options& options, const std::string& id);

int bench_signature(const Options& options);

}  // namespace resmon::cli
