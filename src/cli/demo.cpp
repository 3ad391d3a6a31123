// resmon demo: an empty place filled with clearly synthetic organisations and people of every role.
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/installation.hpp"
#include "cli/terminal.hpp"
#include "secrets/digest.hpp"

#include <fmt/format.h>

#include <array>

namespace resmon::cli {

namespace {

using accounts::OrganisationKind;

struct DemoOrganisation {
    const char* id;
    OrganisationKind kind;
    const char* name;
    const char* member_of;
};
// Names that no real organisation has, and keys of no state: a demonstration says nothing about a real town.
constexpr std::array<DemoOrganisation, 5> organisations{
    {{"999900000001", OrganisationKind::municipality, "Musterstadt (synthetisch)", "demo-koordinierung"},
     {"999900000002", OrganisationKind::municipality, "Beispielhausen (synthetisch)", "demo-koordinierung"},
     {"demo-rechenzentrum", OrganisationKind::provider, "Rechenzentrum Muster (synthetisch)", nullptr},
     {"demo-koordinierung", OrganisationKind::coordination_office, "Koordinierungsstelle Muster (synthetisch)",
      nullptr},
     {"demo-forschung", OrganisationKind::survey_owner, "Forschung Muster (synthetisch)", nullptr}}};

struct DemoPerson {
    const char* login;
    const char* name;
    const char* organisation;
    Role role;
};
constexpr std::array<DemoPerson, 8> people{
    {{"demo-betrieb", "Bea Betrieb (synthetisch)", "", Role::installation_administrator},
     {"demo-verwaltung", "Vera Verwaltung (synthetisch)", "999900000001", Role::organisation_administrator},
     {"demo-bearbeitung", "Bernd Bearbeitung (synthetisch)", "999900000001", Role::editor},
     {"demo-beitrag", "Beate Beitrag (synthetisch)", "999900000001", Role::contributor},
     {"demo-lesend", "Lena Lesend (synthetisch)", "999900000001", Role::viewer},
     {"demo-koordination", "Kai Koordination (synthetisch)", "demo-koordinierung", Role::coordinator},
     {"demo-forschung", "Fee Forschung (synthetisch)", "demo-forschung", Role::researcher},
     {"demo-pruefung", "Paul Prüfung (synthetisch)", "", Role::auditor}}};

void require_empty(Installation& installation, const Options& options) {
    if (!installation.accounts.is_set_up_needed())
        throw Conflict{program_text("demo.not-empty", options.language, {{"place", options.location().name()}})};
}

}  // namespace

int make_demo(const Options& options) {
    const catalogue::Catalogue catalogue = catalogue_in_use(options);
    Installation installation{options, catalogue.bodies};
    require_empty(installation, options);
    const Principal who = at_the_command_line();
    for (const DemoOrganisation& one : organisations)
        installation.accounts.add_organisation(who, {.id = {one.id}, .kind = one.kind, .name = one.name});
    for (const DemoOrganisation& one : organisations)
        if (one.member_of != nullptr) installation.accounts.add_member(who, {one.member_of}, {one.id});

    constexpr std::size_t password_bytes = 12;
    const auto text = [&](const char* key) { return program_text(key, options.language); };
    std::vector<std::vector<std::string>> rows;
    for (const DemoPerson& one : people) {
        const std::string password = random_name(password_bytes);
        (void)installation.sign_on.add_person(
            who, {.login = one.login, .name = one.name, .membership = {{one.organisation}, one.role}},
            Secret{std::string{password}}, options.language);
        rows.push_back(
            {one.login, password, text(("role." + std::string{to_string(one.role)}).c_str()), one.organisation});
    }
    installation.accounts.share(who, {"999900000001"}, accounts::Shareable::forecasts, {"demo-koordinierung"});
    write_output(
        options,
        text("demo.made") + "\n\n" +
            text_table(
                {{text("user.login")}, {text("user.password")}, {text("user.roles")}, {text("user.organisation")}},
                rows));
    return exit_done;
}

}  // namespace resmon::cli
