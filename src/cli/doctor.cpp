// resmon doctor: what is missing on this machine, and what to do.
#include "base/error.hpp"
#include "base/version.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "storage/damage.hpp"

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

class Findings {
public:
    explicit Findings(const Options& options) : options_{options} {}

    void ok(std::string_view key, const std::vector<TextArgument>& arguments) { add("doctor.ok", key, arguments); }
    void hint(std::string_view key, const std::vector<TextArgument>& arguments) { add("doctor.hint", key, arguments); }
    void damage(std::string_view key, const std::vector<TextArgument>& arguments) {
        add("doctor.damage", key, arguments);
        damaged_ = true;
    }

    [[nodiscard]] bool damaged() const noexcept { return damaged_; }
    [[nodiscard]] std::string as_text() const { return text_table({{""}, {""}}, rows_); }

private:
    void add(std::string_view grade, std::string_view key, const std::vector<TextArgument>& arguments) {
        rows_.push_back({program_text(grade, options_.language), program_text(key, options_.language, arguments)});
    }

    const Options& options_;
    std::vector<std::vector<std::string>> rows_;
    bool damaged_ = false;
};

void look_at_catalogue(const Options& options, Findings& findings) {
    try {
        findings.ok("doctor.catalogue", {{"version", catalogue_in_use(options).version}});
    } catch (const InputError& error) {
        findings.damage("doctor.catalogue-faulty", {{"faults", error.what()}});
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

void look_at_database(const Options& options, Findings& findings) {
    const fs::path file = options.data_directory / "resmon.db";
    if (!fs::exists(file)) return;
    const std::string damage = storage::damage_of(file);
    if (damage.empty())
        findings.ok("doctor.database", {{"path", file.string()}});
    else
        findings.damage("doctor.database-damaged", {{"path", file.string()}, {"what", damage}});
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
    look_at_tools(options, findings);
    write_output(options, findings.as_text());
    return findings.damaged() ? exit_damage : exit_done;
}

}  // namespace resmon::cli
