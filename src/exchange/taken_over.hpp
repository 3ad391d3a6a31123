// What became of a questionnaire of another program.
#pragma once

#include "base/error.hpp"
#include "catalogue/questionnaire.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::exchange {

/// A questionnaire of our kind, always a draft, and what of the other's it does not say.
struct TakenOver {
    catalogue::Questionnaire questionnaire;
    std::vector<Fault> left_out;                ///< with place and reason; nothing is dropped in silence
    std::map<QuestionId, std::string> origins;  ///< where in the other's file a question stands
};

/// What `resmon questionnaire check` would refuse, at the places where it stands in the other's file. Throws
/// InputError.
void check(const TakenOver& taken);

/// Ids as the catalogue wants them: lower case, digits, single hyphens; `otherwise` if nothing is left.
[[nodiscard]] std::string id_from(std::string_view name, std::string_view otherwise);

/// Gives out ids that differ from each other.
class DistinctIds {
public:
    /// The wished one, or with a number behind it.
    [[nodiscard]] std::string next(const std::string& wished);

private:
    std::set<std::string> given_;
    std::map<std::string, int> counts_;  ///< of the same wish
};

/// Topics are letters, their questions letter and number: as many as there can be.
inline constexpr std::size_t most_topics = 26;
inline constexpr std::size_t most_questions = 99;  ///< of a topic
[[nodiscard]] std::string topic_id(std::size_t place);

/// The program text of that key in both languages; `name` is its only argument.
[[nodiscard]] Text in_both(std::string_view key, const Text& name = {});

/// A text that was given in one language stands for both.
[[nodiscard]] Text filled(Text text);

/// `1` and `10` as what a scale's ends mean, and texts where our questionnaires demand one that others do not have.
void fill_in(catalogue::Questionnaire& questionnaire);

}  // namespace resmon::exchange
