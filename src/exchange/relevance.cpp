#include "exchange/relevance.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

namespace resmon::exchange {

using catalogue::Condition;
using catalogue::Question;
using catalogue::QuestionType;

namespace {

struct Token {
    enum class Kind { end, name, text, number, sign };
    Kind kind = Kind::end;
    std::string word;  ///< name without `${}` and `.NAOK`; sign in its usual form
    double number = 0;
};

bool is_letter(char sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || sign == '_' ||
           (static_cast<unsigned char>(sign) & 0x80U) != 0;
}
bool is_digit(char sign) { return sign >= '0' && sign <= '9'; }

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_{text} {}

    Token next() {
        while (at_ < text_.size() && std::string_view{" \t\r\n"}.find(text_[at_]) != std::string_view::npos) ++at_;
        if (at_ == text_.size()) return {};
        const char sign = text_[at_];
        if (sign == '$' && text_.substr(at_).starts_with("${")) return reference();
        if (sign == '\'' || sign == '"') return quoted(sign);
        if (is_digit(sign) || (sign == '-' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) return number();
        if (is_letter(sign)) return name();
        return symbol();
    }

private:
    Token reference() {
        const std::size_t end = text_.find('}', at_);
        if (end == std::string_view::npos) throw InputError{worded("fault.exchange.open-name")};
        std::string name{text_.substr(at_ + 2, end - at_ - 2)};
        at_ = end + 1;
        return {Token::Kind::name, std::move(name)};
    }

    Token quoted(char mark) {
        const std::size_t end = text_.find(mark, at_ + 1);
        if (end == std::string_view::npos) throw InputError{worded("fault.exchange.open-quote")};
        std::string text{text_.substr(at_ + 1, end - at_ - 1)};
        at_ = end + 1;
        return {Token::Kind::text, std::move(text)};
    }

    Token number() {
        // LimeSurvey names questions 123X4X5, too.
        std::size_t end = at_ + 1;
        while (end < text_.size() && (is_digit(text_[end]) || text_[end] == '.')) ++end;
        if (end < text_.size() && is_letter(text_[end])) return name();
        double value = 0;
        const auto [rest, error] = std::from_chars(text_.data() + at_, text_.data() + end, value);
        if (error != std::errc{} || rest != text_.data() + end) throw InputError{worded("fault.exchange.no-number")};
        at_ = end;
        return {Token::Kind::number, {}, value};
    }

    Token name() {
        const std::size_t first = at_;
        while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '-')) ++at_;
        std::string word{text_.substr(first, at_ - first)};
        for (const std::string_view suffix : {".NAOK", ".value", ".code"})
            if (text_.substr(at_).starts_with(suffix)) at_ += suffix.size();
        for (const auto& [spelled, sign] : {std::pair{"eq", "="},
                                            {"ne", "!="},
                                            {"ge", ">="},
                                            {"gt", ">"},
                                            {"le", "<="},
                                            {"lt", "<"},
                                            {"AND", "and"},
                                            {"OR", "or"},
                                            {"and", "and"},
                                            {"or", "or"}})
            if (word == spelled) return {Token::Kind::sign, sign};
        return {Token::Kind::name, std::move(word)};
    }

