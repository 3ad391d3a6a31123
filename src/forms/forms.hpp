// The desk of the offline form: a response leaves as a file, and what was filled in comes back.
#pragma once

#include "forms/form.hpp"
#include "survey/survey.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::forms {

enum class FileKind { xlsx, csv };

/// What became of a file.
struct Imported {
    std::vector<QuestionId> saved;      ///< entries that were made now
    std::vector<QuestionId> conflicts;  ///< of these, which contradict what was answered meanwhile
    std::size_t unchanged = 0;          ///< questions that say what they said
};

class Forms {
public:
    /// Both must outlive the desk.
    Forms(survey::Survey& survey, Clock clock) : survey_{survey}, clock_{std::move(clock)} {}

    [[nodiscard]] const survey::Survey& survey() const noexcept { return survey_; }

    /// Throws NotFound as survey::Survey::opened does, Conflict if the key of a sealed answer is missing.
    [[nodiscard]] std::string exported(const Principal& who, const survey::ResponseId& id, FileKind kind,
                                       Language language);

    /// All of it or nothing; the same file again changes nothing. Throws InputError with every fault, also for a form
    /// of another questionnaire, version, body or response; Conflict if the response is finished or locked.
    [[nodiscard]] Imported imported(const Principal& who, const survey::ResponseId& id, std::string_view bytes,
                                    Language reader);

private:
    survey::Survey& survey_;
    Clock clock_;
};

/// A form without answers; for a body only what is asked of it.
[[nodiscard]] std::string empty_form(const catalogue::Catalogue& catalogue, const QuestionnaireId& questionnaire,
                                     const std::optional<std::string>& body, Language language);

}  // namespace resmon::forms
