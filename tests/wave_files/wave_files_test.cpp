// Files of waves on both engines: out and in again, refused by sheet and cell; answers by consent alone.
#include "wave_files/wave_files.hpp"

#include "base/error.hpp"
#include "forms/form_reader.hpp"
#include "spreadsheet/xlsx_writer.hpp"
#include "waves/office.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace resmon::wave_files {
namespace {

using spreadsheet::Cell;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using waves::brilon_body;
using waves::local;
using waves::meschede;
using waves::meschede_body;
using waves::officer;
using waves::owner;
using waves::Wave;

class WaveFilesOn : public testing::TestWithParam<storage::Engine> {
protected:
    std::string out(const waves::WaveId& id, FileKind kind) {
        return files_.exported(owner, id, kind, Language::german);
    }
    Imported in(const std::string& bytes, const ImportWish& wish = {}) {
        return files_.imported(owner, wish, bytes, "welle");
    }
    std::vector<std::string> faults(const std::string& bytes, const ImportWish& wish = {}) {
        try {
            (void)in(bytes, wish);
        } catch (const InputError& error) {
            std::vector<std::string> told;
            for (const Fault& fault : error.faults()) told.push_back(to_string(fault));
            return told;
        }
        return {"none"};
    }
    std::vector<waves::FrameBody> frame(const waves::WaveId& id) {
        std::vector<waves::FrameBody> bodies;
        for (const waves::BodyStatus& one : office_.waves.wave(owner, id).bodies)
            if (!one.body.is_removed()) bodies.push_back(one.body);
        return bodies;
    }
    /// A finished response of the town that takes part, with one answer of each kind that matters here.
    void hand_in(const Wave& wave, const OrganisationId& town, waves::Comparing comparing) {
        const Principal who = waves::person(town, Role::editor);
        const survey::ResponseId id = office_.begun(who, town);
        (void)office_.invitations.take_part(who, wave.id, id, comparing);
        const auto save = [&](const char* question, survey::Answer answer) {
            (void)office_.survey.save(
                who, id, {.question = {question}, .id = question, .answer = std::move(answer), .seen = {}});
        };
        save("A1", {.state = survey::AnswerState::answered,
                    .value = 3.0,
                    .comment = "Frau Beispiel weiß es",
                    .confidence = survey::Confidence::documented});
        save("A2", {.state = survey::AnswerState::refused, .value = {}});
        (void)office_.survey.finish(who, id);
    }