    Token symbol() {
        for (const auto& [spelled, sign] : {std::pair{"==", "="},
                                            {"!=", "!="},
                                            {">=", ">="},
                                            {"<=", "<="},
                                            {"&&", "and"},
                                            {"||", "or"},
                                            {"=", "="},
                                            {">", ">"},
                                            {"<", "<"},
                                            {"(", "("},
                                            {")", ")"},
                                            {",", ","},
                                            {"!", "!"}})
            if (text_.substr(at_).starts_with(spelled)) {
                at_ += std::string_view{spelled}.size();
                return {Token::Kind::sign, sign};
            }
        throw InputError{worded("fault.exchange.sign", {{"found", text_.substr(at_, 8)}})};
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

bool is_whole(const Question& question) {
    return question.type == QuestionType::ordinal || question.type == QuestionType::scale ||
           (question.type == QuestionType::number && question.decimals == 0);
}

bool is_ordered(const Question& question) { return is_whole(question) || question.type == QuestionType::number; }

Condition none_of(Condition part) { return {.kind = Condition::Kind::none, .of = {std::move(part)}}; }

/// Joins parts; of one alone nothing is made.
Condition joined(Condition::Kind kind, std::vector<Condition> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    Condition whole;
    whole.kind = kind;
    whole.of = std::move(parts);
    return whole;
}

class Parser {
public:
    Parser(std::string_view text, Dialect dialect, const Meaning& meaning)
        : lexer_{text}, dialect_{dialect}, meaning_{meaning} {
        advance();
    }

    Condition whole() {
        Condition condition = either();
        if (token_.kind != Token::Kind::end) refuse();
        return condition;
    }

private:
    [[noreturn]] void refuse() const {
        const std::string word = token_.kind == Token::Kind::number ? fmt::format("{}", token_.number) : token_.word;
        throw InputError{token_.kind == Token::Kind::end ? worded("fault.exchange.ends")
                                                         : worded("fault.exchange.at", {{"word", word}})};
    }

    void advance() { token_ = lexer_.next(); }
    [[nodiscard]] bool is(std::string_view sign) const {
        return token_.kind == Token::Kind::sign && token_.word == sign;
    }
    bool skip(std::string_view sign) {
        if (!is(sign)) return false;
        advance();
        return true;
    }
    void expect(std::string_view sign) {
        if (!skip(sign)) refuse();
    }

    Condition either() {
        constexpr int most = 32;
        if (++depth_ > most) throw InputError{worded("fault.exchange.deep", {{"most", static_cast<double>(most)}})};
        std::vector<Condition> parts{all()};
        while (skip("or")) parts.push_back(all());
        --depth_;
        return joined(Condition::Kind::any, std::move(parts));
    }

    Condition all() {
        std::vector<Condition> parts{part()};
        while (skip("and")) parts.push_back(part());
        return joined(Condition::Kind::all, std::move(parts));
    }

    Condition part() {
        if (skip("!")) {
            // LimeSurvey would negate the answer itself, not the comparison.
            const bool is_call = token_.word == "is_empty" || token_.word == "not";
            if (token_.kind == Token::Kind::name && !is_call) refuse();
            return none_of(part_in_depth());
        }
        if (skip("(")) {
            Condition inner = either();
            expect(")");
            return inner;
        }
        if (token_.kind != Token::Kind::name) return comparison_from_the_right();
        const std::string word = token_.word;
        advance();
        if (!is("(")) return comparison(word);
        if (word == "not") return negated();
        if (word == "selected" && dialect_ == Dialect::xlsform) return selected();
        if (word == "is_empty" && dialect_ == Dialect::limesurvey) return none_of(answered());
        throw InputError{worded("fault.exchange.function", {{"word", word}})};
    }

    Condition part_in_depth() {
        constexpr int most = 32;
        if (++depth_ > most) throw InputError{worded("fault.exchange.deep", {{"most", static_cast<double>(most)}})};
        Condition inner = part();
        --depth_;
        return inner;
    }

    Condition negated() {
        expect("(");
        Condition inner = either();
        expect(")");
        return none_of(std::move(inner));
    }

    Condition selected() {
        expect("(");
        const Meant meant = meaning(taken(Token::Kind::name));
        expect(",");
        const std::string choice = taken(Token::Kind::text);
        expect(")");
        return named(meant, choice);
    }

    /// Whether there is any answer: any of those that can be given.
    Condition answered() {
        expect("(");
        const std::string name = taken(Token::Kind::name);
        const Meant meant = meaning(name);
        expect(")");
        if (!meant.choice.empty()) return named(meant, meant.choice);
        return any_answer(*meant.question);
    }

    static Condition any_answer(const Question& question) {
        std::vector<Condition> any;
        for (const catalogue::Choice& choice : question.choices)
            any.push_back({.kind = Condition::Kind::answer, .question = question.id, .is = choice.id});
        if (is_ordered(question)) any = {compared(question, ">=", 0), compared(question, "<=", 0)};
        if (any.empty()) throw InputError{worded("fault.exchange.asks", {{"question", question.id.value}})};
        return joined(Condition::Kind::any, std::move(any));
    }

    std::string taken(Token::Kind kind) {
        if (token_.kind != kind) refuse();
        std::string word = token_.word;
        advance();
        return word;
    }

    Meant meaning(const std::string& name) const {
        auto meant = meaning_(name);
        if (!meant) throw InputError{worded("fault.exchange.names", {{"name", name}})};
        return std::move(*meant);
    }

    Condition named(const Meant& meant, const std::string& name) const {
        const Question& question = *meant.question;
        if (question.type == QuestionType::ordinal) return compared(question, "=", level_from(question, name));
        const auto renamed = meant.choices.find(name);
        const std::string& choice = renamed == meant.choices.end() ? name : renamed->second;
        if (std::ranges::find(question.choices, choice, &catalogue::Choice::id) == question.choices.end())
            throw InputError{worded("fault.exchange.no-choice", {{"name", name}})};
        return {.kind = Condition::Kind::answer, .question = question.id, .is = choice};
    }

    static double level_from(const Question& question, const std::string& text) {
        double level = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), level);
        if (error != std::errc{} || end != text.data() + text.size())
            throw InputError{
                worded("fault.exchange.compare-number", {{"question", question.id.value}, {"found", text}})};
        return level;
    }

