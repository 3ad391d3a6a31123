// Thirty faults planted in a form: each is told with sheet, cell and reason.
#include "base/error.hpp"
#include "forms/every_type.hpp"
#include "forms/filling.hpp"
#include "forms/form_writer.hpp"

#include <gtest/gtest.h>

#include <map>

namespace resmon::forms {
namespace {

using spreadsheet::BrokenCell;
using spreadsheet::Cell;

const catalogue::Questionnaire& asked() {
    static const catalogue::Questionnaire questionnaire = every_type();
    return questionnaire;
}

std::string empty() {
    return form_to_xlsx({.head = {.questionnaire = asked().id, .hash = asked().hash},
                         .questionnaire = &asked(),
                         .levels = {},
                         .shown = {},
                         .services = {}});
}

std::map<std::string, std::string> faults_in(const spreadsheet::Workbook& workbook,
                                             Language reader = Language::german) {
    std::map<std::string, std::string> told;
    try {
        (void)changes_in(workbook, asked(), {}, {Language::german, reader});
    } catch (const InputError& error) {
        for (const Fault& fault : error.faults()) told[fault.place.path] = fault.expectation;
    }
    return told;
}

struct Planted {
    const char* key;
    Column column;
    Cell value;
    std::string reason;
};

TEST(PlantedFaults, AreAllToldWithSheetCellAndReason) {
    using enum Column;
    // One form cannot hold them all, as a cell holds one fault: several forms, every fault told beside the others.
    const std::vector<std::vector<Planted>> forms{
        {{"A1", answer, 5.0, "„5“ ist keine Stufe von 0 bis 4."},
         {"A2", answer, "Grün", "„Grün“ steht nicht zur Wahl. Möglich sind: 1, 2, 3."},
         {"A3", answer, "ja", "Die Antwort gehört in die Zeilen darunter."},
         {"A3/fire", answer, "vielleicht", "„vielleicht“ ist weder „ja“ noch leer."},
         {"A4", answer, 6.0, "6 ist zu groß: höchstens 5."},
         {"A5", answer, "viele", "„viele“ ist keine Zahl."},
         {"A6", answer, 3.0, ""},
         {"A6", unit, "Jahre", "„Jahre“ ist keine Einheit. Möglich sind: Stunden, Tage, Wochen, Monate."},
         {"A7", answer, "31.02.2027", "„31.02.2027“ ist kein Tag, zum Beispiel 30.06.2027."},
         {"A8", answer, std::string(10'001, 'x'), "Der Text hat 10.001 Zeichen, höchstens 10.000 sind möglich."},
         {"A9/death", answer, "hoch", "„hoch“ ist keine Stufe von 0 bis 4."},
         {"A10", state, "fertig",
          "„fertig“ ist kein Stand. Möglich sind: beantwortet, trifft nicht zu, weiß nicht, keine Angabe."},
         {"A11", answer, "Jein", "„Jein“ steht nicht zur Wahl. Möglich sind: Ja, Nein."}},
        {{"A1", answer, 2.5, "„2.5“ ist keine Stufe von 0 bis 4."},
         {"A2", state, "beantwortet",
          "Als Stand steht „beantwortet“, aber die Antwort fehlt. Um sie zurückzunehmen, leeren Sie auch den Stand."},
         {"A4", answer, 1.5, "1.5 hat zu viele Stellen nach dem Komma: nur ganze Zahlen."},
         {"A5", answer, "1.234", "„1.234“ ist mehrdeutig: Schreiben Sie die Zahl ohne Trennzeichen für Tausender."},
         {"A6", answer, -1.0, "-1 ist zu klein: mindestens 0."},
         {"A6", unit, "Tage", ""},
         {"A7", expires, "bald", "„bald“ ist kein Tag, zum Beispiel 30.06.2027."},
         {"A8", state, "trifft nicht zu", ""},
         {"A8", reason, Cell{}, "Die Begründung fehlt: Warum trifft die Frage nicht zu?"},
         {"A9", confidence, "sicher",
          "„sicher“ ist keine Angabe zur Sicherheit. Möglich sind: gemessen oder geprüft, schriftlich belegt, "
          "geschätzt."},
         {"A10", reason, "darum", "Eine Begründung steht nur bei „trifft nicht zu“. Nehmen Sie die Bemerkung."},
         {"A11", answer, "Ja", ""},
         {"A11", state, "weiß nicht",
          "Hier steht eine Antwort, als Stand aber „weiß nicht“. Leeren Sie eines von beiden."}},
        {{"A1", key, "Z9", "Der Fragebogen hat keine Frage „Z9“."},
         {"A2", answer, 4.0, "„4“ steht nicht zur Wahl. Möglich sind: 1, 2, 3."},
         {"A3", state, "beantwortet",
          "Als Stand steht „beantwortet“, aber die Antwort fehlt. Um sie zurückzunehmen, leeren Sie auch den Stand."},
         {"A8", comment, std::string(10'001, 'x'), "Der Text hat 10.001 Zeichen, höchstens 10.000 sind möglich."},
         {"A4", seen, 7.0, "„7“ ist nicht die Nummer eines Eintrags zu dieser Frage. Geben Sie das Formular neu aus."},
         {"A5", answer, -11.0, "-11 ist zu klein: mindestens -10."},
         {"A6", answer, 3.0, ""},
         {"A6", unit, Cell{}, "Die Einheit fehlt: Stunden, Tage, Wochen, Monate."},
         {"A7", evidence, std::string(1'001, 'x'), "Der Text hat 1.001 Zeichen, höchstens 1.000 sind möglich."},
         {"A9/birth", key, "A9/tax", "Der Fragebogen hat keine Frage „A9/tax“."},
         {"A11", key, "A10", "Die Zeile „A10“ steht zweimal, auch in A Allerlei A18."}}};
    std::size_t planted = 0;
    for (const std::vector<Planted>& form : forms) {
        Filling filling{empty()};
        std::map<std::string, std::string> expected;
        for (const Planted& fault : form) {
            const std::string place = filling.put(fault.key, fault.column, fault.value);
            if (!fault.reason.empty()) expected[place] = fault.reason;
        }
        auto told = faults_in(filling.workbook());
        for (const auto& [place, reason] : expected) EXPECT_EQ(told[place], reason) << place;
        planted += expected.size();
    }
    EXPECT_GE(planted, 30U);
}

TEST(PlantedFaults, AreToldInTheLanguageOfTheReader) {
    Filling filling{empty()};
    const std::string place = filling.put("A1", Column::answer, 5.0);
    EXPECT_EQ(place, "/A Allerlei/F4");
    EXPECT_EQ(faults_in(filling.workbook(), Language::english).at(place), "“5” is not one of the levels 0 to 4.");
}

TEST(PlantedFaults, OfTheSheetAreToldToo) {
    Filling broken{empty()};
    const std::string formula = broken.put("A1", Column::answer, BrokenCell{"#REF!"});
    EXPECT_EQ(faults_in(broken.workbook()).at(formula),
              "In der Zelle steht kein Wert, sondern ein Fehler oder eine Formel ohne Ergebnis: #REF!.");

    Filling lost{empty()};
    const std::string row = lost.put("A3/fire", Column::key, Cell{});
    lost.put("A1", Column::key, Cell{});
    lost.place("A2").first->rows[3][place_of(Column::answer)] = 3.0;
    auto told = faults_in(lost.workbook());
    EXPECT_EQ(told.at("/A Allerlei/A6"), "Zu dieser Frage fehlt die Zeile „A3/fire“.");
    EXPECT_EQ(told.at("/A Allerlei/A4"),
              "Zu welcher Frage gehört diese Zeile? Der Schlüssel in der verborgenen ersten Spalte fehlt.");

    Filling without_column{empty()};
    without_column.workbook().tables[1].rows[2][place_of(Column::comment)] = Cell{};
    EXPECT_EQ(faults_in(without_column.workbook()).at("/A Allerlei/A3"), "Die Spalte „Bemerkung“ fehlt.");

    Filling without_heading{empty()};
    without_heading.workbook().tables[1].rows[2].clear();
    EXPECT_EQ(faults_in(without_heading.workbook()).at("/A Allerlei/A4"), "Die Spalte „Antwort“ fehlt.");

    Filling orphan{empty()};
    orphan.put("A3", Column::key, Cell{});
    EXPECT_EQ(faults_in(orphan.workbook()).at("/A Allerlei/F7"),
              "Zu dieser Zeile fehlt die Zeile der Frage „A3“, zu der sie gehört.");
}

TEST(PlantedFaults, OfTheCoverAreTold) {
    const auto said = [](Filling& filling) {
        try {
            (void)head_from(filling.workbook(), Language::german);
        } catch (const InputError& error) {
            return std::string{error.what()};
        }
        return std::string{"taken"};
    };
    Filling none{empty()};
    none.workbook().tables.erase(none.workbook().tables.begin());
    EXPECT_EQ(said(none), "Das ist kein Antwortbogen: Auf keinem Blatt stehen seine Angaben.");
    Filling other{empty()};
    other.put("form", Column::seen, "2");
    EXPECT_EQ(said(other), "/Deckblatt/C17: Dieses Formular hat eine Fassung, die dieses Programm nicht kennt: 2.");
    Filling missing{empty()};
    missing.put("hash", Column::seen, Cell{});
    EXPECT_EQ(said(missing), "/Deckblatt/C17: Die Angabe „Prüfsumme des Fragebogens“ fehlt.");
}

}  // namespace
}  // namespace resmon::forms
