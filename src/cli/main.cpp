// The command line: reads what is wished, calls the subcommand; one of the two doors where an error becomes words.
#include "base/error.hpp"
#include "base/version.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/log.hpp"
#include "cli/outage_words.hpp"
#include "cli/questionnaire_words.hpp"
#include "cli/settings.hpp"
#include "cli/wave_words.hpp"
#include "forecast/run.hpp"
#include "http/problem.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>

namespace {

using namespace resmon;
using namespace resmon::cli;

/// Help is in the person's language, so the language is looked for before anything is parsed.
Language language_wished(int count, char** words) {
    for (int word = 1; word < count; ++word) {
        const std::string_view option{words[word]};
        if (option == "--lang" && word + 1 < count) return language_from_locale(words[word + 1]);
        if (option.starts_with("--lang=")) return language_from_locale(option.substr(7));
    }
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* locale = std::getenv(name); locale != nullptr && *locale != '\0')
            return language_from_locale(locale);
    return Language::german;
}

class CommandLine {
public:
    explicit CommandLine(Language language) : language_{language}, app_{text("help.program"), "resmon"} {
        options_.language = language;
        options_.data_directory = default_data_directory();
        app_.option_defaults()->group(text("help.label.options"));
        app_.set_version_flag("--version", fmt::format("resmon {}", program_version), text("help.version"));
        app_.set_help_flag("-h,--help", text("help.help"));
        app_.require_subcommand(1);
        app_.fallthrough();
        for (const auto& [label, key] : {std::pair{"Usage", "help.label.usage"},
                                         {"OPTIONS", "help.label.options"},
                                         {"SUBCOMMAND", "help.label.command"},
                                         {"REQUIRED", "help.label.required"},
                                         {"Positionals", "help.label.arguments"}})
            app_.get_formatter()->label(label, text(key));
        add_shared_options();
        add_server_settings();
        add_outage_words(app_, adding(), options_, outage_);
        add_catalogue_commands();
        add_store_commands();
        add_account_commands();
        add_other_commands();
        add_transport_commands();
        add_wave_words(app_, adding(), options_, wave_);
    }

    int run(int count, char** words) {
        const std::vector<std::string> given{words + 1, words + count};
        std::vector<std::string> all = words_of_settings(given);
        all.insert(all.end(), given.begin(), given.end());
        std::ranges::reverse(all);  // CLI11 takes them from the back
        try {
            app_.parse(std::move(all));
        } catch (const CLI::ParseError& error) {
            if (error.get_exit_code() == 0) return app_.exit(error);
            throw InputError{said(error)};
        }
        if (options_.format == Format::pdf && !app_.got_subcommand("profile")) throw InputError{text("error.no-pdf")};
        if ((options_.randomisations > 0 || options_.error > 0) && app_.get_option("--replications")->count() == 0)
            options_.replications = forecast::usual_courses_of_points;
        // Of a model file single courses are wanted too; everything else tells ranges, which fewer do not give.
        if (options_.replications < 10 && outage_.simulate.model.empty()) throw InputError{text("error.few-courses")};
        if (!catalogue_directory_.empty()) options_.catalogue_directory = catalogue_directory_;
        if (!output_.empty()) options_.output = output_;
        options_.sign_on.idle = std::chrono::minutes{idle_minutes_};
        options_.sign_on.longest = std::chrono::hours{session_hours_};
        for (const std::string& role : second_factor_roles_) options_.sign_on.second_factor_for.insert(role_from(role));
        set_up_log(options_);
        tell_settings();
        return chosen_();
    }

private:
    /// What file and environment set, as words before those of the command line, unless it sets them itself.
    [[nodiscard]] std::vector<std::string> words_of_settings(const std::vector<std::string>& given) {
        const auto names = [](const std::string& word, const std::string& option) {
            return word == option || word.starts_with(option + "=");
        };
        std::filesystem::path wished;
        for (std::size_t word = 0; word < given.size(); ++word) {
            if (given[word] == "--config" && word + 1 < given.size()) wished = given[word + 1];
            if (given[word].starts_with("--config=")) wished = given[word].substr(std::string{"--config="}.size());
        }
        std::map<std::string, SettingValue> found = settings_of_environment();
        if (const auto file = settings_file(wished)) found.merge(settings_in(*file));
        std::vector<std::string> words;
        for (const auto& [name, value] : found) {
            const std::string option = "--" + name;
            if (std::ranges::any_of(given, [&](const std::string& word) { return names(word, option); })) continue;
            origins_[name] = value.origin;
            for (const std::string& one : value.values) words.push_back(option + "=" + one);
        }
        return words;
    }

