// A message as RFC 5322 and 2047 want it: no text becomes a header, no line is too long.
#include "mail/message.hpp"

#include "base/error.hpp"
#include "mail/smtp.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace resmon::mail {
namespace {

using testing::HasSubstr;
using testing::Not;

Message message() {
    return {.id = "w.059580032000.0@resmon.example",
            .from = "befragung@resmon.example",
            .to = "rathaus@stadt.example",
            .subject = "Einladung",
            .body = "Guten Tag,\nes geht um Ihre Stadt.\n",
            .at = instant_from("2026-11-26T07:00:00Z")};
}

TEST(Message, HasTheHeadersOfRfc5322) {
    const std::string text = text_of(message());
    EXPECT_THAT(text, HasSubstr("Date: Thu, 26 Nov 2026 07:00:00 +0000\r\n"));
    EXPECT_THAT(text, HasSubstr("From: <befragung@resmon.example>\r\n"));
    EXPECT_THAT(text, HasSubstr("Message-ID: <w.059580032000.0@resmon.example>\r\n"));
    // base64 of the subject and the body by coreutils.
    EXPECT_THAT(text, HasSubstr("Subject: =?UTF-8?B?RWlubGFkdW5n?=\r\n"));
    EXPECT_THAT(text, HasSubstr("\r\n\r\nR3V0ZW4gVGFnLAplcyBnZWh0IHVtIElocmUgU3RhZHQuCg==\r\n"));
}

TEST(Message, LetsNoSubjectBecomeAHeader) {
    Message evil = message();
    evil.subject = "Hallo\r\nBcc: <alle@welt.example>";
    EXPECT_THAT(text_of(evil), Not(HasSubstr("Bcc:")));
}

TEST(Message, KeepsLinesShortAndCharactersWhole) {
    Message wide = message();
    wide.subject = std::string{};
    for (int place = 0; place < 60; ++place) wide.subject += "Äß€";
    wide.body = std::string(5000, 'x');
    std::istringstream lines{text_of(wide)};
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 79U) << line;
}

TEST(Address, IsOneAndCannotAddAnother) {
    EXPECT_TRUE(is_address("rathaus@stadt.example"));
    EXPECT_TRUE(is_address("a.b+c@x-y.stadt.example"));
    for (const char* wrong : {"", "rathaus", "@stadt.example", "rathaus@", "rathaus@stadt", "a@b.example, c@d.example",
                              "a@b@c.example", "<a@b.example>", "a@b.example\r\nRCPT TO:<c@d.example>", "ä@b.example"})
        EXPECT_FALSE(is_address(wrong)) << wrong;
}

TEST(SmtpServer, MustBeAHostOfSmtpWithoutPassword) {
    const auto checked = [](const char* url, const char* from) { check({.url = url, .from = from}); };
    EXPECT_NO_THROW(checked("smtps://mail.example:465", "a@b.example"));
    EXPECT_NO_THROW(checked("", ""));
    EXPECT_THROW(checked("https://mail.example", "a@b.example"), InputError);
    EXPECT_THROW(checked("smtp://", "a@b.example"), InputError);
    EXPECT_THROW(checked("smtp://user:secret@mail.example", "a@b.example"), InputError);
    EXPECT_THROW(checked("smtp://mail.example", "niemand"), InputError);
}

}  // namespace
}  // namespace resmon::mail
