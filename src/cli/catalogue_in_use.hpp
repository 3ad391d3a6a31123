// The catalogue that a command works with: shipped or from a folder, with the register that was imported, if any.
#pragma once

#include "cli/options.hpp"
#include "reading/catalogue_reader.hpp"

namespace resmon::cli {

/// Files that `resmon register import` put beside the database take the place of those of the catalogue.
[[nodiscard]] catalogue::CatalogueFiles catalogue_files_in_use(const Options& options);

/// Throws InputError with every fault. A catalogue that is not the shipped one is checked against its schemas too.
[[nodiscard]] catalogue::Catalogue catalogue_in_use(const Options& options);

/// What `--scenario` names: a scenario of the catalogue by its id, or a file that ends in .yaml or .yml.
struct WishedScenario {
    ScenarioId id;
    std::string text = {};  ///< of a file
    std::string file = {};  ///< empty: of the catalogue
};

/// Throws InputError if the file cannot be read.
[[nodiscard]] WishedScenario scenario_wished(const std::string& word);

/// The catalogue of these files, which knows the file's scenario too. Throws InputError with every fault of it.
[[nodiscard]] catalogue::Catalogue catalogue_of(const catalogue::CatalogueFiles& files, const WishedScenario& scenario);

/// Where an imported register lies.
[[nodiscard]] std::filesystem::path imported_register_folder(const Options& options);

}  // namespace resmon::cli
