#include "cli/catalogue_in_use.hpp"

#include "cli/file_content.hpp"
#include "scenarios/scenario_text.hpp"

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

WishedScenario scenario_wished(const std::string& word) {
    if (!word.ends_with(".yaml") && !word.ends_with(".yml")) return {.id = {word}};
    std::string text = content_of_file(word);
    return {.id = scenarios::id_of(text), .text = text, .file = word};
}

catalogue::Catalogue catalogue_of(const catalogue::CatalogueFiles& files, const WishedScenario& scenario) {
    catalogue::Catalogue catalogue = catalogue::catalogue_from(files);
    return scenario.file.empty() ? catalogue : scenarios::catalogue_with(catalogue, scenario.text, scenario.file);
}

}  // namespace resmon::cli
