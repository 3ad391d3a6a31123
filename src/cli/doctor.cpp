// resmon doctor: what is missing on this machine, and what to do.
#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/version.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/findings.hpp"
#include "cli/terminal.hpp"
#include "storage/connection.hpp"
#include "storage/damage.hpp"
#include "storage/key_rotation.hpp"
#include "storage/migrate.hpp"
#include "storage/sealing_keys.hpp"

#include <fmt/format.h>
#include <sys/timex.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

namespace resmon::cli {

namespace {

namespace fs = std::filesystem;

void look_at_catalogue(const Options& options, Findings& findings) {
    try {
        findings.ok("doctor.catalogue", {{"version", catalogue_in_use(options).version}});
    } catch (const InputError& error) {
        findings.damage("doctor.catalogue-faulty", {{"faults", error.in(options.language)}});
    }
}

void look_at_data(const Options& options, Findings& findings) {
    const fs::path& folder = options.data_directory;
    const std::string path = folder.string();
    if (!fs::exists(folder)) {
        findings.ok("doctor.data-new", {{"path", path}});
        return;
    }
    if (::access(folder.c_str(), W_OK) == 0)
        findings.ok("doctor.data", {{"path", path}});
    else
        findings.damage("doctor.data-closed", {{"path", path}});
    constexpr fs::perms others = fs::perms::group_all | fs::perms::others_all;
    if ((fs::status(folder).permissions() & others) != fs::perms::none) findings.hint("doctor.open", {{"path", path}});

    constexpr double enough_megabytes = 200;
    const double megabytes = static_cast<double>(fs::space(folder).available) / 1e6;
    if (megabytes < enough_megabytes)
        findings.hint("doctor.disk-full", {{"megabytes", megabytes}});
    else
        findings.ok("doctor.disk", {{"megabytes", std::floor(megabytes)}});
}

void look_at_schema(storage::Connection& connection, Findings& findings) {
    const int found = storage::schema_of(connection.sql());
    const auto newest = static_cast<int>(storage::shipped_migration_list().size());
    const std::vector<TextArgument> arguments{{"found", static_cast<double>(found)},
                                              {"newest", static_cast<double>(newest)}};
    if (found == newest)
        findings.ok("doctor.schema", arguments);
    else if (found < newest)
        findings.hint("doctor.schema-older", arguments);
    else
        findings.damage("doctor.schema-newer", arguments);
}

void look_at_backup(storage::Connection& connection, const Options& options, Findings& findings) {
    if (options.backup_age_days == 0 ||
        storage::schema_of(connection.sql()) != static_cast<int>(storage::shipped_migration_list().size()))
        return;
    std::string newest;
    soci::indicator is_there = soci::i_null;
    connection.sql() << "SELECT MAX(made_at) FROM backup_made", soci::into(newest, is_there);
    const auto due = std::chrono::system_clock::now() - std::chrono::days{options.backup_age_days};
    if (is_there == soci::i_ok && instant_from(newest) >= due)
        findings.ok("doctor.backup", {{"at", newest}});
    else
        findings.hint("operation.backup-is-old", {{"days", static_cast<double>(options.backup_age_days)}});
}

void look_at_sealed(storage::Connection& connection, const Options& options, Findings& findings) {
    if (storage::schema_of(connection.sql()) != static_cast<int>(storage::shipped_migration_list().size())) return;
    const fs::path file = storage::key_place(options.data_directory, options.key_file).file;
    try {
        const auto missing = storage::missing_keys(connection.sql(), storage::read_sealing_keys(file));
        if (!missing.empty())
            findings.damage("doctor.key-missing",
                            {{"keys", fmt::format("{}", fmt::join(missing, ", "))}, {"path", file.string()}});
    } catch (const InputError& fault) {
        findings.damage("doctor.key-faulty", {{"what", fault.in(options.language)}});
    } catch (const Unavailable& fault) {
        findings.damage("doctor.key-faulty", {{"what", fault.in(options.language)}});
    }
}

/// Only looks: nothing is created or brought up to date.
void look_at_database(const Options& options, Findings& findings) {
    const storage::Location location = options.location();
    const bool is_file = location.engine() == storage::Engine::sqlite;
    if (is_file && !fs::exists(location.file())) return;
    try {
        const std::string damage = is_file ? storage::damage_of(location.file()) : std::string{};
        if (!damage.empty()) {
            findings.damage("doctor.database-damaged", {{"path", location.name()}, {"what", damage}});
            return;
        }
        storage::Connection connection{location};
        findings.ok("doctor.database", {{"path", location.name()}});
        look_at_schema(connection, findings);
        look_at_backup(connection, options, findings);
        look_at_sealed(connection, options, findings);
    } catch (const WordedError& fault) {
        findings.damage("doctor.database-closed", {{"path", location.name()}, {"what", fault.in(options.language)}});
    } catch (const std::exception& fault) {
        const Unavailable told = storage::unavailable_from(fault, location);
        findings.damage("doctor.database-closed", {{"path", location.name()}, {"what", told.in(options.language)}});
    }
}

void look_at_key(const Options& options, Findings& findings) {
    const storage::KeyPlace place = storage::key_place(options.data_directory, options.key_file);
    if (!fs::exists(place.file)) return;
    constexpr fs::perms others = fs::perms::group_all | fs::perms::others_all;
    if ((fs::status(place.file).permissions() & others) != fs::perms::none)
        findings.hint("doctor.key-open", {{"path", place.file.string()}});
    if (place.origin == storage::KeyOrigin::beside_data)
        findings.hint("operation.key-beside-data", {});
    else
        findings.ok("doctor.key", {{"path", place.file.string()}});
}

/// Deadlines, sessions and codes of second factors need the right time.
void look_at_clock(Findings& findings) {
    timex state{};
    if (adjtimex(&state) == TIME_ERROR)
        findings.hint("doctor.clock-free", {});
    else
        findings.ok("doctor.clock", {});
}

/// A program outside of ours: what it is for, and the Debian package that brings it.
struct Tool {
    const char* program;
    const char* package;
    const char* purpose;  ///< key of the text
};
constexpr std::array<Tool, 2> tools{
    {{"weasyprint", "weasyprint", "doctor.for-pdf"}, {"gnuplot", "gnuplot-nox", "doctor.for-plots"}}};

bool is_installed(std::string_view program) {
    const char* folders = std::getenv("PATH");
    std::istringstream path{folders == nullptr ? "" : folders};
    for (std::string folder; std::getline(path, folder, ':');)
        if (::access((fs::path{folder} / program).c_str(), X_OK) == 0) return true;
    return false;
}

void look_at_tools(const Options& options, Findings& findings) {
    for (const Tool& tool : tools) {
        const std::string purpose = program_text(tool.purpose, options.language);
        const std::vector<TextArgument> arguments{
            {"program", tool.program}, {"package", tool.package}, {"purpose", purpose}};
        if (is_installed(tool.program))
            findings.ok("doctor.tool", arguments);
        else
            findings.hint("doctor.tool-missing", arguments);
    }
}

}  // namespace

int doctor(const Options& options) {
    Findings findings{options};
    findings.ok("doctor.version", {{"version", program_version}});
    look_at_catalogue(options, findings);
    look_at_data(options, findings);
    look_at_database(options, findings);
    look_at_key(options, findings);
    look_at_clock(findings);
    look_at_tools(options, findings);
    write_output(options, options.format == Format::json ? findings.as_json() : findings.as_text());
    return findings.damaged() ? exit_damage : exit_done;
}

}  // namespace resmon::cli
