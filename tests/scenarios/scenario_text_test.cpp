// A scenario as text: every fault with line, column and words in both languages; hostile texts are refused clearly.
#include "scenarios/scenario_text.hpp"

#include "support/shipped.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace resmon::scenarios {
namespace {

using testing::HasSubstr;

const std::string& fire() { return catalogue::shipped_files().at("scenarios/data-centre-fire.yaml"); }

CheckedText look_at(const std::string& text) { return checked(text, "mine.yaml", catalogue::shipped()); }

/// The text with a part replaced once.
std::string with(const std::string& before, const std::string& after) {
    std::string text = fire();
    const std::size_t at = text.find(before);
    EXPECT_NE(at, std::string::npos) << before;
    return text.replace(at, before.size(), after);
}

/// `12:3 fails: words`, one per line.
std::string told(const CheckedText& checked, Language language = Language::english) {
    std::string lines;
    for (const auto& [fault, column] : checked.faults)
        lines +=
            fmt::format("{}:{} {}: {}\n", fault.place.line, column, fault.place.path, fault.expectation.in(language));
    return lines;
}

/// Where a part of a text stands, as `12:3 `; columns count characters.
std::string place_of(const std::string& text, const std::string& part) {
    const std::size_t at = text.find(part);
    int line = 1;
    int column = 1;
    for (std::size_t byte = 0; byte < at; ++byte) {
        if (text[byte] == '\n') ++line, column = 0;
        if ((text[byte] & 0xC0) != 0x80) ++column;
    }
    return fmt::format("{}:{} ", line, column);
}

TEST(ScenarioText, EveryScenarioOfTheCatalogueIsSoundAndHasItsName) {
    for (const auto& [path, text] : catalogue::shipped_files()) {
        if (!path.starts_with("scenarios/")) continue;
        const CheckedText found = look_at(text);
        EXPECT_EQ(told(found), "") << path;
        ASSERT_TRUE(found.scenario) << path;
        const catalogue::Scenario& shipped = catalogue::shipped().scenario({path.substr(10, path.size() - 15)});
        EXPECT_EQ(found.name, shipped.name);
        EXPECT_EQ(found.scenario->backups_survive.id, shipped.backups_survive.id) << "draws are named by figures";
    }
}

TEST(ScenarioText, IsNamedByItsContent) {
    EXPECT_EQ(id_of(fire()), id_of(fire()));
    EXPECT_NE(id_of(fire()), id_of(fire() + "\n"));
    EXPECT_TRUE(is_own(id_of(fire())));
    EXPECT_FALSE(is_own({"data-centre-fire"}));
    EXPECT_EQ(look_at(fire()).scenario->id, id_of(fire()));
}

TEST(ScenarioText, AFaultOfTheFormIsToldInBothLanguagesWithItsPlace) {
    const std::string text = with("cause: fire-or-water", "cause: fire");
    const std::string place = place_of(text, "fire\nfails") + "cause: ";
    const CheckedText found = look_at(text);
    EXPECT_EQ(told(found), place +
                               "must be one of attack, power, fire-or-water, hardware, software-fault, "
                               "provider-insolvency, cut-line, operator-error, is fire\n");
    EXPECT_EQ(told(found, Language::german),
              place +
                  "muss eins von attack, power, fire-or-water, hardware, software-fault, provider-insolvency, "
                  "cut-line, operator-error sein, ist fire\n");
    EXPECT_FALSE(found.scenario);
}

TEST(ScenarioText, AnUnknownKeyIsToldWhereItStandsAndWithTheOneThatWasMeant) {
    const std::string text = with("durations:\n", "duratoins:\n");
    EXPECT_EQ(told(look_at(text), Language::german),
              place_of(text, "duratoins:") + "duratoins: ist unbekannt, meinten Sie durations?\n");
}

TEST(ScenarioText, AnUnknownResourceIsToldAtItsWord) {
    const std::string text = with("  - network\n", "  - netwrk\n");
    EXPECT_THAT(told(look_at(text), Language::german),
                HasSubstr(place_of(text, "netwrk") +
                          "fails: muss eine Ressource nennen, netwrk ist unbekannt, meinten Sie network?\n"));
}

TEST(ScenarioText, ColumnsCountCharactersAndNotBytes) {
    const std::string text =
        with("  - network\n",
             "  - {probability: {value: 0.5, kind: estimate, source: \"Schätzung für übermorgen\"}, "
             "resource: netwrk}\n");
    EXPECT_THAT(told(look_at(text)), HasSubstr(place_of(text, "netwrk") + "fails: "));
}

TEST(ScenarioText, TwoGatesOfOneIdAreAFault) {
    std::string text = fire();
    const std::size_t gate = text.find("  - id: ", text.find("gates:") + 30);
    const std::size_t end = text.find('\n', gate);
    text.replace(gate, end - gate, "  - id: fire-release");
    EXPECT_THAT(told(look_at(text), Language::german),
                HasSubstr("gates: darf nur einmal stehen, fire-release steht zweimal"));
}

TEST(ScenarioText, WhatIsNoYamlIsToldWhereTheParserStopped) {
    const CheckedText found = look_at("id: mine\nfails: [directory, network\ngates: []\n");
    ASSERT_EQ(found.faults.size(), 1U);
    EXPECT_EQ(told(found, Language::german),
              "3:6 : muss YAML sein: die eckige Klammer wird nicht geschlossen, oder ein Komma fehlt\n");
    EXPECT_THAT(told(look_at("id: mine\n\tname: x\n"), Language::german),
                HasSubstr("ein Tabulator darf nicht einrücken"));
    EXPECT_THAT(told(look_at("a: b\n---\nc: d\n"), Language::german),
                HasSubstr("2:1 : muss ein einziges Dokument sein"));
}

TEST(ScenarioText, OfAHalfWrittenOneTheNameIsKnown) {
    const CheckedText found = look_at("name: {de: Eigenes, en: Own}\n");
    EXPECT_EQ(found.name, (Text{"Eigenes", "Own"}));
    EXPECT_THAT(told(found, Language::german), HasSubstr("id: fehlt: ein Text"));
    EXPECT_EQ(look_at("").name, Text{});
    EXPECT_FALSE(look_at("").faults.empty());
    EXPECT_FALSE(look_at("# nothing yet\n").faults.empty());
    EXPECT_FALSE(look_at("- a\n- b\n").faults.empty());
}

TEST(ScenarioText, ACatalogueWithItKnowsItAndAllOthers) {
    const catalogue::Catalogue extended = catalogue_with(catalogue::shipped(), fire(), "mine.yaml");
    EXPECT_EQ(extended.scenarios.size(), catalogue::shipped().scenarios.size() + 1);
    EXPECT_EQ(extended.scenario(id_of(fire())).name, catalogue::shipped().scenario({"data-centre-fire"}).name);
    EXPECT_EQ(extended.hash, catalogue::shipped().hash);
    EXPECT_THROW((void)catalogue_with(catalogue::shipped(), "id: mine", "mine.yaml"), InputError);
}

struct Hostile {
    std::string name;
    std::string text;
    std::string said;
};

std::string repeated(const std::string& part, int times) {
    std::string text;
    for (int time = 0; time < times; ++time) text += part;
    return text;
}

std::vector<Hostile> hostile_texts() {
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int level = 1; level < 12; ++level)
        bomb += fmt::format("a{0}: &a{0} [{1}]\n", level, repeated(fmt::format("*a{}, ", level - 1), 10));
    std::string many;
    for (int key = 0; key < 24'000; ++key) many += fmt::format("k{}: 1\n", key);
    return {{"aliases of aliases", bomb, "darf höchstens"},
            {"deep lists", "a: " + repeated("[", 5'000), "darf höchstens 40 Ebenen tief"},
            {"nested lists", "a: " + repeated("[", 60) + repeated("]", 60), "darf höchstens 40 Ebenen tief"},
            {"many unknown keys", many, "ist unbekannt"},
            {"one key again and again", repeated("a: 1\n", 30'000), "darf nur einmal stehen"},
            {"a long key", std::string(200'000, 'k') + ": 1\n", "muss YAML sein"},
            {"bytes that are no text", "id: \xff\xfe\n", "muss UTF-8 sein"},
            {"an unknown anchor", "a: *b\n", "auf die Stelle mit diesem Namen"},
            {"a long word again and again",
             "id: x\nfails: [" + repeated("*w, ", 5'000) + "]\ncause: &w " + std::string(200'000, 'w') + "\n",
             "auf die Stelle mit diesem Namen"},
            {"a long word that is no cause",
             "cause: &w " + repeated("wé", 60'000) + "\ngates: [" + repeated("*w, ", 5'000) + "]\n", "darf höchstens"},
            {"a long word in a fault", "cause: " + repeated("wé", 60'000) + "\n", "…"},
            {"a tag", "!!python/object/apply:os.system [ls]\n", "muss aus Schlüsseln mit Werten bestehen"},
            {"too large", std::string(most_bytes + 1, ' '), "darf höchstens 262144 Bytes haben, hat 262145"}};
}

TEST(ScenarioText, HostileTextsAreRefusedWithAClearFaultAndFewWords) {
    for (const Hostile& hostile : hostile_texts()) {
        const CheckedText found = look_at(hostile.text);
        EXPECT_THAT(told(found, Language::german), HasSubstr(hostile.said)) << hostile.name;
        EXPECT_LE(found.faults.size(), most_faults) << hostile.name;
        EXPECT_FALSE(found.scenario) << hostile.name;
    }
}

}  // namespace
}  // namespace resmon::scenarios
