// YAML as a plain tree: what stands where, and what no file may do to its reader.
#include "reading/tree_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>

namespace resmon::catalogue {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> faults_of(const std::string& yaml) {
    std::vector<Fault> faults;
    const Tree tree = tree_from_yaml(yaml, "file.yaml", faults);
    std::vector<std::string> told;
    std::ranges::transform(faults, std::back_inserter(told), [](const Fault& fault) { return to_string(fault); });
    return told;
}

Tree sound(const std::string& yaml) {
    std::vector<Fault> faults;
    Tree tree = tree_from_yaml(yaml, "file.yaml", faults);
    EXPECT_THAT(faults, IsEmpty());
    return tree;
}

TEST(Tree, KnowsLineAndColumnOfEveryValueAndWhetherItStoodInQuotes) {
    const Tree tree = sound("key: '05'\nlist:\n  - a\n  - {b: 1}\n");
    EXPECT_EQ(tree.find("key")->scalar, "05");
    EXPECT_TRUE(tree.find("key")->is_quoted);
    const Tree& items = *tree.find("list");
    EXPECT_FALSE(items.items[0].is_quoted);
    EXPECT_EQ(items.items[1].line, 4);
    EXPECT_EQ(items.items[1].entries[0].column, 6);
    EXPECT_EQ(items.items[1].entries[0].value.column, 9);
}

TEST(Tree, AnAliasStandsForWhatItNames) {
    const Tree tree = sound("a: &x {b: [1, 2]}\nc: *x\n");
    EXPECT_EQ(tree.find("c")->find("b")->items[1].scalar, "2");
    EXPECT_EQ(tree.find("c")->line, 1);
}

TEST(Tree, AnEmptyFileIsNothing) {
    EXPECT_EQ(sound("").kind, Tree::Kind::nothing);
    EXPECT_EQ(sound("# only a remark\n").kind, Tree::Kind::nothing);
}

TEST(Tree, AKeyThatIsRepeatedIsToldAtItsSecondPlace) {
    EXPECT_THAT(faults_of("a: 1\nb: 2\na: 3\n"), ElementsAre("file.yaml:3: a: must stand once, stands twice"));
}

TEST(Tree, ASecondDocumentIsToldWhereItBegins) {
    EXPECT_THAT(faults_of("a: 1\n---\nb: 2\n---\nc: 3\n"), ElementsAre(HasSubstr("file.yaml:2: must be one document")));
}

TEST(Tree, AStrayCommaIsNoYaml) {
    // The parser finds empty documents before it, for ever.
    EXPECT_THAT(faults_of(", a: 1\n"), ElementsAre("file.yaml:1: must be YAML: unknown token"));
    EXPECT_THAT(faults_of("--- {a: 1}\n, b\n"), ElementsAre(HasSubstr("file.yaml:2: must be YAML")));
}

TEST(Tree, WhatIsNoYamlIsToldAlone) {
    EXPECT_THAT(faults_of("a: 1\na: 2\nb: [\n"), ElementsAre(HasSubstr("must be YAML")));
}

TEST(Tree, WhatTheParserSaysIsToldInGermanTooWithWhatItFound) {
    std::vector<Fault> faults;
    (void)tree_from_yaml("a: \"\\q\"\n", "file.yaml", faults);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].expectation.in(Language::english), "must be YAML: unknown escape character: q");
    EXPECT_EQ(faults[0].expectation.in(Language::german),
              "muss YAML sein: nach einem umgekehrten Schrägstrich steht ein Zeichen, das dort nichts bedeutet: q");
}

TEST(Tree, EverySentenceOfTheParserIsToldInGermanToo) {
    std::ifstream header{"/usr/include/yaml-cpp/exceptions.h"};
    ASSERT_TRUE(header.is_open());
    std::ostringstream text;
    text << header.rdbuf();
    // What follows is said by parts of the library that we do not use.
    const std::string of_parser = text.str().substr(0, text.str().find("INVALID_NODE"));
    const std::regex sentence{"const char\\* const \\w+ =\\s+\"([^\"]+)\";"};
    int count = 0;
    for (std::sregex_iterator found{of_parser.begin(), of_parser.end(), sentence}, end; found != end; ++found) {
        std::string said = (*found)[1].str();
        if (said.ends_with(": ")) said += "x";
        const Wording wording = what_is_no_yaml(said);
        EXPECT_EQ(wording.in(Language::english), "must be YAML: " + said);
        EXPECT_THAT(wording.in(Language::german), testing::Not(HasSubstr(said)));
        EXPECT_EQ(wording.in(Language::german).ends_with(": x"), said.ends_with(": x"));
        ++count;
    }
    EXPECT_GE(count, 37);
}

TEST(Tree, WhatNestsTooDeepIsToldAndLeftOut) {
    EXPECT_THAT(faults_of(std::string(41, '[') + std::string(41, ']')), IsEmpty());
    EXPECT_THAT(faults_of(std::string(43, '[') + std::string(43, ']')),
                ElementsAre("file.yaml:1: must nest at most 40 levels deep"));
    EXPECT_THAT(faults_of(std::string(100'000, '[')), ElementsAre(HasSubstr("must nest at most 40 levels deep")));
}

TEST(Tree, AliasesOfAliasesAreCountedAnewAndEnd) {
    std::ostringstream laughs;
    laughs << "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
    for (int i = 1; i < 12; ++i) {
        laughs << 'a' << i << ": &a" << i << " [";
        for (int k = 0; k < 9; ++k) laughs << (k > 0 ? ", *a" : "*a") << i - 1;
        laughs << "]\n";
    }
    EXPECT_THAT(faults_of(laughs.str()), ElementsAre(HasSubstr("each alias counted anew")));
}

TEST(Tree, WhatContainsItselfIsTold) {
    EXPECT_THAT(faults_of("a: &a\n  - *a\n"), ElementsAre(HasSubstr("file.yaml:2: must nest at most")));
}

TEST(Tree, BytesThatAreNotUtf8AreToldWithTheirLine) {
    EXPECT_THAT(faults_of("a: 1\nb: \xff\n"), ElementsAre("file.yaml:2: must be UTF-8"));
}

}  // namespace
}  // namespace resmon::catalogue
