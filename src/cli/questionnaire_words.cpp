#include "cli/questionnaire_words.hpp"

#include "base/text.hpp"

#include <CLI/CLI.hpp>

namespace resmon::cli {

void add_questionnaire_words(CLI::App& app, const AddCommand& add, const Options& options, QuestionnaireWish& wish) {
    const auto text = [&options](const char* key) { return program_text(key, options.language); };
    CLI::App* parent = add(app, "questionnaire", nullptr);
    parent->require_subcommand(1);
    CLI::App* checked = add(*parent, "check", [&] { return check_questionnaires(options, wish.folder); });
    checked->add_option("folder", wish.folder, text("help.checked-folder"));

    CLI::App* form =
        add(*parent, "form", [&] { return write_empty_form(options, {wish.questionnaire, wish.file, wish.body}); });
    form->add_option("questionnaire", wish.questionnaire, text("help.questionnaire-id"))->required();
    form->add_option("file", wish.file, text("help.form-file"))->required();
    form->add_option("--body", wish.body, text("help.form-body"))->type_name("KEY");

    CLI::App* exported =
        add(*parent, "export", [&] { return export_questionnaire(options, wish.questionnaire, wish.file); });
    exported->add_option("questionnaire", wish.questionnaire, text("help.questionnaire-id"))->required();
    exported->add_option("file", wish.file, text("help.xlsform-file"))->required();

    CLI::App* taken = add(*parent, "import", [&] { return import_questionnaire(options, {wish.file, wish.folder}); });
    taken->add_option("file", wish.file, text("help.foreign-file"))->required();
    taken->add_option("--output-folder", wish.folder, text("help.output-folder"))->required()->type_name("DIR");

    CLI::App* printed =
        add(*parent, "print", [&] { return print_questionnaire(options, wish.questionnaire, wish.file); });
    printed->add_option("id", wish.questionnaire, text("help.questionnaire-id"))->required();
    printed->add_option("file", wish.file, text("help.pdf-file"))->required();
}

}  // namespace resmon::cli