    std::string sign() {
        constexpr std::array<std::string_view, 6> signs{"=", "!=", ">=", "<=", ">", "<"};
        if (token_.kind != Token::Kind::sign || std::ranges::find(signs, token_.word) == signs.end()) refuse();
        return taken(Token::Kind::sign);
    }

    Condition comparison(const std::string& name) {
        const Meant meant = meaning(name);
        const std::string how = sign();
        const Token value = token_;
        if (value.kind != Token::Kind::text && value.kind != Token::Kind::number) refuse();
        advance();
        return compared(meant, how, value);
    }

    /// `2 <= ${B3}`
    Condition comparison_from_the_right() {
        const Token value = token_;
        if (value.kind != Token::Kind::text && value.kind != Token::Kind::number) refuse();
        advance();
        std::string how = sign();
        for (const auto& [from, to] : {std::pair{">=", "<="}, {"<=", ">="}, {">", "<"}, {"<", ">"}})
            if (how == from) {
                how = to;
                break;
            }
        return compared(meaning(taken(Token::Kind::name)), how, value);
    }

    Condition compared(const Meant& meant, const std::string& how, const Token& value) const {
        const Question& question = *meant.question;
        const bool is_equal = how == "=" || how == "!=";
        if (!meant.choice.empty()) return ticked(meant, how, value);
        if (is_equal && value.kind == Token::Kind::text && value.word.empty())
            return how == "!=" ? any_answer(question) : none_of(any_answer(question));
        if (is_ordered(question)) {
            const double number = value.kind == Token::Kind::number ? value.number : level_from(question, value.word);
            return how == "!=" ? none_of(compared(question, "=", number)) : compared(question, how, number);
        }
        if (!is_equal)
            throw InputError{worded("fault.exchange.no-order", {{"question", question.id.value}, {"how", how}})};
        const std::string name = value.kind == Token::Kind::text ? value.word : fmt::format("{}", value.number);
        Condition condition = named(meant, name);
        return how == "!=" ? none_of(std::move(condition)) : condition;
    }

