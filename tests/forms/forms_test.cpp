// The offline form on both engines: out, filled by another program, in; twice; against what happened meanwhile.
#include "forms/forms.hpp"

#include "accounts/accounts.hpp"
#include "base/error.hpp"
#include "forms/filling.hpp"
#include "forms/form_reader.hpp"
#include "forms/form_writer.hpp"
#include "support/database.hpp"
#include "support/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace resmon::forms {
namespace {

using spreadsheet::Cell;
using spreadsheet::Row;
using survey::Answer;
using survey::AnswerState;
using survey::ResponseId;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Principal local{.kind = Principal::Kind::local};

class FormsOn : public testing::TestWithParam<storage::Engine> {
protected:
    ResponseId begun(const std::string& body = "059580032000") {
        return survey_
            .begin(local, {.questionnaire = {"resilienzmonitor"}, .body = body, .organisation = OrganisationId{}})
            .response.id;
    }
    std::string form_of(const ResponseId& id, FileKind kind = FileKind::xlsx) {
        return forms_.exported(local, id, kind, Language::german);
    }
    Imported import(const ResponseId& id, const std::string& bytes) {
        return forms_.imported(local, id, bytes, Language::german);
    }
    std::string refusal(const ResponseId& id, const std::string& bytes) {
        try {
            (void)import(id, bytes);
        } catch (const InputError& error) {
            return error.what();
        } catch (const Conflict& error) {
            return error.what();
        }
        return "taken";
    }
    std::vector<survey::Entry> current(const ResponseId& id, const char* question) {
        return survey::current(survey_.opened(local, id).entries[{question}]);
    }
    void save(const ResponseId& id, const char* entry, const char* question, double level,
              std::vector<std::int64_t> seen = {}) {
        (void)survey_.save(local, id,
                           {.question = {question},
                            .id = entry,
                            .answer = {.state = AnswerState::answered, .value = level},
                            .seen = std::move(seen)});
    }

    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
    accounts::AuditTrail audit_{database_, "here", &std::chrono::system_clock::now};
    storage::Sealing sealing_{{storage::new_sealing_key()}};
    survey::Survey survey_{
        database_, audit_, sealing_, catalogue::shipped(), catalogue::shipped_files(), &std::chrono::system_clock::now};
    Forms forms_{survey_, &std::chrono::system_clock::now};
};

TEST_P(FormsOn, TakesWhatWasFilledInAndNothingElse) {
    const ResponseId id = begun();
    save(id, "entry-0001", "A4", 2);
    Filling filling{form_of(id)};
    filling.put("B1", Column::answer, 3.0);
    filling.put("B2", Column::state, "weiß nicht");
    filling.put("N1/power", Column::answer, "ja");
    filling.put("C10", Column::answer, 45.0);
    filling.put("C10", Column::unit, "Stunden");
    filling.put("A4", Column::answer, Cell{});
    filling.put("A4", Column::state, Cell{});
    const Imported imported = import(id, filling.saved());
    EXPECT_THAT(imported.saved,
                ElementsAre(QuestionId{"A4"}, QuestionId{"B1"}, QuestionId{"B2"}, QuestionId{"C10"}, QuestionId{"N1"}));
    EXPECT_THAT(imported.conflicts, IsEmpty());
    EXPECT_EQ(current(id, "B1").at(0).answer.value, survey::Value{3.0});
    EXPECT_EQ(current(id, "B2").at(0).answer.state, AnswerState::dont_know);
    EXPECT_EQ(current(id, "N1").at(0).answer.value, survey::Value{std::vector<std::string>{"power"}});
    EXPECT_EQ(current(id, "C10").at(0).answer.value, (survey::Value{survey::Span{45, survey::SpanUnit::hours}}));
    EXPECT_EQ(current(id, "A4").at(0).answer, Answer{}) << "taken back";
}

TEST_P(FormsOn, ChangesNothingTheSecondTime) {
    const ResponseId id = begun();
    Filling filling{form_of(id)};
    filling.put("B1", Column::answer, 3.0);
    EXPECT_THAT(import(id, filling.saved()).saved, ElementsAre(QuestionId{"B1"}));
    EXPECT_THAT(import(id, filling.saved()).saved, IsEmpty());
    save(id, "entry-0001", "B1", 1, {1});
    EXPECT_THAT(import(id, filling.saved()).saved, IsEmpty()) << "its statement is known and was superseded";
    EXPECT_EQ(current(id, "B1").size(), 1U);
    filling.workbook().tables.front().rows.emplace_back(Row{Cell{}, Cell{"andere Bytes"}});
    EXPECT_THAT(import(id, filling.saved()).saved, IsEmpty());
}

TEST_P(FormsOn, ShowsWhatWasAnsweredDifferentlyMeanwhile) {
    const ResponseId id = begun();
    save(id, "entry-0001", "B1", 1);
    Filling filling{form_of(id)};
    filling.put("B1", Column::answer, 3.0);
    filling.put("B2", Column::answer, 2.0);
    save(id, "entry-0002", "B1", 4, {1});
    save(id, "entry-0003", "B2", 2);
    const Imported imported = import(id, filling.saved());
    EXPECT_THAT(imported.saved, ElementsAre(QuestionId{"B1"}));
    EXPECT_THAT(imported.conflicts, ElementsAre(QuestionId{"B1"}));
    ASSERT_EQ(current(id, "B1").size(), 2U);
    EXPECT_EQ(current(id, "B1")[0].answer.value, survey::Value{4.0});
    EXPECT_EQ(current(id, "B1")[1].answer.value, survey::Value{3.0});
    EXPECT_EQ(current(id, "B2").size(), 1U) << "two who say the same do not contradict each other";
}

TEST_P(FormsOn, ImportsNothingOfAFormWithAFault) {
    const ResponseId id = begun();
    Filling filling{form_of(id)};
    filling.put("A4", Column::answer, 3.0);
    const std::string fault = filling.put("B1", Column::answer, 5.0);
    const std::string other = filling.put("N1/power", Column::answer, "manchmal");
    const std::string told = refusal(id, filling.saved());
    EXPECT_EQ(fault, "/B Notfallplanung/F4");
    EXPECT_THAT(told, HasSubstr(fault + ": „5“ ist keine Stufe von 0 bis 4."));
    EXPECT_THAT(told, HasSubstr(other + ": „manchmal“ ist weder „ja“ noch leer."));
    EXPECT_TRUE(survey_.opened(local, id).entries.empty());
}

TEST_P(FormsOn, RefusesWhatBelongsElsewhere) {
    const ResponseId id = begun();
    const std::string form = form_of(id);
    const ResponseId brilon = begun("059580012000");
    EXPECT_THAT(refusal(brilon, form),
                HasSubstr("gehört zu einer anderen Verwaltung: Meschede. Hier antwortet Brilon."));
    const auto with = [&](const char* key, const char* value) {
        Filling filling{form};
        filling.put(key, Column::seen, value);
        return refusal(id, filling.saved());
    };
    EXPECT_THAT(with("hash", "#0000"), HasSubstr("gehört zu einer anderen Fassung des Fragebogens"));
    EXPECT_THAT(with("questionnaire", "anderer"),
                HasSubstr("gehört zu einem anderen Fragebogen: anderer. Hier wird resilienzmonitor beantwortet."));
    EXPECT_THAT(with("response", "#1111111111111111"), HasSubstr("gehört zu anderen Antworten derselben Verwaltung"));
    EXPECT_THAT(refusal(id, "Liebe Leute;hier die Antworten"), HasSubstr("Das ist kein Antwortbogen"));
    EXPECT_THAT(refusal(id, "PK kein Archiv"), HasSubstr("is no archive, or damaged"));
    (void)survey_.finish(local, id);
    EXPECT_THAT(refusal(id, form), HasSubstr("finished"));
}

TEST_P(FormsOn, TakesAnEmptyFormThatSomebodyFilledBefore) {
    const std::string empty = empty_form(catalogue::shipped(), {"resilienzmonitor"}, "059580032000", Language::german);
    const ResponseId id = begun();
    save(id, "entry-0001", "B1", 1);
    Filling filling{empty};
    filling.put("B1", Column::answer, 3.0);
    filling.put("B2", Column::answer, 3.0);
    const Imported imported = import(id, filling.saved());
    EXPECT_EQ(imported.saved.size(), 2U);
    EXPECT_THAT(imported.conflicts, ElementsAre(QuestionId{"B1"})) << "who filled it had seen no answer";
    const ResponseId brilon = begun("059580012000");
    EXPECT_THAT(refusal(brilon, filling.saved()), HasSubstr("Verwaltung"));
    EXPECT_EQ(
        import(brilon, empty_form(catalogue::shipped(), {"resilienzmonitor"}, {}, Language::english)).saved.size(), 0U);
}

/// As Excel saves "CSV (Trennzeichen-getrennt)" on a German computer: Windows-1252, no mark, days in German.
std::string as_german_excel(std::string csv) {
    csv = csv.substr(3);
    for (const auto& [utf8, ansi] : {std::pair{"ä", "\xE4"},
                                     {"ö", "\xF6"},
                                     {"ü", "\xFC"},
                                     {"ß", "\xDF"},
                                     {"Ä", "\xC4"},
                                     {"Ö", "\xD6"},
                                     {"Ü", "\xDC"},
                                     {"„", "\x84"},
                                     {"“", "\x93"},
                                     {"–", "\x96"},
                                     {"…", "\x85"},
                                     {"≥", "?"},
                                     {"≤", "?"}})
        for (std::size_t at = 0; (at = csv.find(utf8, at)) != std::string::npos;)
            csv.replace(at, std::string_view{utf8}.size(), ansi);
    return csv;
}

TEST_P(FormsOn, TakesCsvFromAGermanSpreadsheet) {
    const ResponseId id = begun();
    (void)survey_.save(local, id,
                       {.question = {"A4"},
                        .id = "entry-0001",
                        .answer = {.state = AnswerState::answered,
                                   .value = 2.0,
                                   .comment = "Frau Ä. weiß mehr",
                                   .evidence_expires = "2027-06-30"},
                        .seen = {}});
    std::string csv = as_german_excel(form_of(id, FileKind::csv));
    const std::size_t day = csv.find("2027-06-30");
    ASSERT_NE(day, std::string::npos);
    csv.replace(day, 10, "30.06.2027");
    const Imported unchanged = import(id, csv);
    EXPECT_THAT(unchanged.saved, IsEmpty());
    // E6 is a number with a decimal.
    const std::size_t row = csv.find("\nE6;E6;0;");
    ASSERT_NE(row, std::string::npos);
    Filling filling{csv};
    const auto [table, number] = filling.place("E6");
    EXPECT_EQ(table->name, "CSV");
    filling.put("E6", Column::answer, "2,5");
    EXPECT_THAT(import(id, filling.saved()).saved, ElementsAre(QuestionId{"E6"}));
    EXPECT_EQ(current(id, "E6").at(0).answer.value, survey::Value{2.5});
}

TEST_P(FormsOn, RefusesToShowTheSignOfALockInPlaceOfWords) {
    const ResponseId id = begun();
    (void)survey_.save(local, id,
                       {.question = {"A4"},
                        .id = "entry-0001",
                        .answer = {.state = AnswerState::answered, .value = 1.0, .comment = "Passwort klebt am Schirm"},
                        .seen = {}});
    const storage::Sealing none{{}};
    survey::Survey keyless{
        database_, audit_, none, catalogue::shipped(), catalogue::shipped_files(), &std::chrono::system_clock::now};
    Forms forms{keyless, &std::chrono::system_clock::now};
    try {
        (void)forms.exported(local, id, FileKind::xlsx, Language::german);
        FAIL() << "a form without its words";
    } catch (const Conflict& refusal) {
        EXPECT_THAT(refusal.what(), HasSubstr("ihr Schlüssel fehlt (A4)"));
    }
    EXPECT_THAT(form_of(id), testing::Not(IsEmpty())) << "with the key";
}

TEST_P(FormsOn, SaysWhichAnswersContradictEachOther) {
    const ResponseId id = begun();
    save(id, "entry-0001", "B1", 1);
    save(id, "entry-0002", "B1", 3);
    const spreadsheet::Workbook workbook = workbook_from(form_of(id));
    const auto holds = [](const spreadsheet::Table& table, const char* words) {
        return std::ranges::any_of(table.rows, [&](const Row& row) {
            return std::ranges::any_of(
                row, [&](const Cell& cell) { return spreadsheet::shown(cell).find(words) != std::string::npos; });
        });
    };
    EXPECT_TRUE(holds(workbook.tables.front(), "Hier widersprechen sich Antworten: B1."));
    EXPECT_TRUE(holds(workbook.tables.at(2), "Widerspruch: zuerst im Programm entscheiden."));
    EXPECT_THAT(import(id, form_of(id)).saved, IsEmpty()) << "the mark is no answer";
}

INSTANTIATE_TEST_SUITE_P(On, FormsOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::forms
