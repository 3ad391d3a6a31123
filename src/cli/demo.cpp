// resmon demo: an empty place filled with clearly synthetic organisations and people of every role.
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/installation.hpp"
#include "cli/terminal.hpp"
#include "demo/synthetic_waves.hpp"
#include "secrets/digest.hpp"
#include "storage/location.hpp"

#include <fmt/format.h>

#include <array>
#include <set>

namespace resmon::cli {

namespace {

using accounts::OrganisationKind;

struct DemoOrganisation {
    const char* id;
    OrganisationKind kind;
    const char* name;
    const char* member_of;
};
// Names that no real organisation has, and keys of no district: a demonstration says nothing about a real town.
constexpr std::array<DemoOrganisation, 5> organisations{
    {{"059990001000", OrganisationKind::municipality, "Musterstadt (synthetisch)", "demo-koordinierung"},
     {"059990002000", OrganisationKind::municipality, "Beispielhausen (synthetisch)", "demo-koordinierung"},
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
     {"demo-verwaltung", "Vera Verwaltung (synthetisch)", "059990001000", Role::organisation_administrator},
     {"demo-bearbeitung", "Bernd Bearbeitung (synthetisch)", "059990001000", Role::editor},
     {"demo-beitrag", "Beate Beitrag (synthetisch)", "059990001000", Role::contributor},
     {"demo-lesend", "Lena Lesend (synthetisch)", "059990001000", Role::viewer},
     {"demo-koordination", "Kai Koordination (synthetisch)", "demo-koordinierung", Role::coordinator},
     {"demo-forschung", "Fee Forschung (synthetisch)", "demo-forschung", Role::researcher},
     {"demo-pruefung", "Paul Prüfung (synthetisch)", "", Role::auditor}}};

void require_empty(Installation& installation, const Options& options) {
    if (!installation.accounts.is_set_up_needed())
        throw Conflict{program_text("demo.not-empty", options.language, {{"place", options.location().name()}})};
}

/// The register of this installation alone, with the towns at its end.
void add_towns_to_register(const Options& options, const std::vector<demo::Town>& towns) {
    const catalogue::CatalogueFiles files = catalogue_files_in_use(options);
    const std::filesystem::path folder = imported_register_folder(options) / "register";
    storage::prepare_folder(options.data_directory);
    std::filesystem::create_directories(folder);
    write_file(folder / "municipalities.csv", demo::with_towns(files.at("register/municipalities.csv"), towns));
    write_file(folder / "source.yaml", files.at("register/source.yaml"));
}

void add_organisations(Installation& installation, const Principal& who, const std::vector<demo::Town>& towns) {
    std::set<std::string> known;
    for (const DemoOrganisation& one : organisations) {
        installation.accounts.add_organisation(who, {.id = {one.id}, .kind = one.kind, .name = one.name});
        known.insert(one.id);
    }
    for (const demo::Town& town : towns)
        if (!known.contains(town.key.text()))
            installation.accounts.add_organisation(
                who, {.id = {town.key.text()}, .kind = OrganisationKind::municipality, .name = town.name});
    for (const DemoOrganisation& one : organisations)
        if (one.member_of != nullptr) installation.accounts.add_member(who, {one.member_of}, {one.id});
}

demo::HandedIn hold_waves(Installation& installation, const catalogue::Catalogue& catalogue,
                          const catalogue::CatalogueFiles& files, const std::vector<demo::Town>& towns) {
    survey::Survey survey{installation.database,          installation.audit, installation.sealing, catalogue, files,
                          &std::chrono::system_clock::now};
    const waves::Means means{installation.accounts, installation.sealing, catalogue};
    waves::Waves waves{means};
    waves::Invitations invitations{means, survey};
    return demo::hold_waves(at_the_command_line(), {waves, invitations, survey}, {"demo-forschung"}, means.today(),
                            towns);
}

}  // namespace

int make_demo(const Options& options) {
    const std::vector<demo::Town> towns = demo::towns();
    {
        const catalogue::Catalogue shipped = catalogue_in_use(options);
        Installation empty{options, shipped.bodies};
        require_empty(empty, options);
    }
    add_towns_to_register(options, towns);
    const catalogue::CatalogueFiles files = catalogue_files_in_use(options);
    const catalogue::Catalogue catalogue = catalogue::catalogue_from(files);
    Installation installation{options, catalogue.bodies};
    const Principal who = at_the_command_line();
    add_organisations(installation, who, towns);
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
    installation.accounts.share(who, {"059990001000"}, accounts::Shareable::forecasts, {"demo-koordinierung"});
    const demo::HandedIn handed_in = hold_waves(installation, catalogue, files, towns);
    write_output(
        options,
        text("demo.made") + "\n" +
            program_text("demo.waves", options.language,
                         {{"towns", static_cast<double>(towns.size())},
                          {"first", static_cast<double>(handed_in.first)},
                          {"second", static_cast<double>(handed_in.second)}}) +
            "\n\n" +
            text_table(
                {{text("user.login")}, {text("user.password")}, {text("user.roles")}, {text("user.organisation")}},
                rows));
    return exit_done;
}

}  // namespace resmon::cli
