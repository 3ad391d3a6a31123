// The catalogue that a command works with: shipped or from a folder, with the register that was imported, if any.
#pragma once

#include "cli/options.hpp"
#include "reading/catalogue_reader.hpp"

namespace resmon::cli {

/// Files that `resmon register import` put beside the database take the place of those of the catalogue.
[[nodiscard]] catalogue::CatalogueFiles catalogue_files_in_use(const Options& options);

/// Throws InputError with every fault. A catalogue that is not the shipped one is checked against its schemas too.
[[nodiscard]] catalogue::Catalogue catalogue_in_use(const Options& options);

/// Where an imported register lies.
[[nodiscard]] std::filesystem::path imported_register_folder(const Options& options);

}  // namespace resmon::cli
