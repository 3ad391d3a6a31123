#include "report/letter.hpp"

#include "base/error.hpp"
#include "report/reading.hpp"

#include <gmock/gmock.h>

#include <regex>

namespace resmon::report {

using testing::HasSubstr;

namespace {

Letter invitation() {
    return {.sender = {"Landesverband Musterland", "Hauptstraße 1", "12345 Musterstadt"},
            .address = {"Stadt Beispielhausen", "Frau Bürgermeisterin", "Rathausplatz 1", "54321 Beispielhausen"},
            .date = "24. November 2026",
            .subject = "Einladung zur Umfrage",
            .paragraphs = {"Sehr geehrte Damen und Herren,", "wir laden Sie ein."},
            .link = "https://resmon.example.org/link#abcdefghijklmnopqrstuvwxyz012345",
            .closing = {"Mit freundlichen Grüßen", "Der Landesverband"}};
}

LetterFile file() { return {.title = "Einladungen", .made = instant_from("2026-11-24T15:07:00Z")}; }

/// Upper edge of the first such word, in millimetres from the top of the page.
double top_of(const PdfFile& pdf, const std::string& word) {
    const std::string boxes = pdf.read_by("pdftotext -bbox", "-");
    std::smatch found;
    if (!std::regex_search(boxes, found, std::regex{"yMin=\"([0-9.]+)\"[^>]*>" + word + "<"})) return -1;
    return std::stod(found[1]) * 25.4 / 72;
}

}  // namespace

TEST(Letter, StandsWhereTheWindowOfAnEnvelopeIs) {
    const PdfFile letter{pdf(document_of(file(), {invitation()}))};
    EXPECT_EQ(letter.pages(), 1);
    // DIN 5008, form B: the address stands from 62.7 to 90 mm, the text begins at 98.5 mm.
    EXPECT_NEAR(top_of(letter, "Stadt"), 62.7, 1.5);
    EXPECT_LT(top_of(letter, "54321"), 86);
    EXPECT_NEAR(top_of(letter, "Einladung"), 98.5, 1.5);
}

TEST(Letter, TellsItsLinkAsTextToo) {
    const std::string text = PdfFile{pdf(document_of(file(), {invitation()}))}.text();
    EXPECT_THAT(text, HasSubstr("https://resmon.example.org/link#abcdefghijklmnopqrstuvwxyz012345"));
    EXPECT_THAT(text, HasSubstr("Mit freundlichen Grüßen"));
    EXPECT_THAT(text, HasSubstr("Landesverband Musterland · Hauptstraße 1 · 12345 Musterstadt"));
}

TEST(Letter, HasACodeThatATelephoneReads) {
    EXPECT_EQ(PdfFile{pdf(document_of(file(), {invitation()}))}.code(), invitation().link);
}

TEST(Letter, NeverBreaksItsLinkInTwo) {
    Letter letter = invitation();
    letter.link =
        "https://befragung.koordinierungsstelle.musterland.example/umfrage/einladung#4Pu5_lJcNrnAzYE0AGjmVLU--YBeGhps";
    EXPECT_THAT(PdfFile{pdf(document_of(file(), {letter}))}.text(), HasSubstr(letter.link + "\n"));
}

TEST(Letters, HaveOnePageEach) {
    std::vector<Letter> letters(25, invitation());
    letters[7].paragraphs.emplace_back(std::string(1500, 'm'));
    EXPECT_EQ(PdfFile{pdf(document_of(file(), letters))}.pages(), 25);
}

TEST(Letter, SetsLongLinesSmallerAndRefusesAnAddressThatNoWindowShows) {
    Letter long_names = invitation();
    long_names.address = {std::string(80, 'x'), "Frau Bürgermeisterin", "Rathausplatz 1", "54321 Beispielhausen"};
    EXPECT_EQ(PdfFile{pdf(document_of(file(), {long_names}))}.pages(), 1);
    Letter many_lines = invitation();
    many_lines.address.resize(7, "Zeile");
    EXPECT_THROW((void)pdf(document_of(file(), {many_lines})), InputError);
    many_lines.address = {std::string(400, 'W')};
    EXPECT_THROW((void)pdf(document_of(file(), {many_lines})), InputError);
}

}  // namespace resmon::report
