// resmon questionnaire …: what is asked, whether it is in order, on paper, as a form to fill in, from and for other
// programs.
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "exchange/lss_questionnaire.hpp"
#include "exchange/questionnaire_yaml.hpp"
#include "exchange/xlsform_reader.hpp"
#include "exchange/xlsform_writer.hpp"
#include "forms/forms.hpp"
#include "papers/questionnaire_paper.hpp"
#include "report/pdf.hpp"
#include "spreadsheet/xlsx_reader.hpp"
#include "survey/survey_json.hpp"

#include <fstream>
#include <set>
#include <sstream>

namespace resmon::cli {

namespace {

double count_questions(const catalogue::Questionnaire& questionnaire) {
    double count = 0;
    for (const catalogue::Topic& topic : questionnaire.topics) count += static_cast<double>(topic.questions.size());
    return count;
}

std::string content_of(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream content;
    content << file.rdbuf();
    if (!file || !std::filesystem::is_regular_file(path))
        throw InputError{{{{.file = path.string(), .line = 0, .path = {}}, worded("fault.file-readable")}}};
    return content.str();
}

exchange::TakenOver taken_over_from(const Options& options, const std::filesystem::path& path) {
    const std::string extension = folded(path.extension().string());
    if (extension != ".xlsx" && extension != ".lss")
        throw InputError{program_text("questionnaire.kind-unknown", options.language, {{"file", path.string()}})};
    const std::string content = content_of(path);
    try {
        if (extension == ".lss") return exchange::questionnaire_from_lss(content);
        const catalogue::Catalogue catalogue = catalogue_in_use(options);
        return exchange::questionnaire_from_xlsform(spreadsheet::workbook_from_xlsx(content), &catalogue.services);
    } catch (const InputError& error) {
        // The readers know the places within the file, not its name.
        std::vector<Fault> faults = error.faults();
        for (Fault& fault : faults) {
            if (!fault.place.file.empty() && !fault.place.path.empty()) fault.place.path = to_string(fault.place);
            if (fault.place.path.empty()) fault.place.path = fault.place.file;
            fault.place.file = path.string();
            fault.place.line = 0;
        }
        throw InputError{std::move(faults)};
    }
}

/// What was written is taken away again if the rest cannot be.
class Draft {
public:
    explicit Draft(std::filesystem::path folder) : folder_{std::move(folder)} {}
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    ~Draft() {
        std::error_code ignored;
        if (!is_whole_)
            for (const std::filesystem::path& path : written_) std::filesystem::remove(path, ignored);
    }

