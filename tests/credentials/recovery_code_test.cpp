// Recovery codes: readable, hard to guess, forgiving to those who type them.
#include "credentials/recovery_code.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <regex>
#include <set>
#include <string>

namespace resmon::sign_on {
namespace {

std::vector<std::string> hashes_of(const std::vector<Secret>& codes) {
    std::vector<std::string> hashes;
    for (const Secret& code : codes) hashes.push_back(*recovery_code_hash(code.revealed()));
    return hashes;
}

std::string lower(std::string text) {
    for (char& letter : text) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return text;
}

TEST(RecoveryCode, ComesInTensOfReadableGroups) {
    const auto codes = new_recovery_codes();
    ASSERT_EQ(codes.size(), 10U);
    std::set<std::string> different;
    for (const Secret& code : codes) {
        EXPECT_TRUE(std::regex_match(std::string{code.revealed()}, std::regex{"([A-Z0-9]{4}-){3}[A-Z0-9]{4}"}));
        EXPECT_EQ(code.revealed().find_first_of("0O1IL2Z5S68B"), std::string_view::npos);
        different.emplace(code.revealed());
    }
    EXPECT_EQ(different.size(), 10U);
}

TEST(RecoveryCode, UsesItsWholeAlphabetSoThatItHasMoreThan50Bits) {
    std::set<char> seen;
    for (int set = 0; set < 50; ++set)
        for (const Secret& code : new_recovery_codes())
            for (const char letter : code.revealed())
                if (letter != '-') seen.insert(letter);
    // 8,000 draws miss one of 24 letters with a probability below 24 · (23/24)^8000 ≈ 10^-146.
    ASSERT_EQ(seen.size(), 24U);
    EXPECT_GT(16 * std::log2(24.0), 50.0);
}

TEST(RecoveryCode, IsFoundAmongTheStoredHashesHoweverItIsTyped) {
    const auto codes = new_recovery_codes();
    const auto hashes = hashes_of(codes);
    for (std::size_t index = 0; index < codes.size(); ++index) {
        const std::string code{codes[index].revealed()};
        std::string bare = code;
        std::erase(bare, '-');
        EXPECT_EQ(find_recovery_code(code, hashes), index);
        EXPECT_EQ(find_recovery_code(lower(code), hashes), index);
        EXPECT_EQ(find_recovery_code(bare, hashes), index);
        EXPECT_EQ(find_recovery_code("  " + bare.substr(0, 5) + " " + lower(bare.substr(5)) + " ", hashes), index);
    }
}

TEST(RecoveryCode, IsNotFoundOnceItWasRemoved) {
    const auto codes = new_recovery_codes();
    auto hashes = hashes_of(codes);
    hashes.erase(hashes.begin() + 3);
    EXPECT_FALSE(find_recovery_code(codes[3].revealed(), hashes));
    EXPECT_EQ(find_recovery_code(codes[4].revealed(), hashes), 3U);
    EXPECT_FALSE(find_recovery_code(codes[4].revealed(), {}));
}

TEST(RecoveryCode, IsKeptAsAHashThatDoesNotShowIt) {
    // sha256sum of the sixteen letters without hyphens, by coreutils
    EXPECT_EQ(recovery_code_hash("aaaa-cccc-3333-4444"),
              "d90471a874c032be0aa6cd98808656cf00b1ecd816502807d78bb2cb5eff54f1");
}

TEST(RecoveryCode, OfAnotherFormIsRefusedBeforeItIsHashed) {
    for (const char* wrong : {"", "-", "AAAA-CCCC-3333-444", "AAAA-CCCC-3333-44444", "AAAA-CCCC-3333-444O",
                              "AAAA_CCCC_3333_4444", "ÄAAA-CCCC-3333-4444", "AAAA\tCCCC-3333-4444", "287082"})
        EXPECT_FALSE(recovery_code_hash(wrong)) << wrong;
    EXPECT_FALSE(recovery_code_hash(std::string(1'000'000, 'A')));
}

RC_GTEST_PROP(RecoveryCode, IsNeverFoundByChance, (const std::string& typed)) {
    static const auto hashes = hashes_of(new_recovery_codes());
    RC_ASSERT(!find_recovery_code(typed, hashes));
}

}  // namespace
}  // namespace resmon::sign_on
