// The shipped catalogue, read once per test program.
#pragma once

#include "reading/catalogue_reader.hpp"

namespace resmon::catalogue {

inline const CatalogueFiles& shipped_files() {
    static const CatalogueFiles files = shipped_catalogue_files();
    return files;
}
inline const Catalogue& shipped() {
    static const Catalogue read = catalogue_from(shipped_files());
    return read;
}

}  // namespace resmon::catalogue
