#include "exchange/lss_wording.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace resmon::exchange {

namespace {

/// In lower case, without `/`: `<BR />` → `br`.
std::string tag_name(std::string_view tag) {
    std::string name;
    for (const char sign : tag) {
        const bool is_letter = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
        const bool is_digit = sign >= '0' && sign <= '9' && !name.empty();
        if (!is_letter && !is_digit && (sign != '/' || !name.empty())) break;
        if (is_letter || is_digit) name += static_cast<char>(sign >= 'A' && sign <= 'Z' ? sign - 'A' + 'a' : sign);
    }
    return name;
}

bool breaks_the_line(const std::string& name) {
    constexpr std::array<std::string_view, 12> names{"br", "p",  "div", "li", "ul", "ol",
                                                     "tr", "h1", "h2",  "h3", "h4", "table"};
    return std::ranges::find(names, name) != names.end();
}

std::string utf8(std::uint32_t code) {
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return {};
    if (code < 0x80) return {static_cast<char>(code)};
    std::string text;
    const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    constexpr std::array<std::uint32_t, 4> heads{0, 0xC0, 0xE0, 0xF0};
    text += static_cast<char>(heads.at(static_cast<std::size_t>(more)) | (code >> (6 * more)));
    for (int part = more - 1; part >= 0; --part) text += static_cast<char>(0x80U | ((code >> (6 * part)) & 0x3FU));
    return text;
}

/// Of `&name;`; nothing for a name that is not known here.
std::string sign_named(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 20> names{
        {{"amp", "&"},   {"lt", "<"},    {"gt", ">"},    {"quot", "\""}, {"apos", "'"}, {"nbsp", " "},  {"auml", "ä"},
         {"ouml", "ö"},  {"uuml", "ü"},  {"Auml", "Ä"},  {"Ouml", "Ö"},  {"Uuml", "Ü"}, {"szlig", "ß"}, {"ndash", "–"},
         {"mdash", "—"}, {"bdquo", "„"}, {"ldquo", "“"}, {"rdquo", "”"}, {"euro", "€"}, {"sect", "§"}}};
    for (const auto& [spelled, sign] : names)
        if (name == spelled) return std::string{sign};
    if (!name.starts_with('#')) return {};
    const bool is_hexadecimal = name.starts_with("#x") || name.starts_with("#X");
    const std::string_view digits = name.substr(is_hexadecimal ? 2 : 1);
    std::uint32_t code = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, is_hexadecimal ? 16 : 10);
    return error == std::errc{} && end == digits.data() + digits.size() ? utf8(code) : std::string{};
}

class PlainText {
public:
    explicit PlainText(std::string_view html) : html_{html}, last_end_{html.rfind('>')} {}

    std::string text() {
        while (at_ < html_.size()) {
            if (html_[at_] == '<' && skip_tag()) continue;
            if (html_[at_] == '&' && add_entity()) continue;
            add(html_.substr(at_++, 1));
        }
        while (!text_.empty() && (text_.back() == ' ' || text_.back() == '\n')) text_.pop_back();
        return std::move(text_);
    }

private:
    void add(std::string_view sign) {
        const bool is_white = sign == " " || sign == "\n" || sign == "\t" || sign == "\r";
        if (!is_white)
            text_ += sign;
        else if (!text_.empty() && text_.back() != ' ' && text_.back() != '\n')
            text_ += ' ';
    }

    void break_line() {
        while (!text_.empty() && text_.back() == ' ') text_.pop_back();
        if (!text_.empty() && text_.back() != '\n') text_ += '\n';
    }

    /// False where the sign is only a sign: `a < b`.
    bool skip_tag() {
        const std::string_view rest = html_.substr(at_);
        if (rest.starts_with("<!--")) return skip_past("-->");
        const std::string name = tag_name(rest.substr(1));
        if (name.empty() || at_ > last_end_ || last_end_ == std::string_view::npos) return false;
        // What is opened and never closed hides all that follows, as in a browser.
        if ((name == "script" || name == "style") && rest[1] != '/') return skip_past("</" + name) && skip_past(">");
        if (breaks_the_line(name)) break_line();
        return skip_past(">");
    }

    bool skip_past(std::string_view end) {
        const std::size_t found = html_.find(end, at_);
        at_ = found == std::string_view::npos ? html_.size() : found + end.size();
        return true;
    }

    bool add_entity() {
        constexpr std::size_t longest = 10;
        const std::size_t end = html_.substr(at_, longest).find(';');
        if (end == std::string_view::npos) return false;
        const std::string sign = sign_named(html_.substr(at_ + 1, end - 1));
        if (sign.empty()) return false;
        add(sign);
        at_ += end + 1;
        return true;
    }

    std::string_view html_;
    std::size_t last_end_;  ///< of a tag
    std::size_t at_ = 0;
    std::string text_;
};

}  // namespace

std::map<std::string, Text> LssWording::collected(const std::vector<WordingPlace>& places) {
    std::map<std::string, Text> texts;
    std::map<std::string, std::string> stand_ins;
    for (const WordingPlace& place : places) {
        const auto table = tables_.find(place.table);
        if (table == tables_.end()) continue;
        for (const LssRow& row : table->second) {
            const std::string& html = row.at(place.text);
            const std::string& language = row.at(place.language);
            if (html.empty() || language.empty()) continue;
            const std::string& id = row.at(place.of);
            if (shows_more_than_text(html)) illustrated_.insert(place.table + " " + id);
            const bool is_german = language == "de" || language.starts_with("de-");
            const bool is_english = language == "en" || language.starts_with("en-");
            if (!is_german && !is_english) others_.insert(language);
            std::string& text = is_german ? texts[id].de : is_english ? texts[id].en : stand_ins[id];
            if (text.empty()) text = plain_text(html);
        }
    }
    for (auto& [id, text] : stand_ins)
        if (Text& found = texts[id]; found.de.empty() && found.en.empty()) found = {text, text};
    return texts;
}

std::string plain_text(std::string_view html) { return PlainText{html}.text(); }

bool shows_more_than_text(std::string_view html) {
    const std::string lower = folded(html);
    return std::ranges::any_of(std::array{"<img", "<video", "<audio", "<table", "<script", "<iframe", "<object"},
                               [&](const char* tag) { return lower.find(tag) != std::string::npos; });
}

}  // namespace resmon::exchange
