// resmon questionnaire: what is asked, whether it is in order, and on paper.
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "papers/questionnaire_paper.hpp"
#include "report/pdf.hpp"
#include "survey/survey_json.hpp"

namespace resmon::cli {

namespace {

double count_questions(const catalogue::Questionnaire& questionnaire) {
    double count = 0;
    for (const catalogue::Topic& topic : questionnaire.topics) count += static_cast<double>(topic.questions.size());
    return count;
}

}  // namespace

int check_questionnaires(const Options& options, const std::filesystem::path& folder) {
    const catalogue::Catalogue catalogue =
        folder.empty() ? catalogue_in_use(options) : catalogue::catalogue_from(catalogue::catalogue_files_in(folder));
    if (options.format == Format::json) {
        survey::Json list = survey::Json::array();
        for (const catalogue::Questionnaire& one : catalogue.questionnaires) {
            list.push_back(survey::summary_to_json(one));
            list.back()["hash"] = one.hash;
        }
        write_output(options, list.dump() + "\n");
        return exit_done;
    }
    std::string lines;
    for (const catalogue::Questionnaire& one : catalogue.questionnaires)
        lines += program_text(one.is_published ? "questionnaire.published" : "questionnaire.draft", options.language,
                              {{"id", one.id.value},
                               {"version", static_cast<double>(one.version)},
                               {"topics", static_cast<double>(one.topics.size())},
                               {"questions", count_questions(one)},
                               {"hash", one.hash}}) +
                 "\n";
    write_output(options, lines);
    return exit_done;
}

int print_questionnaire(const Options& options, const std::string& id, const std::filesystem::path& file) {
    const catalogue::Catalogue catalogue = catalogue_in_use(options);
    write_file(file,
               report::pdf(papers::questionnaire_paper(catalogue.questionnaire({id}), catalogue, options.language)));
    return exit_done;
}

}  // namespace resmon::cli
