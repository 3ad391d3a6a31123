// CSV as German and English spreadsheets write it.
#include "spreadsheet/csv_reader.hpp"
#include "base/error.hpp"
#include "report/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace resmon::spreadsheet {
namespace {

using testing::HasSubstr;
using Texts = std::vector<std::vector<std::string>>;

Texts read(std::string_view bytes) {
    Texts texts;
    for (const Row& row : table_from_csv(bytes).rows) {
        texts.emplace_back();
        for (const Cell& cell : row)
            texts.back().push_back(
                is_empty(cell) && !std::holds_alternative<std::string>(cell) ? "" : std::get<std::string>(cell));
    }
    return texts;
}

const Texts streets{{"Straße", "Nr"}, {"Häuser", "3,5"}};

TEST(CsvReader, ReadsEveryEncodingThatSpreadsheetsWrite) {
    using namespace std::string_view_literals;
    EXPECT_EQ(read("Straße;Nr\r\nHäuser;3,5\r\n"), streets) << "UTF-8";
    EXPECT_EQ(read("\xEF\xBB\xBFStraße;Nr\r\nHäuser;3,5\r\n"), streets) << "UTF-8 with its mark";
    EXPECT_EQ(read("Stra\xDF"
                   "e;Nr\r\nH\xE4user;3,5\r\n"),
              streets)
        << "Windows-1252";
    EXPECT_EQ(read("\x80;\x84x\x93\r\n"), (Texts{{"€", "„x“"}})) << "Windows-1252, not Latin-1";
    EXPECT_EQ(read("\xFF\xFE\xE4\0\t\0x\0\r\0\n\0"sv), (Texts{{"ä", "x"}})) << "UTF-16: Unicode text of Excel";
    EXPECT_EQ(read("\xFE\xFF\0\xE4\0\t\0x"sv), (Texts{{"ä", "x"}})) << "UTF-16, the other way round";
}

TEST(CsvReader, FindsTheSeparator) {
    EXPECT_EQ(read("a;b,c;d\n"), (Texts{{"a", "b,c", "d"}}));
    EXPECT_EQ(read("a,\"b;c;d\",e\n"), (Texts{{"a", "b;c;d", "e"}})) << "what stands in quotes does not count";
    EXPECT_EQ(read("a\tb\n"), (Texts{{"a", "b"}}));
    EXPECT_EQ(read("sep=|\r\na|b;c;d\r\n"), (Texts{{"a", "b;c;d"}}));
    EXPECT_EQ(read("allein\n"), (Texts{{"allein"}}));
}

TEST(CsvReader, ReadsQuotesAndBreaksInThem) {
    EXPECT_EQ(read("\"er sagte \"\"ja\"\"\";\"zwei\r\nZeilen\"\r\nx;5\"\r\n"),
              (Texts{{"er sagte \"ja\"", "zwei\r\nZeilen"}, {"x", "5\""}}));
    EXPECT_EQ(read("a;\"\";c"), (Texts{{"a", "", "c"}}));
    EXPECT_EQ(read("a\rb\nc\r\n\r\nd"), (Texts{{"a"}, {"b"}, {"c"}, {""}, {"d"}}));
    EXPECT_EQ(read(""), Texts{});
}

TEST(CsvReader, TakesAwayTheGuardOfFormulas) {
    EXPECT_EQ(read("'=1+1;'-5;-5;'s Haus\n"), (Texts{{"=1+1", "-5", "-5", "'s Haus"}}));
}

TEST(CsvReader, RefusesWhatIsNoTable) {
    using namespace std::string_view_literals;
    const auto refusal = [](std::string_view bytes) {
        try {
            (void)table_from_csv(bytes);
        } catch (const InputError& error) {
            return std::string{error.what()};
        }
        return std::string{"taken"};
    };
    EXPECT_THAT(refusal("a;b\nc;\"d\ne\n"), HasSubstr("CSV:2: has a quote that is opened and never closed"));
    EXPECT_THAT(refusal("a\0b"sv), HasSubstr("contains NUL"));
    EXPECT_EQ(refusal("sep=Ü\naÜb\n"), "CSV:1: must name one sign behind sep=, as ; or ,");
    EXPECT_THAT(refusal("sep=\r\na;b\n"), HasSubstr("must name one sign behind sep="));
    EXPECT_THAT(refusal(std::string(most_columns + 1, ';')), HasSubstr("at most 1,000 columns"));
}

TEST(CsvReader, ReadsBackWhateverIsWritten) {
    namespace gen = rc::gen;
    EXPECT_TRUE(rc::check("read(write(x)) = x", [] {
        const Language language = *gen::element(Language::german, Language::english);
        const auto parts = *gen::container<std::vector<std::string>>(gen::element<std::string>(
            "a", "Ä", " ", "\n", "\r\n", ";", ",", "'", "\"", "=", "-", "+", "@", "\t", "\r"));
        std::string text;
        for (const std::string& part : parts) text += part;
        report::Csv csv{language};
        csv.add_row(
            {report::csv_text("Kopf"), report::csv_text("Kopf"), report::csv_text("Kopf"), "x", "x", "x", "x", "x"});
        csv.add_row({report::csv_text(text), "x"});
        const std::string separator = language == Language::german ? ";" : ",";
        RC_ASSERT(read("sep=" + separator + "\n" + csv.text().substr(3)).at(1) ==
                  (std::vector<std::string>{text, "x"}));
    }));
}

}  // namespace
}  // namespace resmon::spreadsheet
