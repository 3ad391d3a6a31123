#include "forms/forms.hpp"

#include "base/error.hpp"
#include "forms/form_reader.hpp"
#include "forms/form_writer.hpp"
#include "secrets/digest.hpp"
#include "survey/survey_json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace resmon::forms {

namespace {

std::map<ServiceId, Text> service_names(const catalogue::Catalogue& catalogue) {
    std::map<ServiceId, Text> names;
    for (const catalogue::Service& service : catalogue.services) names[service.id] = service.name;
    return names;
}

void refuse_other(const FormHead& head, const survey::Sheet& sheet, Language reader) {
    const survey::Response& here = sheet.response;
    const auto refuse = [&](const char* key, const std::string& value, const std::string& wanted) {
        throw InputError{program_text(key, reader, {{"value", value}, {"wanted", wanted}})};
    };
    if (head.questionnaire != here.questionnaire)
        refuse("form.fault.other-questionnaire", head.questionnaire.value, here.questionnaire.value);
    if (head.hash != here.questionnaire_hash) refuse("form.fault.other-version", {}, {});
    if (!head.body.empty() && head.body != here.body.text())
        refuse("form.fault.other-body", head.body_name.empty() ? head.body : head.body_name, sheet.body_name);
    if (!head.response.empty() && head.response != here.id.value)
        refuse("form.fault.other-response", head.response, {});
}

/// The same statement of the same person has the same id: a file that was saved again with other bytes is still the
/// same.
std::string entry_id(const Principal& who, const survey::ResponseId& response, const ChangedAnswer& changed) {
    const survey::Answer& answer = changed.answer;
    std::string told;
    for (const std::string& part :
         {response.value, who.person.value, changed.question.value, std::to_string(changed.seen),
          std::string{to_string(answer.state)}, survey::value_to_text(answer.value), answer.reason, answer.comment,
          answer.evidence, answer.evidence_expires,
          answer.confidence ? std::string{to_string(*answer.confidence)} : std::string{}})
        told += fmt::format("{}:{}", part.size(), part);
    constexpr std::size_t length = 32;
    return "form-" + digest_of(told).substr(0, length);
}

/// The entry that the form shows, and those that said the same before it: the form shows one for all of them.
std::vector<std::int64_t> seen_by(const survey::Sheet& sheet, const ChangedAnswer& changed) {
    const auto saved = sheet.entries.find(changed.question);
    if (changed.seen == 0 || saved == sheet.entries.end()) return {};
    const auto shown = std::ranges::find(saved->second, changed.seen, &survey::Entry::number);
    std::vector<std::int64_t> seen;
    for (const survey::Entry& entry : survey::unsuperseded(saved->second))
        if (entry.number < changed.seen && entry.answer == shown->answer) seen.push_back(entry.number);
    seen.push_back(changed.seen);
    return seen;
}

/// Somebody else has said the same meanwhile, and nobody contradicts.
bool holds_already(const survey::Sheet& sheet, const ChangedAnswer& changed) {
    const auto saved = sheet.entries.find(changed.question);
    if (saved == sheet.entries.end()) return false;
    const std::vector<survey::Entry> current = survey::current(saved->second);
    return current.size() == 1 && current.front().answer == changed.answer;
}

/// The sign of a lock would come back as an answer, and supersede what it hides.
void refuse_locked(const survey::Sheet& sheet, Language language) {
    std::string ids;
    for (const auto& [question, saved] : sheet.entries)
        if (std::ranges::any_of(survey::current(saved), &survey::Entry::is_locked))
            ids += (ids.empty() ? "" : ", ") + question.value;
    if (!ids.empty()) throw Conflict{program_text("form.locked", language, {{"questions", ids}})};
}

}  // namespace

std::string Forms::exported(const Principal& who, const survey::ResponseId& id, FileKind kind, Language language) {
    const survey::Sheet sheet = survey_.opened(who, id);
    refuse_locked(sheet, language);
    const survey::Response& response = sheet.response;
    Form form{.head = {.questionnaire = response.questionnaire,
                       .version = response.version,
                       .hash = response.questionnaire_hash,
                       .response = response.id.value,
                       .body = response.body.text(),
                       .body_name = sheet.body_name,
                       .exported_at = utc_text(clock_()),
                       .language = language},
              .questionnaire = sheet.questionnaire.get(),
              .levels = sheet.levels,
              .shown = {},
              .services = service_names(survey_.catalogue()),
              .contradicted = {}};
    for (const auto& [question, saved] : sheet.entries) {
        form.shown[question] = shown_entry(sheet.entries, question);
        if (survey::current(saved).size() > 1) form.contradicted.insert(question);
    }
    return kind == FileKind::xlsx ? form_to_xlsx(form) : form_to_csv(form);
}

Imported Forms::imported(const Principal& who, const survey::ResponseId& id, std::string_view bytes, Language reader) {
    const survey::Sheet sheet = survey_.opened(who, id, Action::answer_survey);
    refuse_locked(sheet, reader);
    if (sheet.response.is_finished) throw Conflict{worded("fault.survey.finished")};
    const spreadsheet::Workbook workbook = workbook_from(bytes);
    const FormHead head = head_from(workbook, reader);
    refuse_other(head, sheet, reader);
    Changes changes = changes_in(workbook, *sheet.questionnaire, sheet.entries, {head.language, reader});

    Imported imported{.saved = {}, .conflicts = {}, .unchanged = changes.unchanged};
    std::vector<survey::SaveWish> wishes;
    for (ChangedAnswer& changed : changes.answers) {
        std::string entry = entry_id(who, id, changed);
        const auto saved = sheet.entries.find(changed.question);
        const bool is_known = saved != sheet.entries.end() &&
                              std::ranges::find(saved->second, entry, &survey::Entry::id) != saved->second.end();
        if (is_known || holds_already(sheet, changed)) {
            ++imported.unchanged;
            continue;
        }
        std::vector<std::int64_t> seen = seen_by(sheet, changed);
        wishes.push_back(
            {changed.question, std::move(entry), std::move(changed.answer), std::move(seen), survey::Source::imported});
    }
    if (wishes.empty() && sheet.response.is_finished) throw Conflict{worded("fault.survey.finished")};
    if (wishes.empty()) return imported;
    const survey::SavedAll all = survey_.save_all(who, id, wishes);
    for (const survey::Entry& entry : all.entries) {
        imported.saved.push_back(entry.question);
        if (survey::current(all.sheet.entries.at(entry.question)).size() > 1)
            imported.conflicts.push_back(entry.question);
    }
    return imported;
}

std::string empty_form(const catalogue::Catalogue& catalogue, const QuestionnaireId& questionnaire,
                       const std::optional<std::string>& body, Language language) {
    const catalogue::Questionnaire& asked = catalogue.questionnaire(questionnaire);
    Form form{.head = {.questionnaire = asked.id,
                       .version = asked.version,
                       .hash = asked.hash,
                       .response = {},
                       .body = {},
                       .body_name = {},
                       .exported_at = {},
                       .language = language},
              .questionnaire = &asked,
              .levels = {},
              .shown = {},
              .services = service_names(catalogue),
              .contradicted = {}};
    if (body) {
        const catalogue::Body& answering = catalogue.bodies.body(*body);
        form.head.body = answering.key.text();
        form.head.body_name = answering.name;
        form.levels = survey::levels_of(&answering);
    }
    return form_to_xlsx(form);
}

}  // namespace resmon::forms
