// Options that all subcommands share.
#pragma once

#include "base/text.hpp"
#include "cli/settings.hpp"
#include "mail/smtp.hpp"
#include "sign_on/retention.hpp"
#include "sign_on/sign_on.hpp"
#include "storage/location.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace resmon::cli {

enum class Format { table, json, csv, pdf };

struct Options {
    std::filesystem::path data_directory;  ///< holds resmon.db; created on first use
    std::string database;                  ///< `postgresql://…`; empty = SQLite
    std::filesystem::path key_file;        ///< of sealed columns; empty = as storage/sealing_keys.hpp
    sign_on::Limits sign_on;
    sign_on::Retention retention;
    int backup_age_days = 7;  ///< older than that, the doctor asks for a new one; 0 = never
    mail::SmtpServer smtp;    ///< its password lies in the next; read when it is needed
    std::filesystem::path smtp_password_file;
    std::string public_url;  ///< where the pages are, for links in letters
    std::string log_format = "plain";
    std::string log_level = "info";
    std::vector<ToldSetting> told_settings;
    std::optional<std::filesystem::path> catalogue_directory;  ///< none = the shipped catalogue
    Language language = Language::german;
    std::uint64_t seed = 1;
    std::uint32_t replications = 1000;
    std::uint32_t randomisations = 0;  ///< of quasi-random points; 0 = plain random numbers
    double error = 0;                  ///< per cent of the expected loss that its standard error may have; 0 = any
    unsigned threads = 0;              ///< 0 = all
    Format format = Format::table;
    std::optional<std::filesystem::path> output;  ///< none = standard output
    bool quiet = false;

    [[nodiscard]] storage::Location location() const { return {data_directory, database}; }
};

/// `$RESMON_DATA`, else `$XDG_DATA_HOME/resmon`, else `~/.local/share/resmon`.
[[nodiscard]] std::filesystem::path default_data_directory();

/// Exit codes that scripts rely on.
inline constexpr int exit_done = 0;
inline constexpr int exit_internal = 1;
inline constexpr int exit_input = 2;
inline constexpr int exit_damage = 3;

}  // namespace resmon::cli
