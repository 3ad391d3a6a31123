// A questionnaire with the answers of one body: what is asked of it, what is answered, what is open.
#pragma once

#include "survey/entry.hpp"
#include "survey/response.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace resmon::survey {

using Answers = std::map<QuestionId, Answer>;
using Entries = std::map<QuestionId, std::vector<Entry>>;  ///< by question, as saved

/// Whom the body is asked as: an independent city is both.
using BodyLevels = std::set<catalogue::Level>;

/// The questions that are asked. A condition is read on answers to questions that are asked themselves; "don't know"
/// meets none.
[[nodiscard]] std::set<QuestionId> asked_questions(const catalogue::Questionnaire& questionnaire,
                                                   const BodyLevels& levels, const Answers& answers);

/// What holds for every question that was answered (see `holding`).
[[nodiscard]] Answers holding_answers(const Entries& entries);

/// Who is to answer what, by topic.
using Assignments = std::map<std::string, PersonId>;

/// Which of the topics somebody sees, or may answer. Nothing unless it is said.
struct Part {
    bool is_whole = false;
    std::set<std::string> topics = {};  ///< unless it is the whole

    [[nodiscard]] static Part whole() { return {.is_whole = true}; }
    [[nodiscard]] bool has(const std::string& topic) const { return is_whole || topics.contains(topic); }
    [[nodiscard]] bool is_nothing() const { return !is_whole && topics.empty(); }
};

/// The question, if it is in the part. Throws NotFound in the same words as for one that does not exist.
[[nodiscard]] const catalogue::Question& question_in(const catalogue::Questionnaire& questionnaire, const Part& part,
                                                     const QuestionId& id);

/// What held for a question in an earlier response.
struct Offer {
    Entry entry;
    bool fits = false;  ///< can be confirmed; else it is shown beside the question, which has changed
};

/// By question that has no entry yet. None of them is an answer.
using Offers = std::map<QuestionId, Offer>;

/// What is asked and what was answered, as one moment had it.
struct Sheet {
    Response response;
    std::shared_ptr<const catalogue::Questionnaire> questionnaire;
    std::string body_name;
    BodyLevels levels;
    std::set<QuestionId> asked;
    Entries entries;
    std::map<PersonId, std::string> names;        ///< of the authors of the entries, and of whom topics are assigned to
    std::map<links::LinkId, std::string> labels;  ///< of the links by which entries came
    Assignments assignments;
    Offers offers;
    std::string offered_from;   ///< when the earlier response was finished, UTC; empty if there is none
    Part seen = Part::whole();  ///< what stands on the sheet
    Part answerable;
    bool may_answer = false;  ///< at least one topic
    bool may_finish = false;
    bool may_manage = false;
};

/// The sheet as far as somebody may see it: of other topics neither questions nor answers, authors or assignments
/// remain, and no condition that speaks of them; whether a question is asked stays as it is.
[[nodiscard]] Sheet shown(Sheet sheet, const Part& part);

struct TopicProgress {
    std::string topic;
    int asked = 0;
    int answered = 0;   ///< in any state but open
    int conflicts = 0;  ///< questions with entries that contradict each other
    int offered = 0;    ///< questions with an earlier answer that is not confirmed
};

/// In the order of the questionnaire.
[[nodiscard]] std::vector<TopicProgress> progress(const Sheet& sheet);

/// Throws Conflict while entries contradict each other, or if one that holds cannot be decrypted here.
void require_finishable(const Sheet& sheet);

[[nodiscard]] Receipt receipt_of(const Sheet& sheet, int number, const std::string& at);

}  // namespace resmon::survey
