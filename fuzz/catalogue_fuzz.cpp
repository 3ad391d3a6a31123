// Any bytes in the place of a service's file: read, or refused with places. Never anything else.
#include "base/error.hpp"
#include "reading/catalogue_reader.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace resmon;
    // Without the register the whole is always refused, and no time is lost on its 10,796 rows.
    static const catalogue::CatalogueFiles shipped = [] {
        catalogue::CatalogueFiles files = catalogue::shipped_catalogue_files();
        files.erase("register/municipalities.csv");
        return files;
    }();
    static catalogue::CatalogueFiles files{{"model.yaml", shipped.at("model.yaml")}};
    for (const char* path :
         {"services/passport.yaml", "resources/directory.yaml", "scenarios/ransomware-shared-provider.yaml",
          "regions/suedwestfalen.yaml", "incidents/suedwestfalen-2023.yaml", "calendar/holidays.yaml",
          "calendar/elections.yaml", "questionnaires/small.yaml", "questionnaires/small/A.yaml", "preparedness.yaml"})
        files[path] = std::string{reinterpret_cast<const char*>(bytes), size};
    try {
        (void)catalogue::catalogue_from(files);
    } catch (const InputError&) {
    }
    return 0;
}
