#include "catalogue/questionnaire.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace resmon::catalogue {

const Question* Questionnaire::find(const QuestionId& question) const noexcept {
    for (const Topic& topic : topics)
        if (const auto found = std::ranges::find(topic.questions, question, &Question::id);
            found != topic.questions.end())
            return &*found;
    return nullptr;
}

const Question& Questionnaire::question(const QuestionId& question) const {
    const Question* found = find(question);
    if (found == nullptr) throw NotFound{worded("fault.survey.no-question", {{"question", question.value}})};
    return *found;
}

const Topic& Questionnaire::topic(std::string_view wanted) const {
    const auto found = std::ranges::find(topics, wanted, &Topic::id);
    if (found == topics.end()) throw NotFound{worded("fault.survey.no-topic", {{"topic", wanted}})};
    return *found;
}

}  // namespace resmon::catalogue
