// Any text as the sheets of an XLSForm, one after the other as CSV, divided by lines of `=`: a questionnaire that
// passes the check, or refused.
#include "base/error.hpp"
#include "exchange/xlsform_reader.hpp"
#include "spreadsheet/csv_reader.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::string_view rest{reinterpret_cast<const char*>(bytes), size};
    constexpr std::string_view line = "\n=\n";
    try {
        resmon::spreadsheet::Workbook workbook;
        for (const char* name : std::array{"survey", "choices", "settings", "resmon"}) {
            const std::size_t end = rest.find(line);
            workbook.tables.push_back(resmon::spreadsheet::table_from_csv(rest.substr(0, end)));
            workbook.tables.back().name = name;
            if (end == std::string_view::npos) break;
            rest.remove_prefix(end + line.size());
        }
        (void)resmon::exchange::questionnaire_from_xlsform(workbook);
    } catch (const resmon::InputError&) {
    }
    return 0;
}
