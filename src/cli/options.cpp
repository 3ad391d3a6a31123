#include "cli/options.hpp"

#include <cstdlib>

namespace resmon::cli {

std::filesystem::path default_data_directory() {
    const auto from = [](const char* name) {
        const char* value = std::getenv(name);
        return std::filesystem::path{value == nullptr ? "" : value};
    };
    if (const auto wished = from("RESMON_DATA"); !wished.empty()) return wished;
    if (const auto shared = from("XDG_DATA_HOME"); !shared.empty()) return shared / "resmon";
    if (const auto home = from("HOME"); !home.empty()) return home / ".local" / "share" / "resmon";
    return "resmon-data";
}

}  // namespace resmon::cli
