#include "report/reading.hpp"

#include "base/error.hpp"
#include "report/bars_block.hpp"

#include <gmock/gmock.h>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>

namespace resmon::report {

using testing::HasSubstr;
using testing::Not;

namespace {

Document paper(std::vector<Block> blocks) {
    Document document{.title = "Prüfbericht für Übersee",
                      .author = "Stadt Beispiel",
                      .made = instant_from("2026-11-24T15:07:00Z"),
                      .head = "Kopf",
                      .foot = "Fuß"};
    document.sections.push_back({std::move(blocks)});
    return document;
}

std::vector<Block> one_of_each() {
    return {Heading{1, "Größe und Maß"},
            Contents{},
            Paragraph{"Zusammenfassung in einem Satz.", Paragraph::Role::lead},
            Heading{2, "Was wir wissen"},
            Paragraph{{{"Ein Satz mit "},
                       {"Betonung", Emphasis::strong},
                       {" und "},
                       {"Verweis", Emphasis::none, "https://example.org/a'b"}}},
            List{{"erstens", "zweitens"}, List::Marker::number},
            Table{{{"Thema", 2}, {"Stufe", 1}},
                  {{"Sicherung", Cell{Steps{2}, "2 von 4"}}, {"Notbetrieb", Cell{Steps{{}}, "?"}}}},
            Bars{"Heute 4 bis 20 Tage",
                 "Tage",
                 {{"heute", 4, 9, 20, "4 bis 20 Tage"},
                  {"besser", 2, 5, std::numeric_limits<double>::infinity(), "ab 2 Tagen", Bar::Tone::soft}}},
            QrCode{"https://example.org/x", "QR-Code", "Adresse"},
            Heading{3, "Zum Ausfüllen"},
            List{{"ja", "nein"}, List::Marker::box},
            WriteLines{2},
            PageBreak{},
            Together{{Heading{2, "Zweite Seite"}, Paragraph{"Ende.", Paragraph::Role::note}}}};
}

}  // namespace

TEST(Pdf, IsReadAsTextWithItsUmlauts) {
    const PdfFile file{pdf(paper(one_of_each()))};
    const std::string text = file.text();
    for (const char* part : {"Größe und Maß", "Betonung", "1.", "erstens", "2 von 4", "4 bis 20 Tage", "Fuß",
                             "Seite 1 von 2", "Seite 2 von 2"})
        EXPECT_THAT(text, HasSubstr(part));
    EXPECT_EQ(file.pages(), 2);
}

TEST(Pdf, SaysItsTitleItsLanguageAndWhenItWasMade) {
    const std::string bytes = pdf(paper(one_of_each()));
    const PdfFile file{bytes};
    const std::string info = file.read_by("pdfinfo");
    EXPECT_THAT(info, HasSubstr("Prüfbericht für Übersee"));
    EXPECT_THAT(info, HasSubstr("Stadt Beispiel"));
    EXPECT_THAT(info, HasSubstr("Tagged:          yes"));
    EXPECT_THAT(info, HasSubstr("Nov 24"));
    EXPECT_THAT(file.read_by("pdfinfo -meta"), HasSubstr("<dc:language><rdf:Bag><rdf:li>de</rdf:li>"));
}

TEST(Pdf, HasATreeOfTagsForScreenReaders) {
    const std::string tags = PdfFile{pdf(paper(one_of_each()))}.tags();
    for (const char* tag :
         {"Document", "H1 (block)", "H2 (block)", "H3 (block)", "P (block)", "L (block)", "LI (block)", "Lbl (block)",
          "LBody (block)", "Table", "TR", "TH", "TD", "Figure", "TOCI", "Link"})
        EXPECT_THAT(tags, HasSubstr(tag));
    EXPECT_THAT(tags, HasSubstr("\"Ein Satz mit \"")) << "text beside a link belongs to its paragraph";
    EXPECT_THAT(tags, HasSubstr("/Column"));
    EXPECT_THAT(tags, HasSubstr("/Row"));
}

TEST(Pdf, TellsItsPicturesAndLinksInWordsToWhoCannotSeeThem) {
    const std::string bytes = pdf(paper(one_of_each()));
    QPDF file;
    file.processMemoryFile("paper", bytes.data(), bytes.size());
    EXPECT_EQ(file.getRoot().getKey("/Lang").getUTF8Value(), "de");
    std::vector<std::string> said;
    for (QPDFObjectHandle& object : file.getAllObjects())
        for (const char* key : {"/Alt", "/Contents"})
            if (object.isDictionary() && object.getKey(key).isString())
                said.push_back(object.getKey(key).getUTF8Value());
    EXPECT_THAT(said, testing::UnorderedElementsAre("Heute 4 bis 20 Tage", "QR-Code", "Was wir wissen", "Zweite Seite",
                                                    "https://example.org/a'b"));
}

TEST(Pdf, MarksAllDecorationSoThatNoneIsReadAloud) {
    const std::string bytes = pdf(paper(one_of_each()));
    QPDF file;
    file.processMemoryFile("paper", bytes.data(), bytes.size());
    for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper{file}.getAllPages()) {
        int depth = 0;
        struct Reader : QPDFObjectHandle::ParserCallbacks {
            int& depth;
            explicit Reader(int& now) : depth{now} {}
            void handleObject(QPDFObjectHandle object, size_t, size_t) override {
                if (!object.isOperator()) return;
                const std::string operation = object.getOperatorValue();
                if (operation == "BDC" || operation == "BMC") ++depth;
                if (operation == "EMC") --depth;
                EXPECT_TRUE(depth == 0 || depth == 1);
                const bool draws = operation == "Tj" || operation == "TJ" || operation == "f" || operation == "S";
                EXPECT_TRUE(!draws || depth == 1) << operation;
            }
            void handleEOF() override { EXPECT_EQ(depth, 0); }
        } reader{depth};
        page.parseContents(&reader);
    }
}

