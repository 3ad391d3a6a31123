// Errors are told in the language of the person, to logs and scripts in English.
#include "base/error.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace resmon {
namespace {

TEST(SystemReason, IsToldInGermanAndInTheWordsOfTheSystem) {
    EXPECT_EQ(system_reason(ENOSPC).in(Language::german), "kein Platz mehr auf der Festplatte");
    EXPECT_EQ(system_reason(ENOSPC).in(Language::english), "No space left on device");
}

TEST(SystemReason, WithoutWordsOfOursIsThatOfTheSystem) {
    EXPECT_EQ(system_reason(ENOTTY).in(Language::german), "Inappropriate ioctl for device");
}

TEST(Worded, WhatIsWordedItselfIsToldInTheSameLanguage) {
    const Wording wording = worded("fault.unavailable.unwritten", {{"file", "a.zip"}, {"why", system_reason(EACCES)}});
    EXPECT_EQ(wording.in(Language::german), "a.zip lässt sich nicht schreiben: keine Berechtigung");
    EXPECT_EQ(wording.in(Language::english), "a.zip cannot be written: Permission denied");
}

TEST(Unavailable, IsEnglishForTheLogAndGermanForThePerson) {
    const Unavailable fault{worded("fault.unavailable.store"), Unavailable::Why::damaged};
    EXPECT_STREQ(fault.what(), "the database does not answer");
    EXPECT_EQ(fault.in(Language::german), "die Datenbank antwortet nicht");
    EXPECT_EQ(fault.why, Unavailable::Why::damaged);
}

}  // namespace
}  // namespace resmon
