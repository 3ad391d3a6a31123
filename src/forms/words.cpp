#include "forms/words.hpp"

#include "spreadsheet/xlsx_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace resmon::forms {

using catalogue::Choice;
using catalogue::Question;
using spreadsheet::Cell;

namespace {

constexpr std::array both{Language::german, Language::english};

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char sign) { return sign >= '0' && sign <= '9'; });
}

/// `1.234` where the point is not the decimal sign of the language.
bool could_be_thousands(std::string_view text, std::size_t sign, Language language) {
    constexpr std::size_t group = 3;
    const std::string_view before = text.substr(text.starts_with('-') ? 1 : 0, sign - (text.starts_with('-') ? 1 : 0));
    const std::string_view after = text.substr(sign + 1);
    return text[sign] != (language == Language::german ? ',' : '.') && before.size() <= group && before != "0" &&
           all_digits(before) && after.size() == group && all_digits(after);
}

/// Takes `1.234.567` out of `1.234.567,5`; false if the groups are not of three.
bool without_thousands(std::string& text, char between) {
    constexpr std::size_t group = 3;
    std::size_t from = text.find_first_of(",.");
    while (from != std::string::npos && text[from] == between) {
        text.erase(from, 1);
        const std::size_t next = text.find_first_of(",.", from);
        if (next == std::string::npos || next - from != group) return false;
        from = next;
    }
    return text.find_first_of(",.", from == std::string::npos ? from : from + 1) == std::string::npos;
}

WrittenNumber written_number(std::string text, Language language) {
    std::erase(text, ' ');
    const std::size_t last = text.find_last_of(",.");
    if (last != std::string::npos) {
        const char sign = text[last];
        const char other = sign == ',' ? '.' : ',';
        if (text.find(other) == std::string::npos && could_be_thousands(text, last, language))
            return {0, "form.fault.ambiguous"};
        if (!without_thousands(text, other)) return {0, "form.fault.number"};
        text[text.find(sign)] = '.';
    }
    double value = 0;
    const char* first = text.data() + (text.starts_with('+') ? 1 : 0);
    const auto [end, error] = std::from_chars(first, text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return {0, "form.fault.number"};
    return {value, {}};
}

}  // namespace

std::vector<std::string> words_of(Keys keys, Language language) {
    std::vector<std::string> words;
    for (const std::string_view key : keys) words.push_back(program_text(key, language));
    return words;
}

std::optional<std::size_t> place_of(std::string_view word, Keys keys) {
    const std::string wanted = folded(word);
    for (const Language language : both) {
        const auto words = words_of(keys, language);
        const auto found = std::ranges::find(words, wanted, [](const std::string& one) { return folded(one); });
        if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    }
    return std::nullopt;
}

WrittenNumber number_from(const Cell& cell, Language language) {
    if (const auto* number = std::get_if<double>(&cell)) return {*number, {}};
    if (!std::holds_alternative<std::string>(cell)) return {0, "form.fault.number"};
    return written_number(spreadsheet::shown(cell), language);
}

std::optional<Date> day_from(const Cell& cell) {
    if (const auto* day = std::get_if<Date>(&cell)) return *day;
    const std::string text = spreadsheet::shown(cell);
    if (const auto day = date_from(text)) return day;
    const std::size_t first = text.find('.');
    const std::size_t second = first == std::string::npos ? first : text.find('.', first + 1);
    if (second == std::string::npos) return std::nullopt;
    const std::string day = text.substr(0, first);
    const std::string month = text.substr(first + 1, second - first - 1);
    if (day.size() > 2 || month.size() > 2 || !all_digits(day) || !all_digits(month)) return std::nullopt;
    return date_from(fmt::format("{}-{:0>2}-{:0>2}", text.substr(second + 1), month, day));
}

std::vector<std::string> offered(const Question& question, Language language) {
    std::vector<std::string> texts;
    for (const Choice& choice : question.choices) texts.push_back(spreadsheet::trimmed(choice.text.in(language)));
    std::set<std::string> different;
    for (const std::string& text : texts) different.insert(folded(text));
    if (different.size() == texts.size() && spreadsheet::fits_in_a_list(texts)) return texts;
    for (std::size_t place = 0; place < texts.size(); ++place) texts[place] = std::to_string(place + 1);
    return texts;
}

std::optional<std::string> choice_from(const Question& question, const Cell& cell, Language language) {
    const std::string wanted = folded(spreadsheet::shown(cell));
    const Language other = language == Language::german ? Language::english : Language::german;
    for (const Language tried : {language, other}) {
        const auto texts = offered(question, tried);
        const auto found = std::ranges::find(texts, wanted, [](const std::string& one) { return folded(one); });
        if (found != texts.end()) return question.choices[static_cast<std::size_t>(found - texts.begin())].id;
    }
    const auto by_id = std::ranges::find(question.choices, wanted, &Choice::id);
    return by_id == question.choices.end() ? std::nullopt : std::optional{by_id->id};
}

}  // namespace resmon::forms