TEST(Pdf, CarriesItsOwnFontsAndNoOthers) {
    const std::string fonts = PdfFile{pdf(paper(one_of_each()))}.read_by("pdffonts");
    EXPECT_THAT(fonts, HasSubstr("FiraSans"));
    EXPECT_THAT(fonts, Not(HasSubstr(" no  "))) << "each is embedded, cut down and can be read as text:\n" << fonts;
    EXPECT_THAT(fonts, Not(HasSubstr("DejaVu")));
}

TEST(Pdf, OfTheSameDocumentHasTheSameBytes) { EXPECT_EQ(pdf(paper(one_of_each())), pdf(paper(one_of_each()))); }

TEST(Pdf, SaysOnEveryPageThatDataAreSynthetic) {
    Document document = paper({Heading{1, "A"}, PageBreak{}, Heading{1, "B"}});
    const std::string real = PdfFile{pdf(document)}.text();
    EXPECT_THAT(real, Not(HasSubstr("SYNTHETISCHE DATEN")));
    document.origin = Document::Origin::synthetic;
    const std::string text = PdfFile{pdf(document)}.text();
    const std::size_t first = text.find("SYNTHETISCHE DATEN");
    EXPECT_NE(first, std::string::npos);
    EXPECT_GT(text.find("SYNTHETISCHE DATEN", first + 1), text.find('\f'));
}

TEST(Pdf, RepeatsTheHeadOfATableOnEveryPageAndReadsItOnce) {
    Table table{{{"Spaltenkopf"}, {"Wert"}}, {}};
    for (int row = 0; row < 100; ++row) table.rows.push_back({"Zeile " + std::to_string(row), "Wert"});
    const PdfFile file{pdf(paper({table}))};
    EXPECT_EQ(file.pages(), 3);
    const auto count = [](const std::string& text, const std::string& word) {
        int found = 0;
        for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
        return found;
    };
    EXPECT_EQ(count(file.text(), "Spaltenkopf"), 3);
    EXPECT_EQ(count(file.tags(), "Spaltenkopf"), 1);
    EXPECT_EQ(count(file.text(), "Zeile 57"), 1);
}