    waves::Office office_{GetParam()};
    WaveFiles files_{office_.waves, office_.survey};
};

TEST_P(WaveFilesOn, WhatLeavesComesBackAsItWas) {
    const Wave wave = office_.planned(
        "body;name;street;postcode;city;email\n"
        "059580032000;=Stabsstelle;\"Markt 1; Hof\";01234;Meschede;rathaus@stadt.example\n"
        "059580012000;;;;;\n");
    for (const FileKind kind : {FileKind::csv, FileKind::xlsx}) {
        const std::string file = out(wave.id, kind);
        EXPECT_EQ(out(wave.id, kind), file) << "the same bytes";
        const Imported again = in(file);
        EXPECT_EQ(again.wave, wave.id);
        EXPECT_FALSE(again.is_new || again.changes.is_replanned);
        EXPECT_EQ(again.changes.added + again.changes.readdressed, 0U);
        EXPECT_EQ(again.changes.unchanged, 2U);

        // Another office that does not have the wave: it plans the same one.
        waves::Office other{GetParam()};
        WaveFiles theirs{other.waves, other.survey};
        const Imported made = theirs.imported(owner, {}, file, "welle");
        EXPECT_TRUE(made.is_new);
        const waves::WorkList list = other.waves.wave(owner, made.wave);
        const Wave& copy = list.overview.wave;
        EXPECT_TRUE(is_same_plan(copy, wave));
        EXPECT_EQ(copy.questionnaire, wave.questionnaire);
        EXPECT_EQ(copy.is_synthetic, wave.is_synthetic);
        const auto here = frame(wave.id);
        ASSERT_EQ(list.bodies.size(), here.size());
        for (std::size_t place = 0; place < here.size(); ++place) {
            EXPECT_EQ(list.bodies[place].body.body, here[place].body);
            EXPECT_EQ(list.bodies[place].body.contact, here[place].contact);
        }
    }
}

TEST_P(WaveFilesOn, APlannedWaveGetsBodiesAddressesAndAnotherWindow) {
    const Wave wave = office_.planned();
    const Imported done = in(fmt::format(
        "wave;closes;body;city\n{};24.12.2026;059580004000;Bestwig\n;;059580012000;Brilon\n", wave.id.value));
    EXPECT_TRUE(done.changes.is_replanned);
    EXPECT_EQ(done.changes.added, 1U);
    EXPECT_EQ(done.changes.readdressed, 1U);
    EXPECT_EQ(office_.waves.wave(owner, wave.id).overview.wave.closes, "2026-12-24");
    EXPECT_EQ(frame(wave.id).size(), 3U) << "nobody leaves the frame by a file";
    EXPECT_EQ(frame(wave.id).at(1).contact, (waves::Contact{.city = "Brilon", .email = "rathaus@brilon.example"}))
        << "what the file has no column for stays";
    const Imported plain = in("body\n059580032000\n", {.wave = wave.id});
    EXPECT_EQ(plain.changes.unchanged, 1U) << "a list without addresses takes none away";
    EXPECT_EQ(frame(wave.id).at(2).contact.email, "rathaus@meschede.example");
}

TEST_P(WaveFilesOn, AfterTheOpeningTheWindowStandsAndWhoJoinsNeedsAReason) {
    const Wave wave = office_.opened();
    const std::string later = fmt::format("wave,closes,body\n{},2026-12-24,059580004000\n", wave.id.value);
    EXPECT_THAT(faults(later),
                ElementsAre("welle:2: closes: must be 2026-12-10 since the wave was opened",
                            "welle:2: body: must say in added_why why Arnsberg joins after the opening"));
    EXPECT_EQ(in(fmt::format("wave,body,added_why\n{},059580004000,vergessen\n", wave.id.value)).changes.added, 1U);
    office_.waves.remove_body(owner, wave.id, "059580004000", "doch nicht");
    EXPECT_EQ(in(out(wave.id, FileKind::xlsx)).changes.added, 0U)
        << "its row tells that it left, and brings nobody back";
    office_.waves.close(owner, wave.id, "Probe");
    EXPECT_THROW((void)in(out(wave.id, FileKind::csv)), Conflict);
}

TEST_P(WaveFilesOn, FaultsAreToldByCellAndNothingIsPlanned) {
    spreadsheet::Book book;
    book.pages.push_back({.name = "Deckblatt", .rows = {{{.value = "Für den Rat", .list = {}}}}});
    spreadsheet::DrawnPage& page = book.pages.emplace_back();
    page.name = "Welle";
    const auto row = [&](std::initializer_list<const char*> cells) {
        auto& drawn = page.rows.emplace_back();
        for (const char* cell : cells) drawn.push_back({.value = std::string{cell}, .list = {}});
    };
    row({"body", "email", "opens", "closes", "synthetic"});
    row({"059580032000", "niemand", "31.2.2027", "2027-03-31", "vielleicht"});
    row({"123", "", "", "2027-04-30", ""});
    EXPECT_THAT(faults(spreadsheet::xlsx_from(book)),
                ElementsAre("welle: /Welle/B2: must be one address, name@host",
                            "welle: /Welle/A3: must be the key of a body of the register, is 123",
                            "welle: /Welle/C2: must be a day, such as 2027-03-31 or 31.03.2027, is 31.2.2027"));
    page.rows[1][1].value = std::string{};
    page.rows[1][2].value = std::string{"2027-05-01"};
    page.rows[2][0].value = std::string{"059580012000"};
    page.rows[2][3].value = std::string{};
    EXPECT_THAT(faults(spreadsheet::xlsx_from(book)),
                ElementsAre("welle: wave_name: is missing: the file plans a new wave",
                            "welle: delete_on: is missing: the file plans a new wave",
                            "welle: purpose: is missing: the file plans a new wave",
                            "welle: questionnaire: is missing: the file plans a new wave",
                            "welle: /Welle/E2: must be yes or no, is vielleicht"));
    EXPECT_TRUE(office_.waves.list(owner).empty());
    EXPECT_THAT(faults("name;stadt\nx;y\n"), ElementsAre("welle: must have a column body"));
}

TEST_P(WaveFilesOn, OthersNeitherReadNorExtendAWave) {
    const Wave wave = office_.planned();
    const std::string file = out(wave.id, FileKind::csv);
    office_.add_town(meschede);
    EXPECT_THROW((void)files_.exported(officer, wave.id, FileKind::csv, Language::german), Forbidden);
    EXPECT_THROW((void)files_.imported(officer, {}, file, "welle"), Forbidden);
}

TEST_P(WaveFilesOn, AnswersLeaveByConsentAloneAndWithoutWhoseTheyAre) {
    office_.add_town(meschede);
    office_.add_town(waves::brilon);
    const Wave wave = office_.opened();
    hand_in(wave, meschede, waves::Comparing::yes);
    hand_in(wave, waves::brilon, waves::Comparing::no);
    const std::string csv = files_.answers(local, wave.id, FileKind::csv, Language::english);
    EXPECT_THAT(csv, HasSubstr("\r\n1,nordrhein-westfalen,municipality,from-20000,resilienzmonitor,1,A1,,answered,3,,"
                               "documented,typed,yes\r\n"));
    EXPECT_THAT(csv, HasSubstr(",A2,,refused,,,,typed,yes\r\n"));
    for (const char* said : {"Meschede", "Brilon", "05958", "Frau Beispiel", "\r\n2,"})
        EXPECT_THAT(csv, Not(HasSubstr(said)));
    const auto workbook = forms::workbook_from(files_.answers(local, wave.id, FileKind::xlsx, Language::german));
    const auto& rows = workbook.tables.at(0).rows;
    EXPECT_EQ(static_cast<long>(rows.size()), std::ranges::count(csv, '\n'));
    for (std::size_t row = 1; row < rows.size(); ++row) EXPECT_EQ(rows[row].back(), Cell{std::string{"yes"}});

    // The owner has a right to none of it, with consent or without.
    EXPECT_THROW((void)files_.answers(owner, wave.id, FileKind::csv, Language::german), Forbidden);
    // Who changes the mind, and who opens the response again, is not in the next file.
    (void)office_.invitations.set_comparing(officer, wave.id, meschede_body, waves::Comparing::no);
    EXPECT_EQ(std::ranges::count(files_.answers(local, wave.id, FileKind::csv, Language::german), '\n'), 1);
}

/// What people write into a cell: white space at the ends is not kept by any spreadsheet reader.
std::string written(const std::string& bytes) {
    std::string text;
    for (const char byte : bytes) {
        static constexpr std::string_view letters = "aB ;,\"'=+-@äß\n0";
        text += letters[static_cast<unsigned char>(byte) % letters.size()];
    }
    return is_utf8(text) ? spreadsheet::trimmed(text) : "x";
}

RC_GTEST_PROP(WaveTable, IsReadAsItWasWritten, ()) {
    const catalogue::Register& bodies = catalogue::shipped().bodies;
    waves::WorkList list;
    Wave& wave = list.overview.wave;
    const auto text = [] { return written(*rc::gen::arbitrary<std::string>()); };
    wave = {.id = {"0123456789abcdef"},
            .name = {text(), text()},
            .questionnaire = {"resilienzmonitor"},
            .opens = "2026-11-26",
            .closes = "2026-12-10",
            .purpose = {text(), text()},
            .delete_on = "2027-12-31"};
    const auto all = waves::frame_of(bodies, waves::selection_from("state=DE-SL"));
    for (const std::size_t place :
         *rc::gen::nonEmpty(rc::gen::unique<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, all.size())))) {
        list.bodies.push_back({.body = all[place]});
        list.bodies.back().body.contact = {text(), text(), text(), text(), ""};
    }
    for (const FileKind kind : {FileKind::csv, FileKind::xlsx})
        for (const Language language : {Language::german, Language::english}) {
            const WaveTable read = wave_from_file(bodies, wave_to_file(list, kind, language), "f");
            RC_ASSERT(read.frame.rows.size() == list.bodies.size());
            for (std::size_t place = 0; place < list.bodies.size(); ++place) {
                RC_ASSERT(read.frame.rows[place].body.body == list.bodies[place].body.body);
                RC_ASSERT(read.frame.rows[place].body.contact == list.bodies[place].body.contact);
            }
            const auto said = [&](const char* column) {
                const WaveTable::Said* found = read.find(column);
                return found == nullptr ? std::string{} : found->value;
            };
            RC_ASSERT(said("wave_name") == wave.name.de);
            RC_ASSERT(said("wave_name_en") == wave.name.en);
            RC_ASSERT(said("purpose") == wave.purpose.de);
            RC_ASSERT(said("purpose_en") == wave.purpose.en);
            RC_ASSERT(said("closes") == wave.closes);
        }
}

INSTANTIATE_TEST_SUITE_P(On, WaveFilesOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::wave_files
