#include "mail/message.hpp"

#include "secrets/digest.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

namespace resmon::mail {

namespace {

/// Lines of at most 76 characters (RFC 2045).
std::string in_lines(const std::string& base64) {
    constexpr std::size_t width = 76;
    std::string lines;
    for (std::size_t at = 0; at < base64.size(); at += width) lines += base64.substr(at, width) + "\r\n";
    return lines;
}

/// Where a character of UTF-8 begins.
bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

/// Encoded words of at most 75 characters, none divides a character (RFC 2047).
std::string encoded(const std::string& text) {
    constexpr std::size_t most_bytes = 42;
    std::string words;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = std::min(at + most_bytes, text.size());
        while (end < text.size() && !begins_character(text[end])) --end;
        words += fmt::format("{}=?UTF-8?B?{}?=", words.empty() ? "" : "\r\n ", base64_of(text.substr(at, end - at)));
        at = end;
    }
    return words;
}

}  // namespace

bool is_address(std::string_view text) {
    constexpr std::size_t longest = 254;
    const std::size_t at = text.find('@');
    const auto fits = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') ||
               std::string_view{"@.!#$%&'*+-/=?^_`{|}~"}.find(letter) != std::string_view::npos;
    };
    return text.size() <= longest && at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos && text.find('.', at) != std::string_view::npos &&
           std::ranges::all_of(text, fits);
}

std::string text_of(const Message& message) {
    return fmt::format(
        "Date: {:%a, %d %b %Y %H:%M:%S} +0000\r\nFrom: <{}>\r\nTo: <{}>\r\nMessage-ID: <{}>\r\nSubject: "
        "{}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n{}",
        fmt::gmtime(std::chrono::floor<std::chrono::seconds>(message.at)), message.from, message.to, message.id,
        encoded(message.subject), in_lines(base64_of(message.body)));
}

}  // namespace resmon::mail
