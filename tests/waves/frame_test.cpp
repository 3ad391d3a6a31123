// Whom a wave asks: selections counted against the register by hand, files with every fault told at once.
#include "waves/frame.hpp"

#include "base/error.hpp"
#include "support/shipped.hpp"
#include "waves/status.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace resmon::waves {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const catalogue::Register& bodies() { return catalogue::shipped().bodies; }

TEST(Frame, OfNorthRhineWestphaliaHas396TownHallsAnd31Districts) {
    // 373 municipalities of districts and 23 independent cities (the city region's Aachen counts as one of its district
    // in the register); 30 districts and the Städteregion Aachen. Source: IT.NRW, Verwaltungsgliederung.
    const auto size = [](const char* words) { return frame_of(bodies(), selection_from(words)).size(); };
    EXPECT_EQ(size("state=DE-NW"), 396U);
    EXPECT_EQ(size("state=nordrhein-westfalen,kind=municipality+independent-city"), 396U);
    EXPECT_EQ(size("state=DE-NW,kind=district"), 31U);
}

TEST(Frame, ClassesOfSizeDivideIt) {
    std::size_t sum = 0;
    for (const char* size : {"below-5000", "from-5000", "from-10000", "from-20000", "from-50000", "from-100000"})
        sum += frame_of(bodies(), selection_from(std::string{"state=DE-HE,size="} + size)).size();
    EXPECT_EQ(sum, frame_of(bodies(), selection_from("state=DE-HE")).size());
    for (const FrameBody& body : frame_of(bodies(), selection_from("inhabitants=5000..9999")))
        EXPECT_EQ(body.size, catalogue::SizeClass::from_5000) << body.name;
}

TEST(Frame, ASelectionTellsEveryFault) {
    try {
        (void)selection_from("state=DE-XX,size=klein,farbe=rot,inhabitants=viele");
        FAIL();
    } catch (const InputError& error) {
        EXPECT_EQ(error.faults().size(), 4U);
        EXPECT_THAT(error.what(), HasSubstr("state: must be one of DE-SH"));
        EXPECT_THAT(error.what(), HasSubstr("inhabitants: must be FROM..TO, is viele"));
    }
}

TEST(Frame, OfAGermanSpreadsheetIsRead) {
    const auto frame =
        frame_from_csv(bodies(),
                       "\xEF\xBB\xBF"
                       "body;name;street;postcode;city;email\r\n"
                       "=\"059580032000\";Stabsstelle;\"Markt 1; Hof\";59872;Meschede;rathaus@stadt.example\r\n"
                       "5958012;;;;;\r\n",
                       "frame.csv");
    ASSERT_EQ(frame.size(), 2U);
    EXPECT_EQ(frame[0].body.text(), "059580012000") << "a zero that the spreadsheet took away";
    EXPECT_EQ(frame[1].contact, (Contact{"Stabsstelle", "Markt 1; Hof", "59872", "Meschede", "rathaus@stadt.example"}));
}

TEST(Frame, AFileTellsEveryFaultWithItsLine) {
    try {
        (void)frame_from_csv(bodies(), "body,email\n059580032000,niemand\n000000000000,\n059580032000,\n1,2,3\n",
                             "f.csv");
        FAIL();
    } catch (const InputError& error) {
        std::vector<std::string> told;
        for (const Fault& fault : error.faults()) told.push_back(to_string(fault));
        EXPECT_THAT(told, ElementsAre("f.csv:2: email: must be one address, name@host",
                                      "f.csv:3: body: must be the key of a body of the register, is 000000000000",
                                      "f.csv:4: body: must stand once, Meschede stands in line 2 too",
                                      "f.csv:5: must have 2 columns, has 3"));
    }
}

RC_GTEST_PROP(Status, SumsToTheFrameInEveryGrouping, ()) {
    const auto all = frame_of(bodies(), selection_from("state=DE-SL+DE-HE"));
    std::vector<BodyStatus> rows;
    long left = 0;
    for (const auto place :
         *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, all.size()))) {
        rows.push_back({.body = all[place],
                        .standing = static_cast<Standing>(*rc::gen::inRange(0, static_cast<int>(standings.size())))});
        if (*rc::gen::arbitrary<bool>())
            rows.back().body.removed_at = "2026-11-26T07:00:00Z";
        else
            ++left;
    }
    const Status status = status_of(rows);
    RC_ASSERT(sum_of(status.total) == left);
    for (const auto* groups : {&status.by_state, &status.by_size, &status.by_kind}) {
        Counts sum{};
        for (const Group& group : *groups)
            for (std::size_t place = 0; place < sum.size(); ++place) sum.at(place) += group.counts.at(place);
        RC_ASSERT(sum == status.total);
    }
    RC_ASSERT(response_rate(status.total) >= 0 && response_rate(status.total) <= 1);
}

TEST(Successors, LeadBackOverSeveralSteps) {
    const auto key = [](char digit) { return BodyKey{std::string(12, digit)}; };
    const auto day = [](const char* text) { return date_from(text).value(); };
    // 1 and 2 became 3 in 2022; 3 took in 4 in 2024 and kept its key; 5 is not concerned.
    const std::vector<catalogue::Successor> successors{{key('1'), key('3'), day("2022-01-01"), "Gesetz A"},
                                                       {key('2'), key('3'), day("2022-01-01"), "Gesetz A"},
                                                       {key('3'), key('3'), day("2024-01-01"), "Gesetz B"},
                                                       {key('4'), key('3'), day("2024-01-01"), "Gesetz B"}};
    const auto at = [&](char body, const char* since, const char* until) {
        return catalogue::keys_at(successors, key(body), day(since), day(until));
    };
    EXPECT_THAT(at('5', "2020-01-01", "2026-01-01"), ElementsAre(key('5')));
    EXPECT_THAT(at('3', "2023-01-01", "2026-01-01"), ElementsAre(key('3'), key('4')));
    EXPECT_THAT(at('3', "2020-01-01", "2026-01-01"), ElementsAre(key('1'), key('2'), key('4')));
    EXPECT_THAT(at('3', "2024-01-01", "2026-01-01"), ElementsAre(key('3')));
}

/// 3 continues 1 under a new key and later takes in 4 under its own; 5 is made of 2 and 3.
TEST(Successors, ContinueABodyOverNewKeysButNotOverAMergerOfSeveral) {
    const auto key = [](char digit) { return BodyKey{std::string(12, digit)}; };
    const auto day = [](const char* text) { return *date_from(text); };
    const std::vector<catalogue::Successor> successors{{key('1'), key('3'), day("2022-01-01"), "Gesetz A"},
                                                       {key('3'), key('3'), day("2023-01-01"), "Gesetz B"},
                                                       {key('4'), key('3'), day("2023-01-01"), "Gesetz B"},
                                                       {key('2'), key('5'), day("2024-01-01"), "Gesetz C"},
                                                       {key('3'), key('5'), day("2024-01-01"), "Gesetz C"}};
    const auto keys = [&](char body, const char* until) {
        return catalogue::continued_keys(successors, key(body), day(until));
    };
    EXPECT_THAT(keys('3', "2023-06-01"), testing::ElementsAre(key('3'), key('1')));
    EXPECT_THAT(keys('3', "2021-06-01"), testing::ElementsAre(key('3'))) << "not yet";
    EXPECT_THAT(keys('5', "2025-06-01"), testing::ElementsAre(key('5'))) << "two went into it";
    EXPECT_THAT(keys('1', "2025-06-01"), testing::ElementsAre(key('1'))) << "nothing leads forward";
}

}  // namespace
}  // namespace resmon::waves
