// The survey as the API tells it (api/survey.yaml) and as it lies in the database.
#pragma once

#include "catalogue/catalogue.hpp"
#include "survey/response.hpp"
#include "survey/sheet.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <string>

namespace resmon::survey {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json summary_to_json(const catalogue::Questionnaire& questionnaire);
/// Names of services come from the catalogue; one that it no longer has is told by its id.
[[nodiscard]] Json questionnaire_to_json(const catalogue::Questionnaire& questionnaire,
                                         const catalogue::Catalogue& catalogue);

/// JSON of a value, the same bytes for the same value; empty for none.
[[nodiscard]] std::string value_to_text(const Value& value);
[[nodiscard]] Value value_from_text(const std::string& text);
/// Reason, comment and evidence; empty if there are none.
[[nodiscard]] std::string words_to_text(const Answer& answer);
void words_from_text(const std::string& text, Answer& answer);

/// Of a body that was checked against api/survey.yaml. Throws InputError for a value that no question can have.
[[nodiscard]] Answer answer_from_json(const nlohmann::json& body);

/// Files as one text, as they are kept.
[[nodiscard]] std::string files_to_text(const std::map<std::string, std::string>& files);
[[nodiscard]] std::map<std::string, std::string> files_from_text(const std::string& text);

using PeopleNames = std::map<PersonId, std::string>;

[[nodiscard]] Json entry_to_json(const Entry& entry, const PeopleNames& names);
/// Of all entries to the question.
[[nodiscard]] Json answer_to_json(const QuestionId& question, bool is_asked, const std::vector<Entry>& entries,
                                  const PeopleNames& names);
[[nodiscard]] Json receipt_to_json(const Receipt& receipt);
[[nodiscard]] Receipt receipt_from_text(const std::string& text);

}  // namespace resmon::survey
