// A questionnaire: a head, and a file for each topic.
#pragma once

#include "catalogue/catalogue.hpp"
#include "reading/cursor.hpp"

namespace resmon::catalogue {

/// The head; each of its topics has only an id.
[[nodiscard]] Questionnaire questionnaire_from(const Cursor& root);
[[nodiscard]] Topic topic_from(const Cursor& root);

/// `versions.yaml` in the questionnaire's folder: what published versions asked, and which questions changed.
void read_versions(const Cursor& root, Questionnaire& questionnaire);
/// What was published is listed; a question that stands otherwise than in an earlier version says what it means.
void check_versions(const Cursor& root, const Questionnaire& whole);

/// What a topic's file cannot know alone: conditions ask earlier questions what these can answer, essentials stand on
/// ordinal questions of the topic, rows are services (if these are known). `number` is the topic's place among those of
/// the questionnaire.
void check_topic(const Cursor& root, const Questionnaire& whole, std::size_t number,
                 const std::vector<Service>* services);
/// The quick check asks what is there; who is published has the hash of the content.
void check_head(const Cursor& root, const Questionnaire& whole);

/// SHA-256 of what the trees say, whatever their layout: head without status and hash, then the topics.
[[nodiscard]] std::string content_hash(const Tree& head, const std::vector<const Tree*>& topics);

/// Of what is asked (type, text, levels, choices, rows, unit, limits), not of why; 12 hexadecimal digits.
[[nodiscard]] std::string question_hash(const Question& question);

}  // namespace resmon::catalogue
