// Reads a catalogue: YAML files to checked values, every fault with its place.
#pragma once

#include "catalogue/catalogue.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace resmon::catalogue {

/// The files of a catalogue, path (with `/`, relative to its folder) → content. What is hashed, stored with runs, and
/// read.
using CatalogueFiles = std::map<std::string, std::string>;

[[nodiscard]] CatalogueFiles shipped_catalogue_files();
/// Throws InputError if the folder or a file cannot be read.
[[nodiscard]] CatalogueFiles catalogue_files_in(const std::filesystem::path& folder);

/// Throws InputError with all faults of all files: syntax, schema, then meaning (unknown reference, cycle, share
/// outside [0, 1], missing source, key that is no text, key that is not in the register).
[[nodiscard]] Catalogue catalogue_from(const CatalogueFiles& files);

/// Those of the files that make one questionnaire: kept with the answers to it.
[[nodiscard]] CatalogueFiles questionnaire_files(const CatalogueFiles& files, const QuestionnaireId& id);

/// What `questionnaire_files` kept. Throws InputError if it is damaged.
[[nodiscard]] Questionnaire kept_questionnaire(const CatalogueFiles& files);

}  // namespace resmon::catalogue
