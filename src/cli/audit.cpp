// resmon audit: the trail of who saw, changed and exported what, verified and written out.
#include "accounts/audit_text.hpp"
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/installation.hpp"
#include "cli/terminal.hpp"

namespace resmon::cli {

namespace {

Instant system_time() { return std::chrono::system_clock::now(); }

}  // namespace

int verify_audit(const Options& options, const std::string& anchor) {
    storage::Database database{options.location()};
    accounts::AuditTrail trail{database, server_name(options.data_directory), system_time};
    const accounts::Verdict verdict = trail.verify(anchor);
    const auto entries = static_cast<double>(verdict.entries);
    if (verdict.broken) {
        write_output(options, program_text("audit.broken", options.language, {{"what", *verdict.broken}}) + "\n");
        return exit_damage;
    }
    write_output(options, program_text("audit.intact", options.language, {{"entries", entries}}) + "\n" +
                              program_text("audit.anchor", options.language, {{"anchor", verdict.anchor}}) + "\n");
    return exit_done;
}

int export_audit(const Options& options, const std::string& format) {
    storage::Database database{options.location()};
    accounts::AuditTrail trail{database, server_name(options.data_directory), system_time};
    const Principal who = at_the_command_line();
    const std::string text = accounts::audit_text(trail.whole(who), accounts::audit_format_from(format));
    trail.note(who, {"audit-exported", "", format});
    write_output(options, text);
    return exit_done;
}

}  // namespace resmon::cli
