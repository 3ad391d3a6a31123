#include "exchange/xlsform_type.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <sstream>
#include <utility>
#include <vector>

namespace resmon::exchange {

using catalogue::QuestionType;

namespace {

std::vector<std::string> words_in(std::string_view text) {
    std::istringstream stream{std::string{text}};
    stream.imbue(std::locale::classic());
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
}

/// Spellings of older versions, the longest first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 20> spellings{{
    {"select all that apply from", "select_multiple"},
    {"select all that apply", "select_multiple"},
    {"select_all_that_apply", "select_multiple"},
    {"select multiple from", "select_multiple"},
    {"select multiple", "select_multiple"},
    {"select one from", "select_one"},
    {"select one", "select_one"},
    {"select1", "select_one"},
    {"begin group", "begin_group"},
    {"end group", "end_group"},
    {"begin repeat", "begin_repeat"},
    {"end repeat", "end_repeat"},
    {"begin loop", "begin_repeat"},
    {"end loop", "end_repeat"},
    {"begin_loop", "begin_repeat"},
    {"end_loop", "end_repeat"},
    {"begin_lgroup", "begin_repeat"},
    {"int", "integer"},
    {"string", "text"},
    {"add note prompt", "note"},
}};

std::optional<double> number_from(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

/// `>= 0` after the dot that stands for the answer.
bool add_limit(std::string_view sign, double number, bool whole, Limits& limits) {
    if (sign == ">=")
        limits.lowest = number;
    else if (sign == "<=")
        limits.highest = number;
    else if (sign == ">" && whole)
        limits.lowest = std::floor(number) + 1;
    else if (sign == "<" && whole)
        limits.highest = std::ceil(number) - 1;
    else
        return false;
    return true;
}

/// `.>=0` → `. >= 0`
std::string spaced(std::string_view constraint) {
    std::string text;
    for (std::size_t at = 0; at < constraint.size(); ++at) {
        const char sign = constraint[at];
        const bool has_equals = constraint.substr(at + 1).starts_with('=');
        if (sign == '>' || sign == '<')
            text += fmt::format(" {}{} ", sign, has_equals ? "=" : ""), at += has_equals ? 1 : 0;
        else
            text += sign;
    }
    return text;
}

}  // namespace

XlsFormType xlsform_type_from(std::string_view cell) {
    XlsFormType type;
    std::vector<std::string> words = words_in(cell);
    std::string lower;
    for (const std::string& word : words) lower += (lower.empty() ? "" : " ") + folded(word);
    std::size_t used = 1;
    type.word = lower.substr(0, lower.find(' '));
    for (const auto& [spelled, usual] : spellings)
        if (lower == spelled || lower.starts_with(std::string{spelled} + " ")) {
            type.word = usual;
            used = words_in(spelled).size();
            break;
        }
    if (used < words.size()) type.list = words[used];
    type.has_other = lower.ends_with(" or_other") || lower.ends_with(" or specify other");
    return type;
}

std::optional<QuestionType> question_type_of(const XlsFormType& type) {
    for (const auto& [word, kind] : {std::pair{"select_one", QuestionType::single},
                                     {"select_multiple", QuestionType::multiple},
                                     {"integer", QuestionType::number},
                                     {"decimal", QuestionType::number},
                                     {"range", QuestionType::scale},
                                     {"date", QuestionType::date},
                                     {"text", QuestionType::text}})
        if (type.word == word) return kind;
    return std::nullopt;
}

bool is_written_as(QuestionType type, std::string_view word) {
    switch (type) {
        case QuestionType::single:
        case QuestionType::ordinal: return word == "select_one";
        case QuestionType::multiple: return word == "select_multiple";
        case QuestionType::scale: return word == "range";
        case QuestionType::number: return word == "integer" || word == "decimal";
        case QuestionType::duration: return word == "decimal";
        case QuestionType::date: return word == "date";
        case QuestionType::text: return word == "text";
        case QuestionType::matrix: return word == "begin_group";
    }
    return false;
}

std::optional<Limits> limits_from(std::string_view constraint, bool whole) {
    Limits limits;
    const std::vector<std::string> words = words_in(spaced(constraint));
    constexpr std::size_t length = 4;  // `. >= 0 and`
    for (std::size_t at = 0; at < words.size(); at += length) {
        const bool is_limit = at + 2 < words.size() && words[at] == "." &&
                              (at + 3 == words.size() || (words[at + 3] == "and" && at + length < words.size()));
        const auto number = is_limit ? number_from(words[at + 2]) : std::nullopt;
        if (!number || !add_limit(words[at + 1], *number, whole, limits)) return std::nullopt;
    }
    return limits;
}

Range range_from(std::string_view parameters) {
    std::string plain{parameters};
    for (char& sign : plain)
        if (sign == ',' || sign == ';') sign = ' ';
    Range range;
    for (const std::string& word : words_in(plain)) {
        const std::size_t equals = word.find('=');
        const auto number =
            equals == std::string::npos ? std::nullopt : number_from(std::string_view{word}.substr(equals + 1));
        const std::string name = word.substr(0, equals);
        double* place = name == "start"  ? &range.start
                        : name == "end"  ? &range.end
                        : name == "step" ? &range.step
                                         : nullptr;
        if (!number || place == nullptr) throw InputError{worded("fault.exchange.range", {{"found", word}})};
        *place = *number;
    }
    return range;
}

}  // namespace resmon::exchange
