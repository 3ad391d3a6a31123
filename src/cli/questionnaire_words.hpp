// The words of `resmon questionnaire` on the command line.
#pragma once

#include "cli/add_command.hpp"
#include "cli/commands.hpp"

namespace resmon::cli {

/// What is said; each subcommand needs some of it.
struct QuestionnaireWish {
    std::string questionnaire;
    std::filesystem::path file;
    std::string body;
    std::filesystem::path folder;
};

/// Options and wish must outlive the parent.
void add_questionnaire_words(CLI::App& app, const AddCommand& add, const Options& options, QuestionnaireWish& wish);

}  // namespace resmon::cli