    void tell_settings() {
        for (const Setting& setting : settings()) {
            const CLI::Option* option = app_.get_option("--" + std::string{setting.name});
            const std::string name{setting.name};
            std::string value = fmt::format("{}", fmt::join(option->results(), ", "));
            if (value.empty()) value = name == "data" ? options_.data_directory.string() : option->get_default_str();
            if (name == "database" && !value.empty()) value = options_.location().name();
            const auto origin = origins_.find(name);
            options_.told_settings.push_back(
                {name, value,
                 origin != origins_.end() ? origin->second
                 : option->count() > 0    ? "flag --" + name
                                          : std::string{},
                 setting.unit.empty() ? std::string{} : text("unit." + std::string{setting.unit})});
        }
    }

    [[nodiscard]] std::string text(std::string_view key) const { return program_text(key, language_); }

    /// What CLI11 says in English; its commonest sentences in the person's language.
    [[nodiscard]] std::string said(const CLI::ParseError& error) const {
        const std::string what = error.what();
        const std::size_t colon = what.find(": ");
        if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && colon != std::string::npos)
            return program_text("error.unknown-word", language_, {{"words", what.substr(colon + 2)}});
        if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
            if (what.starts_with("A subcommand")) return text("error.no-command");
            return program_text("error.missing-word", language_, {{"word", what.substr(0, what.find(" is required"))}});
        }
        return program_text("error.command-line", language_, {{"what", what}});
    }

    CLI::App* command(CLI::App& parent, const std::string& name, const std::function<int()>& action) {
        CLI::App* added =
            parent.add_subcommand(name, text("help." + (&parent == &app_ ? name : parent.get_name() + "-" + name)));
        added->set_help_flag("-h,--help", text("help.help"));
        added->group(text("help.label.commands"));
        added->fallthrough();
        if (action) added->callback([this, action] { chosen_ = action; });
        return added;
    }

    AddCommand adding() {
        return [this](CLI::App& parent, const char* name, const auto& action) { return command(parent, name, action); };
    }

    void add_shared_options() {
        const std::map<std::string, Format> formats{
            {"table", Format::table}, {"json", Format::json}, {"csv", Format::csv}, {"pdf", Format::pdf}};
        app_.add_option("--data", options_.data_directory, text("help.data"))->type_name("DIR");
        app_.add_option("--config", config_file_, text("help.config-file"))->type_name("FILE");
        app_.add_option("--database", options_.database, text("help.database"))->type_name("URL");
        app_.add_option("--key-file", options_.key_file, text("help.key-file"))->type_name("FILE");
        app_.add_option("--catalogue", catalogue_directory_, text("help.catalogue-directory"))->type_name("DIR");
        app_.add_option("--lang", lang_, text("help.lang"))
            ->check(CLI::IsMember({"de", "en"}).description(""))
            ->type_name("de|en");
        app_.add_option("--seed", options_.seed, text("help.seed"))->type_name("N");
        app_.add_option("--replications", options_.replications, text("help.replications"))
            ->check(CLI::Range(1, 1'000'000).description(""))
            ->type_name("N");
        app_.add_option("--threads", options_.threads, text("help.threads"))
            ->check(CLI::Range(0, 1024).description(""))
            ->type_name("N");
        app_.add_option("--format", options_.format, text("help.format"))
            ->transform(CLI::CheckedTransformer(formats).description(""))
            ->type_name("table|json|csv|pdf");
        app_.add_option("--output", output_, text("help.output"))->type_name("FILE");
        app_.add_flag("--quiet", options_.quiet, text("help.quiet"));
    }

    void add_catalogue_commands() {
        CLI::App* catalogue = command(app_, "catalogue", nullptr);
        catalogue->require_subcommand(1);
        CLI::App* check = command(*catalogue, "check", [this] { return check_catalogue(options_, checked_folder_); });
        check->add_option("folder", checked_folder_, text("help.checked-folder"));

        CLI::App* scenario = command(app_, "scenario", nullptr);
        scenario->require_subcommand(1);
        CLI::App* shown = command(*scenario, "show", [this] { return show_scenario(options_, shown_scenario_); });
        shown->add_option("scenario", shown_scenario_, text("help.scenario-id"))->required();
        CLI::App* written = command(*scenario, "check", [this] { return check_scenario(options_, checked_scenario_); });
        written->add_option("file", checked_scenario_, text("help.scenario-file"))->required();

        add_questionnaire_words(app_, adding(), options_, asked_);

        CLI::App* registers = command(app_, "register", nullptr);
        registers->require_subcommand(1);
        CLI::App* import = command(*registers, "import", [this] { return import_register(options_, import_); });
        import->add_option("file", import_.file, text("help.register-file"))->required();
        import->add_option("--source", import_.source, text("help.register-source"))->required()->type_name("TEXT");
        import->add_option("--as-of", import_.as_of, text("help.register-as-of"))->required()->type_name("YYYY-MM-DD");
    }

    void add_other_commands() {
        CLI::App* served = command(app_, "serve", [this] { return cli::serve(options_, serve_); });
        served->add_flag("--local", serve_.local, text("help.local"));

        command(app_, "doctor", [this] { return cli::doctor(options_); });
        CLI::App* config = command(app_, "config", nullptr);
        config->require_subcommand(1);
        command(*config, "show", [this] { return show_config(options_); });
        command(*config, "check", [this] { return check_config(options_); });
        command(app_, "permissions", [this] { return print_permissions(options_); });
        CLI::App* profile = command(app_, "profile", [this] { return show_profile(options_, body_); });
        profile->add_option("--body", body_, text("help.body"))->required()->type_name("KEY");
        command(app_, "demo", [this] { return make_demo(options_); });

        CLI::App* bench = command(app_, "bench", [this] { return bench_signature(options_); });
        bench->add_flag("--signature", signature_, text("help.signature"))->required();
    }

    /// Every name here stands in the list of settings.cpp too: file and environment may set it.
    void add_server_settings() {
        const auto add = [this](const char* name, auto& value, const char* type) {
            return app_.add_option(std::string{"--"} + name, value, text(std::string{"help."} + name))
                ->type_name(type)
                ->group(text("help.label.settings"));
        };
        constexpr int most_minutes = 24 * 60;
        constexpr int most_days = 36'500;
        add("address", serve_.address, "IP")->capture_default_str();
        add("port", serve_.port, "N")->capture_default_str();
        add("host", serve_.hosts, "NAME")->allow_extra_args(false);
        add("behind-proxy", serve_.proxies, "CIDR")->allow_extra_args(false);
        add("tls-cert", serve_.tls_certificate, "FILE");
        add("tls-key", serve_.tls_key, "FILE");
        add("session-idle-minutes", idle_minutes_, "N")
            ->capture_default_str()
            ->check(CLI::Range(1, most_minutes).description(""));
        add("session-hours", session_hours_, "N")->capture_default_str()->check(CLI::Range(1, 168).description(""));
        add("second-factor-roles", second_factor_roles_, "ROLE")->allow_extra_args(false);
        add("device-days", options_.sign_on.device_days, "N")
            ->capture_default_str()
            ->check(CLI::Range(0, 90).description(""));
        sign_on::Retention& retention = options_.retention;
        for (const auto& [name, days] : {std::pair{"retention-sessions-days", &retention.sessions},
                                         {"retention-sign-in-tries-days", &retention.sign_in_tries},
                                         {"retention-links-days", &retention.links},
                                         {"retention-audit-days", &retention.audit},
                                         {"backup-age-days", &options_.backup_age_days}})
            add(name, *days, "N")->capture_default_str()->check(CLI::Range(0, most_days).description(""));
        add("public-url", options_.public_url, "URL");
        add("smtp-url", options_.smtp.url, "URL");
        add("smtp-from", options_.smtp.from, "ADDRESS");
        add("smtp-user", options_.smtp.user, "NAME");
        add("smtp-password-file", options_.smtp_password_file, "FILE");
        add("smtp-ca", options_.smtp.certificates, "FILE");
        add("log-format", options_.log_format, "plain|json")
            ->capture_default_str()
            ->check(CLI::IsMember({"plain", "json"}).description(""));
        add("log-level", options_.log_level, "LEVEL")
            ->capture_default_str()
            ->check(CLI::IsMember({"debug", "info", "warning", "error"}).description(""));
    }

    void add_transport_commands() {
        CLI::App* tls = command(app_, "tls", nullptr);
        tls->require_subcommand(1);
        CLI::App* made = command(*tls, "new", [this] { return new_tls(options_, new_tls_); });
        made->add_option("--host", new_tls_.hosts, text("help.tls-host"))->required()->type_name("NAME");
        made->add_option("--output", new_tls_.folder, text("help.tls-output"))->required()->type_name("DIR");
        made->add_option("--ca", new_tls_.authority, text("help.tls-ca"))->type_name("DIR");
    }

    void add_store_commands() {
        CLI::App* backup = command(app_, "backup", [this] { return back_up(options_, backup_); });
        CLI::App* restored = command(app_, "restore", [this] { return restore(options_, backup_); });
        CLI::App* exported = command(app_, "export", [this] { return export_rows(options_, backup_); });
        CLI::App* imported = command(app_, "import", [this] { return import_rows(options_, backup_); });
        for (CLI::App* one : {backup, restored, exported, imported}) {
            one->add_option("file", backup_.file, text("help.archive"))->required();
            one->add_option("--passphrase-file", backup_.passphrase_file, text("help.passphrase-file"))
                ->type_name("FILE");
        }
        for (CLI::App* one : {backup, exported}) one->add_flag("--encrypt", backup_.encrypt, text("help.encrypt"));
        backup->add_flag("--with-key", backup_.with_key, text("help.with-key"));
        exported->add_option("--organisation", backup_.organisation, text("help.export-organisation"))
            ->type_name("KEY");

        CLI::App* key = command(app_, "key", nullptr);
        key->require_subcommand(1);
        command(*key, "rotate", [this] { return rotate_key(options_); });
        CLI::App* migrated = command(app_, "migrate", [this] { return migrate(options_, is_dry_run_); });
        migrated->add_flag("--dry-run", is_dry_run_, text("help.dry-run"));
    }

    void add_account_commands() {
        CLI::App* user = command(app_, "user", nullptr);
        user->require_subcommand(1);
        CLI::App* add = command(*user, "add", [this] { return add_user(options_, user_); });
        CLI::App* disable = command(*user, "disable", [this] { return disable_user(options_, user_); });
        CLI::App* password = command(*user, "password", [this] { return set_user_password(options_, user_); });
        CLI::App* reset =
            command(*user, "reset-second-factor", [this] { return reset_user_second_factor(options_, user_); });
        command(*user, "list", [this] { return list_users(options_); });
        for (CLI::App* one : {add, disable, password, reset})
            one->add_option("login", user_.login, text("help.login"))->required();
        for (CLI::App* one : {add, password})
            one->add_option("--password-file", user_.password_file, text("help.password-file"))->type_name("FILE");
        add->add_option("--name", user_.name, text("help.name"))->type_name("TEXT");
        add->add_option("--role", user_.role, text("help.role"))->required()->type_name("ROLE");
        add->add_option("--organisation", user_.organisation, text("help.organisation-key"))->type_name("KEY");

        CLI::App* organisation = command(app_, "organisation", nullptr);
        organisation->require_subcommand(1);
        CLI::App* added = command(*organisation, "add", [this] { return add_organisation(options_, organisation_); });
        added->add_option("id", organisation_.id, text("help.organisation-id"))->required();
        added->add_option("--kind", organisation_.kind, text("help.organisation-kind"))->required()->type_name("KIND");
        added->add_option("--name", organisation_.name, text("help.name"))->type_name("TEXT");
        added->add_option("--member", organisation_.members, text("help.member"))
            ->type_name("KEY")
            ->allow_extra_args(false);

        CLI::App* audit = command(app_, "audit", nullptr);
        audit->require_subcommand(1);
        CLI::App* verify = command(*audit, "verify", [this] { return verify_audit(options_, anchor_); });
        verify->add_option("--anchor", anchor_, text("help.anchor"))->type_name("LINE");
        CLI::App* exported = command(*audit, "export", [this] { return export_audit(options_, audit_format_); });
        exported->add_option("--as", audit_format_, text("help.audit-format"))
            ->capture_default_str()
            ->type_name("csv|jsonl");
    }

    Language language_;
    CLI::App app_;
    Options options_;
    std::string lang_;
    std::string catalogue_directory_;
    std::string output_;
    std::filesystem::path checked_folder_;
    std::filesystem::path checked_scenario_;
    std::string shown_scenario_;
    std::string body_;
    OutageWish outage_;
    ServeCommand serve_;
    NewTls new_tls_;
    UserWish user_;
    OrganisationWish organisation_;
    BackupCommand backup_;
    bool is_dry_run_ = false;
    std::string anchor_;
    std::string audit_format_ = "csv";
    QuestionnaireWish asked_;
    RegisterImport import_;
    bool signature_ = false;
    WaveWish wave_;
    std::string config_file_;
    std::map<std::string, std::string> origins_;  ///< of settings that file or environment set
    int idle_minutes_ = 30;
    int session_hours_ = 12;
    std::vector<std::string> second_factor_roles_;
    std::function<int()> chosen_;
};

}  // namespace

int main(int count, char** words) {
    spdlog::set_default_logger(spdlog::stderr_color_mt("resmon"));
    const Language language = language_wished(count, words);
    const auto say = [](std::string_view sentence) { fmt::print(stderr, "{}\n", sentence); };
    try {
        return CommandLine{language}.run(count, words);
    } catch (const InputError& error) {
        say(error.in(language));
        return exit_input;
    } catch (const NotFound& error) {
        say(error.in(language));
        return exit_input;
    } catch (const Conflict& error) {
        say(error.in(language));
        return exit_input;
    } catch (const Forbidden& error) {
        say(program_text("problem." + http::problem_type(error.why), language));
        return exit_input;
    } catch (const Unavailable& error) {
        say(error.in(language));
        return error.why == Unavailable::Why::damaged ? exit_damage : exit_internal;
    } catch (const std::exception& bug) {
        say(program_text("error.internal", language, {{"what", bug.what()}}));
        return exit_internal;
    }
}
