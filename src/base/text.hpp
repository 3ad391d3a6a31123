// Texts for people, German and English. Catalogue texts carry both; program texts come from texts/*.json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace resmon {

enum class Language { german, english };

/// A catalogue text in both languages.
struct Text {
    std::string de;
    std::string en;

    [[nodiscard]] const std::string& in(Language language) const { return language == Language::german ? de : en; }
    bool operator==(const Text&) const = default;
};

/// What is told to people in their language, and to logs and scripts in English. A plain text is English alone.
class Wording {
public:
    Wording(std::string english) : en_{std::move(english)} {}
    Wording(const char* english) : en_{english} {}
    Wording(Text both) : en_{std::move(both.en)}, de_{std::move(both.de)} {}

    [[nodiscard]] const std::string& in(Language language) const noexcept {
        return language == Language::german && !de_.empty() ? de_ : en_;
    }
    operator const std::string&() const noexcept { return en_; }
    friend bool operator==(const Wording& one, const Wording& other) { return one.en_ == other.en_; }

private:
    std::string en_;
    std::string de_;
};

/// A named argument of a program text; numbers are formatted by the language's rules.
struct TextArgument {
    std::string_view name;
    double number = 0;
    std::string_view text{};
    std::string_view de{};  ///< of what is worded itself; empty: `text` in both languages
    bool is_number = true;

    TextArgument(std::string_view argument, double value) : name{argument}, number{value} {}
    TextArgument(std::string_view argument, std::string_view value) : name{argument}, text{value}, is_number{false} {}
    TextArgument(std::string_view argument, const char* value) : TextArgument{argument, std::string_view{value}} {}
    TextArgument(std::string_view argument, const std::string& value)
        : TextArgument{argument, std::string_view{value}} {}
    TextArgument(std::string_view argument, const Wording& value)
        : name{argument}, text{value.in(Language::english)}, de{value.in(Language::german)}, is_number{false} {}
};

/// The program text of that key (ICU MessageFormat with named arguments). The keys of both languages are equal: the
/// build checks it. An unknown key is a bug (assertion).
[[nodiscard]] std::string program_text(std::string_view key, Language language,
                                       const std::vector<TextArgument>& arguments = {});

/// The same in both languages.
[[nodiscard]] Wording worded(std::string_view key, const std::vector<TextArgument>& arguments = {});

/// `1.234,5` or `1,234.5`
[[nodiscard]] std::string number_text(double value, int decimals, Language language);

/// Text as people search for it: lower case; ä ö ü ß as ae oe ue ss. `Luedenscheid` and `LÜDENSCHEID` are the same.
[[nodiscard]] std::string folded(std::string_view text);

/// Whether outside bytes are text at all; what follows may rely on it.
[[nodiscard]] bool is_utf8(std::string_view bytes);

/// `de`, `en`, `de_DE.UTF-8`, `C` …: everything that does not ask for English is German.
[[nodiscard]] Language language_from_locale(std::string_view locale);

}  // namespace resmon
