// The picture of a QR code: its fixed patterns stand where the standard wants them, and nothing in it can act.
#include "credentials/qr_svg.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

namespace resmon::sign_on {
namespace {

/// The picture as rows of dark modules, read back from the path.
std::vector<std::string> modules_of(const std::string& svg) {
    std::smatch box;
    EXPECT_TRUE(std::regex_search(svg, box, std::regex{R"(viewBox="0 0 (\d+) \1")"}));
    const auto side = static_cast<std::size_t>(std::stoi(box[1]));
    std::vector<std::string> rows(side, std::string(side, '.'));
    const std::regex run{R"(M(\d+) (\d+)h(\d+)v1h-\3z)"};
    for (std::sregex_iterator found{svg.begin(), svg.end(), run}, end; found != end; ++found)
        rows.at(std::stoul((*found)[2]))
            .replace(std::stoul((*found)[1]), std::stoul((*found)[3]), std::string(std::stoul((*found)[3]), '#'));
    return rows;
}

TEST(QrSvg, HasTheFinderPatternsAndTheQuietZoneOfTheStandard) {
    const auto rows = modules_of(qr_svg("https://example.org"));
    const std::size_t side = rows.size();
    // ISO/IEC 18004, 6.3.3: three squares of seven modules.
    const std::vector<std::string> finder{"#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"};
    for (std::size_t row = 0; row < 7; ++row) {
        EXPECT_EQ(rows[4 + row].substr(4, 7), finder[row]);
        EXPECT_EQ(rows[4 + row].substr(side - 11, 7), finder[row]);
        EXPECT_EQ(rows[side - 11 + row].substr(4, 7), finder[row]);
    }
    for (std::size_t edge = 0; edge < 4; ++edge) {
        EXPECT_EQ(rows[edge], std::string(side, '.'));
        EXPECT_EQ(rows[side - 1 - edge], std::string(side, '.'));
        for (const std::string& row : rows) EXPECT_EQ(row[edge], '.') << row[side - 1 - edge];
    }
    // Versions have 17 + 4 n modules.
    EXPECT_EQ((side - 8 - 17) % 4, 0U);
}

TEST(QrSvg, IsDarkOnWhiteAndCannotAct) {
    const std::string svg = qr_svg("\"><script>alert(1)</script>");
    EXPECT_NE(svg.find(R"(fill="#fff"/>)"), std::string::npos);
    EXPECT_NE(svg.find(R"(fill="#000"/>)"), std::string::npos);
    EXPECT_FALSE(std::regex_search(svg, std::regex{"script|style|alert|href| on[a-z]+="}));
}

TEST(QrSvg, RefusesWhatDoesNotFit) {
    EXPECT_NO_THROW((void)qr_svg(std::string(2331, 'x')));  // ISO/IEC 18004, table 7: version 40-M
    EXPECT_THROW((void)qr_svg(std::string(2332, 'x')), InputError);
    EXPECT_THROW((void)qr_svg(""), InputError);
}

}  // namespace
}  // namespace resmon::sign_on
