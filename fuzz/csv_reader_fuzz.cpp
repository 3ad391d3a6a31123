// Any bytes as CSV of a spreadsheet: every cell is text or empty, or the file is refused.
#include "base/error.hpp"
#include "base/text.hpp"
#include "spreadsheet/csv_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    try {
        const auto table = resmon::spreadsheet::table_from_csv({reinterpret_cast<const char*>(bytes), size});
        for (const auto& row : table.rows)
            for (const auto& cell : row)
                if (!resmon::is_utf8(resmon::spreadsheet::shown(cell))) std::abort();
    } catch (const resmon::InputError&) {
    }
    return 0;
}
