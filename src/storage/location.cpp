#include "storage/location.hpp"

#include "base/error.hpp"

#include <regex>

namespace resmon::storage {

namespace fs = std::filesystem;

std::string Location::name() const {
    static const std::regex password{"(://[^:@/]*):[^?]*@"};
    static const std::regex parameter{"(password=)[^&]*"};
    if (engine() == Engine::sqlite) return file().string();
    return std::regex_replace(std::regex_replace(url, password, "$1@"), parameter, "$1…");
}

void prepare_folder(const fs::path& folder) {
    std::error_code error;
    const bool is_new = fs::create_directories(folder, error);
    if (error)
        throw Unavailable{worded("fault.unavailable.data-folder",
                                 {{"folder", folder.string()}, {"why", system_reason(error.value())}})};
    // A list of weaknesses is nobody else's business on a shared machine.
    if (is_new) fs::permissions(folder, fs::perms::owner_all, error);
}

}  // namespace resmon::storage