/// Heights are added up and taken apart again: no last line may get lost in the last digit.
TEST(Pdf, SetsEveryLineOfARowAtEverySize) {
    for (int lines = 1; lines < 30; ++lines) {
        std::string words;
        for (int line = 0; line < lines; ++line) words += "Zeile\n";
        Document document = paper({Table{{{"Kopf"}}, {{words + "LETZTE"}, {words + "LETZTE"}}}});
        for (int filled = 0; filled < 3; ++filled)
            document.sections.front().blocks.insert(document.sections.front().blocks.begin(), Paragraph{"Text"});
        document.sections.front().length = Section::Length::one_page;
        EXPECT_EQ(PdfFile{pdf(document)}.pages(), 1) << lines;
    }
}

TEST(Pdf, SetsATableWithoutRowsAndADocumentWithoutAnything) {
    EXPECT_THAT(PdfFile{pdf(paper({Table{{{"Nur der Kopf"}}, {}}}))}.text(), HasSubstr("Nur der Kopf"));
    EXPECT_EQ(PdfFile{pdf(paper({}))}.pages(), 1);
}

TEST(Pdf, BreaksWhatIsLongerThanItsLineAndARowHigherThanAPage) {
    const std::string town(80, 'W');
    std::string endless;
    for (int line = 0; line < 900; ++line) endless += "langer Text ";
    const PdfFile file{pdf(paper({Heading{1, town}, Paragraph{std::string(3000, 'x')},
                                  Table{{{"Name"}, {"Text", 2}}, {{town, endless + "ENDE"}}}}))};
    EXPECT_GE(file.pages(), 2);
    EXPECT_THAT(file.text(), HasSubstr("ENDE"));
    // Nothing runs over the right edge of 595 points: every word's box ends before.
    const std::string boxes = file.read_by("pdftotext -bbox", "-");
    for (std::size_t at = boxes.find("xMax=\""); at != std::string::npos; at = boxes.find("xMax=\"", at + 1))
        ASSERT_LE(std::stod(boxes.substr(at + 6)), 595.276 - from_millimetres(20) + 0.5);
}

TEST(Pdf, NeverLeavesAHeadingAloneAtTheEndOfAPage) {
    for (int lines = 20; lines < 40; ++lines) {
        std::vector<Block> blocks;
        for (int line = 0; line < lines; ++line) blocks.emplace_back(Paragraph{"Zeile"});
        blocks.emplace_back(Heading{2, "Überschrift"});
        blocks.emplace_back(Paragraph{"Danach"});
        const std::string text = PdfFile{pdf(paper(std::move(blocks)))}.text();
        EXPECT_EQ(text.substr(0, text.find("Überschrift")).find('\f') == std::string::npos,
                  text.substr(0, text.find("Danach")).find('\f') == std::string::npos)
            << lines;
    }
}

TEST(Pdf, MakesTypeSmallerForWhatMustFitOnOnePageAndRefusesWhatCannot) {
    std::vector<Block> blocks;
    for (int line = 0; line < 40; ++line) blocks.emplace_back(Paragraph{"Zeile"});
    Document document = paper(blocks);
    EXPECT_EQ(PdfFile{pdf(document)}.pages(), 2);
    document.sections.front().length = Section::Length::one_page;
    EXPECT_EQ(PdfFile{pdf(document)}.pages(), 1);
    for (int line = 0; line < 100; ++line) document.sections.front().blocks.emplace_back(Paragraph{"Zeile"});
    EXPECT_THROW(
        try { (void)pdf(document); } catch (const InputError& error) {
            EXPECT_STREQ(error.what(), "must fit on one page: section 1 of \"Prüfbericht für Übersee\"");
            throw;
        },
        InputError);
}

TEST(Bars, HaveAnAxisOfSomeFiveMarks) {
    EXPECT_EQ(distance_of_marks(9), 2);
    EXPECT_EQ(distance_of_marks(20), 5);
    EXPECT_EQ(distance_of_marks(28), 5);
    EXPECT_EQ(distance_of_marks(365), 100);
    EXPECT_EQ(distance_of_marks(0), 1);
}

}  // namespace resmon::report
