// The texts of a LimeSurvey survey by what they belong to, whatever table the version keeps them in.
#pragma once

#include "base/text.hpp"
#include "exchange/lss_reader.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::exchange {

/// Where a text stands: the table, the field that says what it belongs to, the field of the text, and of its language.
struct WordingPlace {
    std::string table;
    std::string of;
    std::string text;
    std::string language = "language";
};

class LssWording {
public:
    explicit LssWording(const LssTables& tables) : tables_{tables} {}

    /// Of all places. A language that is neither German nor English stands in only where both are missing.
    [[nodiscard]] std::map<std::string, Text> collected(const std::vector<WordingPlace>& places);

    /// Languages that were met and are not taken over.
    [[nodiscard]] const std::set<std::string>& other_languages() const noexcept { return others_; }
    /// What the texts belong to that show more than a text can.
    [[nodiscard]] const std::set<std::string>& illustrated() const noexcept { return illustrated_; }

private:
    const LssTables& tables_;
    std::set<std::string> others_;
    std::set<std::string> illustrated_;  ///< `table id`
};

/// Without tags, scripts and comments; paragraphs and line breaks become line feeds, white space single.
[[nodiscard]] std::string plain_text(std::string_view html);

/// Whether something stood there that no text can show: a picture, a film, a table, a script.
[[nodiscard]] bool shows_more_than_text(std::string_view html);

}  // namespace resmon::exchange
