// The offline form: what a file says about itself, and what stands in it.
#pragma once

#include "forms/question_cells.hpp"
#include "survey/response.hpp"
#include "survey/sheet.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace resmon::forms {

inline constexpr int form_version = 1;

struct FormHead {
    QuestionnaireId questionnaire;
    int version = 1;
    std::string hash;      ///< of the questionnaire
    std::string response;  ///< empty for an empty form
    std::string body;      ///< empty for a form of nobody
    std::string body_name;
    std::string exported_at;  ///< UTC; empty for an empty form
    Language language = Language::german;
};

/// What of a question's entries the form shows.
struct ShownEntry {
    std::int64_t number = 0;  ///< 0 if there was none
    survey::Answer answer;
};

/// Of entries that contradict each other the one that holds (survey::holding).
[[nodiscard]] ShownEntry shown_entry(const survey::Entries& entries, const QuestionId& question);

struct Form {
    FormHead head;
    const catalogue::Questionnaire* questionnaire = nullptr;
    survey::BodyLevels levels;  ///< what is asked of others is left out; empty = everything stands in it
    std::map<QuestionId, ShownEntry> shown;
    std::map<ServiceId, Text> services;  ///< names of the rows of matrices
    std::set<QuestionId> contradicted;   ///< their entries contradict each other; only one of them is shown
};

[[nodiscard]] bool is_in(const Form& form, const catalogue::Question& question);

}  // namespace resmon::forms
