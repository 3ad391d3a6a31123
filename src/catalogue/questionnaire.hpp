// What is asked: topics, questions, conditions, and what a level of maturity demands.
#pragma once

#include "base/quantity.hpp"
#include "base/text.hpp"
#include "catalogue/service.hpp"

#include <array>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::catalogue {

inline constexpr int highest_level = 4;  ///< of an ordinal question and of a topic; the lowest is 0

enum class QuestionType { single, multiple, ordinal, scale, number, duration, date, text, matrix };

/// Their names, in that order.
inline constexpr std::array<std::string_view, 9> question_types{"single",   "multiple", "ordinal", "scale", "number",
                                                                "duration", "date",     "text",    "matrix"};
[[nodiscard]] constexpr std::string_view to_string(QuestionType type) noexcept {
    return question_types[static_cast<std::size_t>(type)];
}

/// Whether a question is asked, by answers to earlier ones (survey/visible.hpp says how it is read).
struct Condition {
    enum class Kind { always, answer, all, any, none };
    Kind kind = Kind::always;
    QuestionId question;  ///< of an answer
    std::optional<double> at_least;
    std::optional<double> at_most;
    std::string is;             ///< a choice
    std::vector<Condition> of;  ///< of all, any, none
};

struct Choice {
    std::string id;
    Text text;
    bool excludes_others = false;  ///< of a multiple question: "none of these" stands alone

    bool operator==(const Choice&) const = default;
};

struct Question {
    QuestionId id;  ///< `A4`: stable over all versions
    QuestionType type = QuestionType::ordinal;
    Text text;
    Text help;  ///< may be empty
    Text why;
    std::string source;           ///< may be empty
    std::vector<Text> levels;     ///< of ordinal and matrix: what is observed at level 0 … 4
    std::vector<Choice> choices;  ///< of single and multiple
    std::vector<ServiceId> rows;  ///< of a matrix
    Text unit;                    ///< of a number
    double lowest = -std::numeric_limits<double>::infinity();
    double highest = std::numeric_limits<double>::infinity();
    int decimals = 0;
    Text lowest_means;  ///< of a scale
    Text highest_means;
    std::vector<Level> asked_of;  ///< empty = of all
    Condition when;
    bool is_sensitive = false;
};

/// One of the demands of a level.
struct Essential {
    int level = 1;
    QuestionId question;  ///< an ordinal one of the same topic
    int at_least = 1;
};

struct Topic {
    std::string id;  ///< `A`
    Text name;
    Text introduction;
    std::vector<Question> questions;
    std::vector<Essential> essentials;
};

/// What a published version asked: so that a later one cannot change a question unnoticed.
struct PublishedVersion {
    int version = 1;
    std::map<std::string, std::string> questions;  ///< by id: the hash of what is asked
};

/// A question that stands otherwise in this version than in an earlier one.
struct QuestionChange {
    QuestionId question;
    int before = 1;               ///< the earlier version
    bool means_the_same = false;  ///< an answer to the earlier wording is one to this
};

struct Questionnaire {
    QuestionnaireId id;
    int version = 1;
    bool is_published = false;
    std::string hash;  ///< SHA-256 of its content, but for status and hash; hexadecimal
    Text name;
    Text introduction;
    std::vector<Topic> topics;
    std::vector<QuestionId> quick_check;
    std::vector<PublishedVersion> published;  ///< this one and earlier ones
    std::vector<QuestionChange> changes;

    /// Null if there is none.
    [[nodiscard]] const Question* find(const QuestionId& question) const noexcept;
    /// Throw NotFound.
    [[nodiscard]] const Question& question(const QuestionId& question) const;
    [[nodiscard]] const Topic& topic(std::string_view id) const;
};

}  // namespace resmon::catalogue