    void add(const std::string& path, const std::string& content) {
        std::error_code error;
        std::filesystem::create_directories((folder_ / path).parent_path(), error);
        if (error)
            throw InputError{{{{.file = folder_.string(), .line = 0, .path = {}},
                               worded("fault.folder-is", {{"why", system_reason(error.value())}})}}};
        write_file(folder_ / path, content);
        written_.push_back(folder_ / path);
    }
    void keep() { is_whole_ = true; }

private:
    std::filesystem::path folder_;
    std::vector<std::filesystem::path> written_;
    bool is_whole_ = false;
};

void write_draft(const Options& options, const std::filesystem::path& folder, const catalogue::CatalogueFiles& files) {
    for (const auto& [path, content] : files)
        if (std::filesystem::exists(folder / path))
            throw InputError{
                program_text("questionnaire.exists", options.language, {{"file", (folder / path).string()}})};
    Draft draft{folder};
    for (const auto& [path, content] : files) draft.add(path, content);
    draft.keep();
}

/// A folder of questionnaires alone stands beside the catalogue in use.
catalogue::Catalogue checked_catalogue(const Options& options, const std::filesystem::path& folder,
                                       std::set<QuestionnaireId>& wanted) {
    catalogue::CatalogueFiles own = catalogue::catalogue_files_in(folder);
    constexpr std::string_view head = "questionnaires/";
    for (const auto& [path, content] : own)
        if (path.starts_with(head) && path.ends_with(".yaml") && path.find('/', head.size()) == std::string::npos)
            wanted.insert({path.substr(head.size(), path.size() - head.size() - std::string_view{".yaml"}.size())});
    if (own.contains("model.yaml") || wanted.empty()) return catalogue::catalogue_from(own);
    catalogue::CatalogueFiles files = catalogue_files_in_use(options);
    for (const QuestionnaireId& id : wanted)
        for (const auto& [path, content] : catalogue::questionnaire_files(files, id)) files.erase(path);
    files.merge(own);
    return catalogue::catalogue_from(files);
}

void tell_left_out(const Options& options, const exchange::TakenOver& taken) {
    const catalogue::Questionnaire& questionnaire = taken.questionnaire;
    if (options.format == Format::json) {
        survey::Json told = survey::summary_to_json(questionnaire);
        told["left_out"] = survey::Json::array();
        for (const Fault& one : taken.left_out)
            told["left_out"].push_back(
                {{"place", to_string(one.place)}, {"why", one.expectation.in(options.language)}});
        return write_output(options, told.dump() + "\n");
    }
    std::string text = program_text("questionnaire.imported", options.language,
                                    {{"id", questionnaire.id.value},
                                     {"topics", static_cast<double>(questionnaire.topics.size())},
                                     {"questions", count_questions(questionnaire)}}) +
                       "\n";
    if (taken.left_out.empty())
        text += program_text("questionnaire.all-taken-over", options.language) + "\n";
    else
        text += program_text("questionnaire.left-out", options.language,
                             {{"count", static_cast<double>(taken.left_out.size())}}) +
                "\n";
    std::vector<std::vector<std::string>> rows;
    for (const Fault& one : taken.left_out)
        rows.push_back({to_string(one.place), one.expectation.in(options.language)});
    if (!rows.empty())
        text += text_table({{program_text("questionnaire.left-out-place", options.language)},
                            {program_text("questionnaire.left-out-why", options.language)}},
                           rows);
    write_output(options, text);
}

}  // namespace

int check_questionnaires(const Options& options, const std::filesystem::path& folder) {
    std::set<QuestionnaireId> wanted;
    catalogue::Catalogue catalogue =
        folder.empty() ? catalogue_in_use(options) : checked_catalogue(options, folder, wanted);
    if (!folder.empty())
        std::erase_if(catalogue.questionnaires, [&](const auto& one) { return !wanted.contains(one.id); });
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

int write_empty_form(const Options& options, const EmptyForm& wished) {
    const catalogue::Catalogue catalogue = catalogue_in_use(options);
    const auto body = wished.body.empty() ? std::nullopt : std::optional{wished.body};
    write_file(wished.file, forms::empty_form(catalogue, {wished.questionnaire}, body, options.language));
    return exit_done;
}

int export_questionnaire(const Options& options, const std::string& questionnaire, const std::filesystem::path& file) {
    const catalogue::Catalogue catalogue = catalogue_in_use(options);
    write_file(file, spreadsheet::xlsx_from(exchange::xlsform_of(catalogue.questionnaire({questionnaire}), catalogue)));
    return exit_done;
}

int import_questionnaire(const Options& options, const QuestionnaireImport& wished) {
    const exchange::TakenOver taken = taken_over_from(options, wished.file);
    write_draft(options, wished.folder, exchange::questionnaire_to_files(taken.questionnaire));
    tell_left_out(options, taken);
    return exit_done;
}

int print_questionnaire(const Options& options, const std::string& id, const std::filesystem::path& file) {
    const catalogue::Catalogue catalogue = catalogue_in_use(options);
    write_file(file,
               report::pdf(papers::questionnaire_paper(catalogue.questionnaire({id}), catalogue, options.language)));
    return exit_done;
}

}  // namespace resmon::cli