    /// LimeSurvey says Y of a choice that was ticked, and nothing of the others.
    static Condition ticked(const Meant& meant, const std::string& how, const Token& value) {
        const bool is_yes = value.kind == Token::Kind::text && value.word == "Y";
        const bool is_no = value.kind == Token::Kind::text && value.word.empty();
        if ((!is_yes && !is_no) || (how != "=" && how != "!="))
            throw InputError{worded("fault.exchange.choice-y", {{"choice", meant.choice}})};
        Condition condition{.kind = Condition::Kind::answer, .question = meant.question->id, .is = meant.choice};
        return is_yes == (how == "=") ? condition : none_of(std::move(condition));
    }

    static Condition compared(const Question& question, const std::string& how, double number) {
        if (how == "=")
            return joined(Condition::Kind::all, {compared(question, ">=", number), compared(question, "<=", number)});
        Condition condition{.kind = Condition::Kind::answer, .question = question.id};
        const bool is_strict = how == ">" || how == "<";
        if (is_strict && !is_whole(question))
            throw InputError{worded("fault.exchange.decimals", {{"question", question.id.value}, {"how", how}})};
        if (how == ">") condition.at_least = std::floor(number) + 1;
        if (how == "<") condition.at_most = std::ceil(number) - 1;
        if (how == ">=") condition.at_least = number;
        if (how == "<=") condition.at_most = number;
        return condition;
    }

    Lexer lexer_;
    Dialect dialect_;
    const Meaning& meaning_;
    Token token_;
    int depth_ = 0;
};

std::string relevance_of_parts(const std::vector<Condition>& parts, const char* between,
                               const catalogue::Questionnaire& questionnaire) {
    std::string text;
    for (const Condition& part : parts) {
        const bool is_compound = part.kind == Condition::Kind::all || part.kind == Condition::Kind::any;
        const std::string said = relevance_of(part, questionnaire);
        text += (text.empty() ? "" : between) + (is_compound ? "(" + said + ")" : said);
    }
    return text;
}

}  // namespace

Condition condition_from(std::string_view expression, Dialect dialect, const Meaning& meaning) {
    const bool is_empty = expression.find_first_not_of(" \t\r\n") == std::string_view::npos;
    // LimeSurvey writes 1 where nothing is asked.
    if (is_empty || (dialect == Dialect::limesurvey && expression == "1")) return {};
    return Parser{expression, dialect, meaning}.whole();
}

std::string relevance_of(const Condition& condition, const catalogue::Questionnaire& questionnaire) {
    switch (condition.kind) {
        case Condition::Kind::always: return {};
        case Condition::Kind::all: return relevance_of_parts(condition.of, " and ", questionnaire);
        case Condition::Kind::any: return relevance_of_parts(condition.of, " or ", questionnaire);
        case Condition::Kind::none: return "not(" + relevance_of(condition.of.at(0), questionnaire) + ")";
        case Condition::Kind::answer: break;
    }
    const std::string name = "${" + condition.question.value + "}";
    if (!condition.is.empty()) {
        const Question* question = questionnaire.find(condition.question);
        const bool is_multiple = question != nullptr && question->type == QuestionType::multiple;
        return is_multiple ? fmt::format("selected({}, '{}')", name, condition.is)
                           : fmt::format("{} = '{}'", name, condition.is);
    }
    if (condition.at_least && condition.at_most)
        return fmt::format("({} >= {} and {} <= {})", name, *condition.at_least, name, *condition.at_most);
    return condition.at_least ? fmt::format("{} >= {}", name, *condition.at_least)
                              : fmt::format("{} <= {}", name, condition.at_most.value_or(0));
}

Condition both_of(Condition first, Condition second) {
    if (first.kind == Condition::Kind::always) return second;
    if (second.kind == Condition::Kind::always) return first;
    std::vector<Condition> parts;
    for (Condition* part : {&first, &second})
        if (part->kind == Condition::Kind::all)
            std::ranges::move(part->of, std::back_inserter(parts));
        else
            parts.push_back(std::move(*part));
    return joined(Condition::Kind::all, std::move(parts));
}

}  // namespace resmon::exchange
