// resmon catalogue check, resmon scenario: is a catalogue, is a scenario in order, and what to begin one with.
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/file_content.hpp"
#include "cli/terminal.hpp"
#include "reading/catalogue_reader.hpp"
#include "scenarios/scenario_text.hpp"

namespace resmon::cli {

int check_catalogue(const Options& options, const std::filesystem::path& folder) {
    const catalogue::Catalogue catalogue =
        folder.empty() ? catalogue_in_use(options) : catalogue::catalogue_from(catalogue::catalogue_files_in(folder));
    if (!options.quiet)
        write_output(options, program_text("catalogue.in-order", options.language,
                                           {{"version", catalogue.version},
                                            {"services", static_cast<double>(catalogue.services.size())},
                                            {"resources", static_cast<double>(catalogue.resources.size())},
                                            {"scenarios", static_cast<double>(catalogue.scenarios.size())},
                                            {"regions", static_cast<double>(catalogue.regions.size())},
                                            {"incidents", static_cast<double>(catalogue.incidents.size())},
                                            {"bodies", static_cast<double>(catalogue.bodies.bodies().size())}}) +
                                  "\n");
    return exit_done;
}

int check_scenario(const Options& options, const std::filesystem::path& file) {
    const std::string text = content_of_file(file);
    const catalogue::Catalogue catalogue = scenarios::catalogue_with(catalogue_in_use(options), text, file.string());
    if (!options.quiet)
        write_output(options,
                     program_text("scenario.in-order", options.language,
                                  {{"name", catalogue.scenario(scenarios::id_of(text)).name.in(options.language)}}) +
                         "\n");
    return exit_done;
}

int show_scenario(const Options& options, const std::string& id) {
    const catalogue::CatalogueFiles files = catalogue_files_in_use(options);
    const ScenarioId known = catalogue::catalogue_from(files).scenario({id}).id;
    write_output(options, files.at("scenarios/" + known.value + ".yaml"));
    return exit_done;
}

}  // namespace resmon::cli
