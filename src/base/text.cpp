#include "base/text.hpp"

#include "base/texts_table.hpp"

#include <unicode/msgfmt.h>
#include <unicode/numberformatter.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace resmon {

namespace {

icu::UnicodeString unicode(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece{text.data(), static_cast<std::int32_t>(text.size())});
}

std::string utf8(const icu::UnicodeString& text) {
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

icu::Locale locale_of(Language language) {
    return language == Language::german ? icu::Locale::getGermany() : icu::Locale::getUK();
}

std::string_view pattern_of(std::string_view key, Language language) {
    const auto table = program_texts();
    const auto row = std::ranges::lower_bound(table, key, {}, &ProgramText::key);
    assert(row != table.end() && row->key == key && "a text that the program names must be in texts/program.*.json");
    return language == Language::german ? row->de : row->en;
}

}  // namespace

std::string program_text(std::string_view key, Language language, const std::vector<TextArgument>& arguments) {
    const std::string_view pattern = pattern_of(key, language);
    if (arguments.empty() && pattern.find('{') == std::string_view::npos &&
        pattern.find('\'') == std::string_view::npos)
        return std::string{pattern};

    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const TextArgument& argument : arguments) {
        names.push_back(unicode(argument.name));
        const bool is_told_in_german = language == Language::german && !argument.de.empty();
        values.push_back(argument.is_number
                             ? icu::Formattable{argument.number}
                             : icu::Formattable{unicode(is_told_in_german ? argument.de : argument.text)});
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::MessageFormat format{unicode(pattern), locale_of(language), status};
    icu::UnicodeString text;
    format.format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), text, status);
    assert(U_SUCCESS(status) && "tests/base walks every text: a pattern that ICU cannot read does not get here");
    return utf8(text);
}

Wording worded(std::string_view key, const std::vector<TextArgument>& arguments) {
    return Text{program_text(key, Language::german, arguments), program_text(key, Language::english, arguments)};
}

std::string number_text(double value, int decimals, Language language) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString text = icu::number::NumberFormatter::withLocale(locale_of(language))
                                        .precision(icu::number::Precision::fixedFraction(decimals))
                                        .formatDouble(value, status)
                                        .toString(status);
    assert(U_SUCCESS(status));
    return utf8(text);
}

bool is_utf8(std::string_view bytes) {
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t length = 0;
    u_strFromUTF8(nullptr, 0, &length, bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
    return U_SUCCESS(status) || status == U_BUFFER_OVERFLOW_ERROR;
}

Language language_from_locale(std::string_view locale) {
    return locale.starts_with("en") ? Language::english : Language::german;
}

std::string folded(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> letters{
        {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "ae"}, {"Ö", "oe"}, {"Ü", "ue"}, {"ß", "ss"}}};
    std::string plain;
    while (!text.empty()) {
        const auto* letter = letters.begin();
        while (letter != letters.end() && !text.starts_with(letter->first)) ++letter;
        if (letter != letters.end()) {
            plain += letter->second;
            text.remove_prefix(letter->first.size());
            continue;
        }
        plain += text[0] >= 'A' && text[0] <= 'Z' ? static_cast<char>(text[0] - 'A' + 'a') : text[0];
        text.remove_prefix(1);
    }
    return plain;
}

}  // namespace resmon
