#include "cli/catalogue_in_use.hpp"

namespace resmon::cli {

std::filesystem::path imported_register_folder(const Options& options) { return options.data_directory / "imported"; }

catalogue::CatalogueFiles catalogue_files_in_use(const Options& options) {
    catalogue::CatalogueFiles files = options.catalogue_directory
                                          ? catalogue::catalogue_files_in(*options.catalogue_directory)
                                          : catalogue::shipped_catalogue_files();
    const std::filesystem::path imported = imported_register_folder(options);
    if (std::filesystem::is_directory(imported))
        for (auto& [path, content] : catalogue::catalogue_files_in(imported)) files[path] = std::move(content);
    return files;
}

catalogue::Catalogue catalogue_in_use(const Options& options) {
    return catalogue::catalogue_from(catalogue_files_in_use(options));
}

}  // namespace resmon::cli
