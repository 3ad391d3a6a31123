// XLSX out and in again, what foreign programs write, and what is refused.
#include "archive/zip_file.hpp"
#include "base/error.hpp"
#include "spreadsheet/xlsx_reader.hpp"
#include "spreadsheet/xlsx_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace resmon::spreadsheet {
namespace {

using testing::HasSubstr;

constexpr const char* content_types = "<Types/>";
constexpr const char* package_relations =
    R"(<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>)";
constexpr const char* workbook_relations =
    R"(<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>)"
    R"(<Relationship Id="r2" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/>)"
    R"(<Relationship Id="r3" Type="http://x/styles" Target="styles.xml"/></Relationships>)";
constexpr const char* one_sheet =
    R"(<workbook xmlns:r="r"><sheets><sheet name="Blatt" sheetId="1" r:id="r1"/></sheets></workbook>)";
constexpr const char* styles =
    R"(<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-407]d/\ mmmm\ yyyy"/><numFmt numFmtId="171" )"
    R"(formatCode="0.0&quot; days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/>)"
    R"(<xf numFmtId="171"/></cellXfs></styleSheet>)";

std::string zipped(std::map<std::string, std::string> parts) {
    const auto place =
        std::filesystem::temp_directory_path() /
        ("resmon-xlsx-" + std::to_string(getpid()) + testing::UnitTest::GetInstance()->current_test_info()->name());
    std::ofstream{place}.close();
    {
        archive::ZipWriter zip{place};
        for (auto& [name, content] : parts)
            zip.add(name, [text = content, done = false]() mutable {
                return std::exchange(done, true) ? std::string{} : text;
            });
        zip.finish({});
    }
    std::ifstream file{place, std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    std::filesystem::remove(place);
    return bytes;
}

std::map<std::string, std::string> parts_with(const std::string& sheet_data) {
    return {{"[Content_Types].xml", content_types},
            {"_rels/.rels", package_relations},
            {"xl/workbook.xml", one_sheet},
            {"xl/_rels/workbook.xml.rels", workbook_relations},
            {"xl/styles.xml", styles},
            {"xl/sharedStrings.xml",
             "<sst><si><t>eins</t></si><si><r><t>zw</t></r><r><t xml:space=\"preserve\">ei </t></r>"
             "<rPh><t>gelesen</t></rPh></si></sst>"},
            {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + sheet_data + "</sheetData></worksheet>"}};
}

Table table_with(const std::string& sheet_data) {
    return workbook_from_xlsx(zipped(parts_with(sheet_data))).tables.at(0);
}

std::string refusal(std::map<std::string, std::string> parts) {
    try {
        (void)workbook_from_xlsx(zipped(std::move(parts)));
    } catch (const InputError& error) {
        return error.what();
    }
    return "taken";
}

Date day(int year, unsigned month, unsigned number) {
    return std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(number);
}

TEST(Xlsx, ReadsEveryKindOfCell) {
    const Table table = table_with(
        R"(<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" t="inlineStr"><is><t>drei</t></is></c>)"
        R"(<c r="E2"><v>12.5</v></c><c r="F2" t="b"><v>1</v></c><c r="G2" t="e"><v>#REF!</v></c><c r="H2"><f>A1+1</f></c>)"
        R"(<c r="I2" t="str"><f>A1</f><v>vier</v></c><c r="J2" s="1"><v>45657</v></c><c r="K2" s="2"><v>45657.75</v></c>)"
        R"(<c r="L2" s="3"><v>3</v></c><c r="M2" t="d"><v>2027-06-30T00:00:00</v></c><c r="N2" t="s"><v>9</v></c></row>)");
    EXPECT_EQ(table.name, "Blatt");
    const Row expected{Cell{"eins"},        Cell{},
                       Cell{"zwei "},       Cell{"drei"},
                       Cell{12.5},          Cell{true},
                       BrokenCell{"#REF!"}, BrokenCell{"="},
                       Cell{"vier"},        day(2024, 12, 31),
                       day(2024, 12, 31),   Cell{3.0},
                       day(2027, 6, 30),    BrokenCell{"#REF!"}};
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(table.rows[1], expected);
}

TEST(Xlsx, CountsDaysFrom1900WithItsDayTooMuchAndFrom1904) {
    auto parts = parts_with(R"(<row><c s="1"><v>59</v></c><c s="1"><v>61</v></c></row>)");
    EXPECT_EQ(workbook_from_xlsx(zipped(parts)).tables[0].rows[0], (Row{day(1900, 2, 28), day(1900, 3, 1)}));
    parts["xl/workbook.xml"] =
        R"(<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="B" r:id="r1"/></sheets></workbook>)";
    EXPECT_EQ(workbook_from_xlsx(zipped(parts)).tables[0].rows[0][0], Cell{day(1904, 2, 29)});
}

TEST(Xlsx, ReadsNamesWithAPrefixAndSheetsThatAreHidden) {
    auto parts = parts_with("");
    parts["xl/workbook.xml"] =
        R"(<x:workbook xmlns:x="x" xmlns:r="r"><x:sheets><x:sheet name="B" state="veryHidden" r:id="r1"/></x:sheets></x:workbook>)";
    parts["xl/worksheets/sheet1.xml"] =
        R"(<x:worksheet><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>)";
    const Workbook workbook = workbook_from_xlsx(zipped(parts));
    EXPECT_TRUE(workbook.find("b")->is_hidden);
    EXPECT_EQ(workbook.tables[0].cell(0, 0), Cell{7.0});
}

