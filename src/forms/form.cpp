#include "forms/form.hpp"

#include <algorithm>

namespace resmon::forms {

ShownEntry shown_entry(const survey::Entries& entries, const QuestionId& question) {
    const auto saved = entries.find(question);
    if (saved == entries.end()) return {};
    const std::vector<survey::Entry> current = survey::current(saved->second);
    return current.empty() ? ShownEntry{} : ShownEntry{current.back().number, current.back().answer};
}

bool is_in(const Form& form, const catalogue::Question& question) {
    return form.levels.empty() || question.asked_of.empty() ||
           std::ranges::any_of(question.asked_of, [&](catalogue::Level level) { return form.levels.contains(level); });
}

}  // namespace resmon::forms
