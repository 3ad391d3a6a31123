// Any bytes as a spreadsheet: read, or refused with the part that is wrong.
#include "base/error.hpp"
#include "spreadsheet/xlsx_reader.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    try {
        (void)resmon::spreadsheet::workbook_from_xlsx({reinterpret_cast<const char*>(bytes), size});
    } catch (const resmon::InputError&) {
    }
    return 0;
}
