// resmon register import: a newer register of municipalities takes the place of the shipped one.
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/file_content.hpp"
#include "cli/terminal.hpp"
#include "reading/catalogue_reader.hpp"
#include "storage/location.hpp"

#include <fmt/format.h>

namespace resmon::cli {

namespace {

/// A scalar of YAML in double quotes.
std::string quoted(const std::string& text) {
    std::string escaped = "\"";
    for (const char character : text) {
        if (character == '"' || character == '\\') escaped += '\\';
        escaped += character;
    }
    return escaped + '"';
}

}  // namespace

int import_register(const Options& options, const RegisterImport& wished) {
    const std::string csv = content_of_file(wished.file);
    const catalogue::Register alone = catalogue::Register::from_csv(csv, wished.file.filename().string());
    const std::string about = fmt::format("source: {}\nas_of: {}\npopulation_as_of: {}\n", quoted(wished.source),
                                          quoted(wished.as_of), quoted(wished.as_of));

    // The whole catalogue must hold with it: a region whose town hall has been merged away is told now, not at night.
    catalogue::CatalogueFiles files = catalogue_files_in_use(options);
    files["register/municipalities.csv"] = csv;
    files["register/source.yaml"] = about;
    (void)catalogue::catalogue_from(files);

    const std::filesystem::path folder = imported_register_folder(options) / "register";
    storage::prepare_folder(options.data_directory);
    std::filesystem::create_directories(folder);
    write_file(folder / "municipalities.csv", csv);
    write_file(folder / "source.yaml", about);
    if (!options.quiet)
        write_output(options, program_text("register.imported", options.language,
                                           {{"municipalities", static_cast<double>(alone.municipalities().size())},
                                            {"bodies", static_cast<double>(alone.bodies().size())}}) +
                                  "\n");
    return exit_done;
}

}  // namespace resmon::cli
