// Passwords: what may be chosen, and what a stolen hash or a stop-watch tells about them.
#include "credentials/password.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <ctime>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace resmon::sign_on {
namespace {

constexpr PasswordCost quick{.passes = 1, .memory = 8192};

std::optional<PasswordObstacle> obstacle(std::string password, const std::vector<std::string>& names = {}) {
    return find_obstacle(Secret{std::move(password)}, names);
}

TEST(PasswordHash, AcceptsThePasswordAndNoOther) {
    const std::string hash = password_hash(Secret{"vier bunte Kühe lesen"}, quick);
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << hash;
    EXPECT_TRUE(is_password(hash, Secret{"vier bunte Kühe lesen"}));
    EXPECT_FALSE(is_password(hash, Secret{"vier bunte Kühe lesen "}));
    EXPECT_FALSE(is_password(hash, Secret{"Vier bunte Kühe lesen"}));
    EXPECT_FALSE(is_password(hash, Secret{}));
}

TEST(PasswordHash, IsDifferentEachTime) {
    const Secret password{"vier bunte Kühe lesen"};
    EXPECT_NE(password_hash(password, quick), password_hash(password, quick));
}

TEST(PasswordHash, IsReadAsTheReferenceImplementationWritesIt) {
    // phc-winner-argon2, src/test.c: argon2id, t = 2, m = 2^16, salt "somesalt", "password"
    const std::string hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    EXPECT_TRUE(is_password(hash, Secret{"password"}));
    EXPECT_FALSE(is_password(hash, Secret{"passwort"}));
}

TEST(PasswordHash, IsTheSameFromEveryKeyboard) {
    // RFC 8265, section 4.2.2: composed and decomposed ü, no-break space
    const std::string hash = password_hash(Secret{"K\u00fche lesen gern"}, quick);
    EXPECT_TRUE(is_password(hash, Secret{"Ku\u0308he lesen gern"}));
    EXPECT_TRUE(is_password(hash, Secret{"K\u00fche\u00a0lesen gern"}));
}

TEST(PasswordHash, OfNothingFitsNothing) {
    EXPECT_FALSE(is_password(std::nullopt, Secret{"vier bunte Kühe lesen"}, quick));
    EXPECT_FALSE(is_password("", Secret{"vier bunte Kühe lesen"}));
    EXPECT_FALSE(is_password("$argon2id$v=19$m=8,t=1,p=1$", Secret{"vier bunte Kühe lesen"}));
    EXPECT_FALSE(is_password("vier bunte Kühe lesen", Secret{"vier bunte Kühe lesen"}));
    EXPECT_FALSE(is_password(password_hash(Secret{"\xff"}, quick), Secret{"\xfe"}));
}

TEST(PasswordHash, IsMadeAnewWhenTheCostsChange) {
    const std::string hash = password_hash(Secret{"vier bunte Kühe lesen"}, quick);
    EXPECT_FALSE(needs_rehash(hash, quick));
    EXPECT_TRUE(needs_rehash(hash, {.passes = 2, .memory = 8192}));
    EXPECT_TRUE(needs_rehash(hash, {.passes = 1, .memory = 16384}));
    EXPECT_TRUE(needs_rehash(hash));
}

TEST(PasswordHash, WithoutMemoryIsAFaultAndNotAWrongPassword) {
    // More than the library takes at all, so that the test itself does not ask the machine for it.
    constexpr PasswordCost impossible{.passes = 1, .memory = std::size_t{1} << 43};
    EXPECT_THROW((void)password_hash(Secret{"vier bunte Kühe lesen"}, impossible), Unavailable);
    EXPECT_THROW((void)is_password(std::nullopt, Secret{"vier bunte Kühe lesen"}, impossible), Unavailable);
}

/// The shortest of some tries, in the processor's time of this thread: others on the machine do not count.
double processor_seconds(const auto& work) {
    double shortest = std::numeric_limits<double>::infinity();
    for (int attempt = 0; attempt < 7; ++attempt) {
        timespec begin{};
        timespec end{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
        work();
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
        shortest = std::min(shortest, static_cast<double>(end.tv_sec - begin.tv_sec) +
                                          1e-9 * static_cast<double>(end.tv_nsec - begin.tv_nsec));
    }
    return shortest;
}

TEST(PasswordHash, TakesAsLongForAnUnknownLoginAsForAKnownOne) {
    constexpr PasswordCost middling{.passes = 3, .memory = std::size_t{4} << 20};
    const std::optional<std::string> hash = password_hash(Secret{"vier bunte Kühe lesen"}, middling);
    const Secret wrong{"fünf bunte Kühe lesen"};
    const double known = processor_seconds([&] { (void)is_password(hash, wrong, middling); });
    const double unknown = processor_seconds([&] { (void)is_password(std::nullopt, wrong, middling); });
    EXPECT_LT(unknown / known, 1.5);
    EXPECT_GT(unknown / known, 1 / 1.5);
}

TEST(PasswordRule, AsksForLengthInCharactersAndLimitsBytes) {
    EXPECT_EQ(obstacle(""), PasswordObstacle::too_short);
    EXPECT_EQ(obstacle("Kühe lesen!"), PasswordObstacle::too_short) << "11 characters, 12 bytes";
    EXPECT_EQ(obstacle("Kühe lesen !"), std::nullopt) << "12 characters";
    EXPECT_EQ(obstacle("Ku\u0308he lesen!"), PasswordObstacle::too_short) << "decomposed, 11 characters all the same";
    EXPECT_EQ(obstacle("🐄📖🌧🚲🏛📞🔌🕯📠🗝🧯☕"), std::nullopt) << "12 characters, no letter";
    std::string long_one;
    for (int number = 1000; long_one.size() < 256; ++number) long_one += std::to_string(number);
    EXPECT_EQ(obstacle(long_one), std::nullopt);
    EXPECT_EQ(obstacle(long_one + "x"), PasswordObstacle::too_long);
    EXPECT_EQ(obstacle(std::string(10'000'000, 'x')), PasswordObstacle::too_long);
}

TEST(PasswordRule, AsksForNoKindsOfCharacters) {
    EXPECT_EQ(obstacle("vierbuntekuehelesen"), std::nullopt);
    EXPECT_EQ(obstacle("VIERBUNTEKUEHE"), std::nullopt);
    EXPECT_EQ(obstacle("739105528164"), std::nullopt);
}

TEST(PasswordRule, WantsText) {
    EXPECT_EQ(obstacle("vier bunte \xff\xfe lesen"), PasswordObstacle::not_text);
    EXPECT_EQ(obstacle("vier bunte\nlesen"), PasswordObstacle::not_text);
    EXPECT_EQ(obstacle(std::string("vier bunte\0lesen", 16)), PasswordObstacle::not_text);
    EXPECT_EQ(obstacle("vier bunte\u0085lesen"), PasswordObstacle::not_text);
}

TEST(PasswordRule, RefusesTheMostFrequent) {
    // From the published list by Mark Burnett.
    for (const char* frequent : {"1qaz2wsx3edc", "qwertyqwerty", "123456654321", "motherfucker", "ichliebedich",
                                 "administrator", "123456789012", "sonyericsson"})
        EXPECT_EQ(obstacle(frequent), PasswordObstacle::frequent) << frequent;
    EXPECT_EQ(obstacle("IchLiebeDich"), PasswordObstacle::frequent) << "capitals do not help";
}

TEST(PasswordRule, RefusesAFrequentWordWithLittleAroundIt) {
    for (const char* frequent : {"Passwort2026", "passwort!!!!", "!2026Passwort", "Sommer01.01.26", "Geheim123456",
                                 "Einwohnermeldeamt1", "Bürgerbüro2026", "Rathaus-2026", "qwertzuiop123"})
        EXPECT_EQ(obstacle(frequent), PasswordObstacle::frequent) << frequent;
    EXPECT_EQ(obstacle("Sommer 739105528"), std::nullopt) << "ten characters around it";
    EXPECT_EQ(obstacle("Sommerkuh liest"), std::nullopt);
}

TEST(PasswordRule, RefusesAShortPieceRepeated) {
    for (const char* repeated : {"aaaaaaaaaaaaa", "abababababab", "xyzxyzxyzxyzxy", "PasswortPasswort",
                                 "Sommer26Sommer26", "rathausrathausrat"})
        EXPECT_EQ(obstacle(repeated), PasswordObstacle::frequent) << repeated;
    EXPECT_EQ(obstacle("kuhtintekuhtinte"), std::nullopt) << "a longer piece that is not frequent";
}

TEST(PasswordRule, RefusesTheNamesOfTheirOwner) {
    const std::vector<std::string> names{"e.mustermann", "Erika Mustermann", "Stadt Lüdenscheid"};
    for (const char* named :
         {"ErikaMustermann", "erika-mustermann-85", "Mustermann2026", "Lüdenscheid!", "Luedenscheid2026",
          "STADTLÜDENSCHEID", "resilienzmonitor", "Resilienzmonitor1!", "mustermannmustermann", "Lu\u0308denscheid26"})
        EXPECT_EQ(obstacle(named, names), PasswordObstacle::named) << named;
    EXPECT_EQ(obstacle("Mustermann2026"), std::nullopt) << "of somebody else";
    EXPECT_EQ(obstacle("vier Kühe in Lüdenscheid", names), std::nullopt) << "a name within a sentence";
}

TEST(PasswordRule, SaysEachObstacleInBothLanguages) {
    for (const auto reason : {PasswordObstacle::not_text, PasswordObstacle::too_short, PasswordObstacle::too_long,
                              PasswordObstacle::frequent, PasswordObstacle::named})
        EXPECT_NE(program_text(text_key(reason), Language::german), program_text(text_key(reason), Language::english));
}

RC_GTEST_PROP(PasswordRule, AnswersForAnyBytes, (const std::string& bytes)) { (void)obstacle(bytes, {bytes}); }

TEST(PasswordRule, LetsRandomLettersPass) {
    std::mt19937 random{20261124};
    std::uniform_int_distribution<int> letter{'a', 'z'};
    for (int attempt = 0; attempt < 500; ++attempt) {
        std::string password(14, ' ');
        for (char& place : password) place = static_cast<char>(letter(random));
        EXPECT_EQ(obstacle(password), std::nullopt) << password;
    }
}

}  // namespace
}  // namespace resmon::sign_on