TEST(Xlsx, NeverLooksAtWhatADocumentTypeNames) {
    auto parts = parts_with(R"(<row><c t="inlineStr"><is><t>&geheim;</t></is></c></row>)");
    parts["xl/worksheets/sheet1.xml"] =
        "<!DOCTYPE worksheet [<!ENTITY geheim SYSTEM \"file:///etc/passwd\">]>" + parts["xl/worksheets/sheet1.xml"];
    EXPECT_EQ(workbook_from_xlsx(zipped(parts)).tables[0].cell(0, 0), Cell{"&geheim;"});
}

TEST(Xlsx, RefusesABombBeforeItGoesOff) {
    auto parts = parts_with("");
    parts["xl/sharedStrings.xml"] = "<sst>" + std::string(most_bytes, ' ') + "</sst>";
    EXPECT_THAT(refusal(parts), HasSubstr("unpacks to more than 33,554,432 bytes"));
    std::string cells;
    for (int cell = 0; cell < 1200; ++cell) cells += "<c><v>1</v></c>";
    EXPECT_THAT(refusal(parts_with("<row>" + cells + "</row>")), HasSubstr("1,000 columns"));
    EXPECT_THAT(refusal(parts_with(R"(<row r="1048576"><c><v>1</v></c></row>)")), HasSubstr("A1048576 is beyond"));
    EXPECT_THAT(refusal(parts_with(R"(<row r="4294967297"><c r="ZZZZZZZZZZ1"><v>1</v></c></row>)")),
                HasSubstr("beyond"));
}

TEST(Xlsx, RefusesWhatIsNoXlsxOrDamaged) {
    EXPECT_THROW((void)workbook_from_xlsx(""), InputError);
    EXPECT_THROW((void)workbook_from_xlsx("Frage;Antwort"), InputError);
    EXPECT_THAT(refusal({{"word/document.xml", "<x/>"}}), HasSubstr("_rels/.rels: is missing: this is no XLSX file"));
    auto parts = parts_with("");
    parts["xl/workbook.xml"] = "<workbook><sheets>";
    EXPECT_THAT(refusal(parts), HasSubstr("xl/workbook.xml: is damaged"));
    parts["xl/workbook.xml"] = "<workbook/>";
    EXPECT_THAT(refusal(parts), HasSubstr("must have a sheet"));
}

TEST(Xlsx, IsTheSameBytesForTheSameBook) {
    Book book{.pages = {{.name = "Eins",
                         .rows = {{{.value = Cell{"Frage"}, .look = Look::heading},
                                   {.value = Cell{1.5}, .look = Look::input, .list = 0}}},
                         .widths = {10, 20},
                         .hidden_columns = {0},
                         .frozen_rows = 1,
                         .is_protected = true}},
              .lists = {{"0", "1", "groß"}}};
    EXPECT_EQ(xlsx_from(book), xlsx_from(book));
    const Workbook read = workbook_from_xlsx(xlsx_from(book));
    ASSERT_EQ(read.tables.size(), 1U);
    EXPECT_EQ(read.tables[0].rows[0], (Row{Cell{"Frage"}, Cell{1.5}}));
}

TEST(Xlsx, OffersOnlyListsThatTheFormatTakes) {
    EXPECT_TRUE(fits_in_a_list({"0", "1"}));
    EXPECT_TRUE(fits_in_a_list({std::string(255, 'x')}));
    EXPECT_FALSE(fits_in_a_list({std::string(254, 'x'), ""}));
    EXPECT_FALSE(fits_in_a_list({std::string(254, 'x'), "y"}));
    EXPECT_FALSE(fits_in_a_list({"Rot, Blau"}));
    EXPECT_FALSE(fits_in_a_list({}));
}

TEST(Xlsx, CutsAndCleansNamesOfSheets) {
    EXPECT_EQ(sheet_name("B [Plan]: a/b?"), "B  Plan   a b");
    EXPECT_EQ(sheet_name("A Ämter und Ähnliches überall in der Gegend"), "A Ämter und Ähnliches überall i");
    EXPECT_EQ(sheet_name("''"), "-");
}

namespace gen = rc::gen;

rc::Gen<std::string> any_text() {
    return gen::map(gen::container<std::vector<std::string>>(
                        gen::element<std::string>("a", "Ä", " ", "\n", "\r", "\t", "<", "&", "]]>", "_x0041_",
                                                  "_x000D_", "_", "'", "\"", "=", ";", "\x01", "€", "😀")),
                    [](const std::vector<std::string>& parts) {
                        std::string text;
                        for (const std::string& part : parts) text += part;
                        return text;
                    });
}

TEST(Xlsx, EveryTextComesBackAsItWas) {
    EXPECT_TRUE(rc::check("read(write(x)) = x", [] {
        const std::string text = *any_text();
        RC_PRE(!text.empty());
        const Book book{.pages = {{.name = "Eins", .rows = {{{.value = text}}}}}};
        RC_ASSERT(workbook_from_xlsx(xlsx_from(book)).tables.at(0).cell(0, 0) == Cell{text});
    }));
}

TEST(Xlsx, EveryNumberAndEveryDayComesBackAsItWas) {
    EXPECT_TRUE(rc::check("read(write(x)) = x", [] {
        const double number = static_cast<double>(*gen::inRange(-1'000'000'000, 1'000'000'000)) / 1000;
        const Date date = day(1900, 3, 1) + std::chrono::days{*gen::inRange(0, 100'000)};
        const Book book{.pages = {{.name = "Eins", .rows = {{{.value = number}, {.value = date}, {.value = true}}}}}};
        RC_ASSERT((workbook_from_xlsx(xlsx_from(book)).tables.at(0).rows.at(0) == Row{number, date, true}));
    }));
}

}  // namespace
}  // namespace resmon::spreadsheet
