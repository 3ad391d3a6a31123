#include "cli/file_content.hpp"

#include "base/error.hpp"

#include <fstream>
#include <sstream>

namespace resmon::cli {

std::string content_of_file(const std::filesystem::path& path) {
    const std::ifstream file{path, std::ios::binary};
    std::ostringstream content;
    content << file.rdbuf();
    if (!file) throw InputError{{{{.file = path.string()}, worded("fault.file-readable")}}};
    return content.str();
}

}  // namespace resmon::cli
