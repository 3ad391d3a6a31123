// Any bytes as an archive, as its manifest and as a row: read or refused, never anything else.
#include "archive/archive.hpp"
#include "archive/row_json.hpp"
#include "archive/zip_file.hpp"
#include "base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace resmon;
    const std::string_view input{reinterpret_cast<const char*>(bytes), size};
    try {
        // What was read once is written and read again as the same.
        const archive::Row row = archive::row_of(input);
        if (archive::row_of(archive::line_of(row)) != row) std::abort();
    } catch (const InputError&) {
    }
    try {
        const archive::Manifest manifest = archive::manifest_from_json(input, "input");
        if (archive::manifest_from_json(archive::manifest_to_json(manifest), "input") != manifest) std::abort();
    } catch (const InputError&) {
    }
    try {
        const archive::ZipReader zip{input};
        archive::verify_entries(zip, "input", {.bytes = 1 << 24, .line = 1 << 20, .faults = 5});
    } catch (const InputError&) {
    }
    return 0;
}
