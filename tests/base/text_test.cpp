// Texts: complete in both languages, formatted by the rules of each.
#include "base/text.hpp"

#include "base/texts_table.hpp"

#include <gtest/gtest.h>

#include <unicode/msgfmt.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>

namespace resmon {
namespace {

/// The names of the arguments of a pattern, or nothing if ICU cannot read it.
std::set<std::string> arguments_of(std::string_view pattern, const char* language, bool& readable) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError place;
    icu::MessageFormat format{
        icu::UnicodeString::fromUTF8(icu::StringPiece{pattern.data(), static_cast<int>(pattern.size())}),
        icu::Locale{language}, place, status};
    readable = U_SUCCESS(status);
    std::set<std::string> names;
    if (!readable) return names;
    const std::unique_ptr<icu::StringEnumeration> found{format.getFormatNames(status)};
    while (const char* name = found ? found->next(nullptr, status) : nullptr) names.insert(name);
    return names;
}

TEST(ProgramTexts, AreReadableAndTakeTheSameArgumentsInBothLanguages) {
    for (const ProgramText& text : program_texts()) {
        bool german_is_readable = false;
        bool english_is_readable = false;
        const auto german = arguments_of(text.de, "de", german_is_readable);
        const auto english = arguments_of(text.en, "en", english_is_readable);
        EXPECT_TRUE(german_is_readable) << text.key << ": " << text.de;
        EXPECT_TRUE(english_is_readable) << text.key << ": " << text.en;
        EXPECT_EQ(german, english) << text.key;
        EXPECT_FALSE(text.de.empty() || text.en.empty()) << text.key;
    }
}

TEST(ProgramTexts, AreOrderedByKey) { EXPECT_TRUE(std::ranges::is_sorted(program_texts(), {}, &ProgramText::key)); }

TEST(NumberText, FollowsTheLanguage) {
    EXPECT_EQ(number_text(1234.5, 1, Language::german), "1.234,5");
    EXPECT_EQ(number_text(1234.5, 1, Language::english), "1,234.5");
    EXPECT_EQ(number_text(150, 0, Language::german), "150");
}

TEST(Language, IsEnglishOnlyIfAskedFor) {
    EXPECT_EQ(language_from_locale("en_GB.UTF-8"), Language::english);
    EXPECT_EQ(language_from_locale("de_DE.UTF-8"), Language::german);
    EXPECT_EQ(language_from_locale("C"), Language::german);
    EXPECT_EQ(language_from_locale(""), Language::german);
}

}  // namespace
}  // namespace resmon
