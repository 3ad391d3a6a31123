#include "survey/survey.hpp"

#include "accounts/permission.hpp"
#include "accounts/shared_transaction.hpp"
#include "base/error.hpp"
#include "secrets/digest.hpp"
#include "survey/survey_json.hpp"
#include "survey/survey_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace resmon::survey {

namespace {

using accounts::Shareable;

NotFound no_response(const ResponseId& id) { return NotFound{fmt::format("there is no response {}", id.value)}; }

ResponseId new_response_id() {
    constexpr std::size_t bytes = 8;
    return {random_hex(bytes)};
}

accounts::Filter allowed(const Principal& who, Action action) {
    return accounts::filter_of(accounts::reach(who, action), "survey_response.organisation",
                               action == Action::read_profile ? Shareable::profile : Shareable::answers);
}

BodyLevels levels_of(const catalogue::Body* body) {
    using enum catalogue::BodyKind;
    if (body != nullptr && body->kind == district) return {catalogue::Level::district};
    if (body != nullptr && body->kind == independent_city)
        return {catalogue::Level::municipality, catalogue::Level::district};
    return {catalogue::Level::municipality};
}

bool may_do(const Principal& who, Action action, const Response& response) {
    return accounts::may(who, action, {.organisation = response.organisation});
}

Answer held(const Entries& entries, const QuestionId& question) {
    const auto saved = entries.find(question);
    return saved == entries.end() ? Answer{} : holding(current(saved->second));
}

std::set<QuestionId> asked_of(const Sheet& sheet) {
    return asked_questions(*sheet.questionnaire, sheet.levels, holding_answers(sheet.entries));
}

void add_name(soci::session& sql, const PersonId& id, std::map<PersonId, std::string>& names) {
    if (id.value.empty() || names.contains(id)) return;
    const auto person = accounts::find_person(sql, id);
    names[id] = person ? person->name : std::string{};
}

/// The entry of that id; null if there is none.
const Entry* sent_before(const Entries& entries, const std::string& id) {
    for (const auto& [question, saved] : entries)
        if (const auto entry = std::ranges::find(saved, id, &Entry::id); entry != saved.end()) return &*entry;
    return nullptr;
}

Receipt receipt_of(const Sheet& sheet, int number, const std::string& at) {
    Receipt receipt{.response = sheet.response.id,
                    .number = number,
                    .finished_at = at,
                    .questionnaire = sheet.response.questionnaire,
                    .version = sheet.response.version,
                    .body = sheet.response.body};
    for (const catalogue::Topic& topic : sheet.questionnaire->topics)
        for (const catalogue::Question& question : topic.questions) {
            const bool is_asked = sheet.asked.contains(question.id);
            const Answer answer = is_asked ? held(sheet.entries, question.id) : Answer{AnswerState::not_asked, {}};
            const bool is_text = question.type == catalogue::QuestionType::text;
            receipt.lines.push_back({question.id, std::string{to_string(answer.state)},
                                     is_text && answer.state == AnswerState::answered
                                         ? value_to_text("sha256:" + digest_of(std::get<std::string>(answer.value)))
                                         : value_to_text(answer.value)});
        }
    return receipt;
}

}  // namespace

void Survey::append(soci::session& sql, const Principal& who, const char* action, const Response& response,
                    std::string detail) {
    audit_.append(sql, who,
                  {.action = action,
                   .organisation = response.organisation.value,
                   .object = response.id.value,
                   .detail = std::move(detail)});
}

std::shared_ptr<const catalogue::Questionnaire> Survey::questionnaire_of(soci::session& sql, const Response& response) {
    const std::lock_guard lock{mutex_};
    auto& kept = kept_[response.questionnaire_hash];
    if (kept) return kept;
    const auto shipped =
        std::ranges::find(catalogue_.questionnaires, response.questionnaire_hash, &catalogue::Questionnaire::hash);
    if (shipped != catalogue_.questionnaires.end())
        kept = std::shared_ptr<const catalogue::Questionnaire>{std::shared_ptr<void>{}, &*shipped};
    else
        kept = std::make_shared<const catalogue::Questionnaire>(
            catalogue::kept_questionnaire(files_from_text(questionnaire_content(sql, response.questionnaire_hash))));
    return kept;
}

Response Survey::found(soci::session& sql, const Principal& who, const ResponseId& id, Action action) const {
    accounts::require(who, action);
    const std::optional<Response> response = find_response(sql, id, allowed(who, action));
    // The same answer whether there is none or it is none of theirs.
    if (!response) throw no_response(id);
    return *response;
}

Sheet Survey::sheet_of(soci::session& sql, const Principal& who, Response response) {
    Sheet sheet{.response = std::move(response)};
    sheet.questionnaire = questionnaire_of(sql, sheet.response);
    const catalogue::Body* body = catalogue_.bodies.find_body(sheet.response.body);
    sheet.body_name = body == nullptr ? sheet.response.body.text() : body->name;
    for (Entry& entry : select_entries(sql, sheet.response.id, sealing_)) {
        add_name(sql, entry.person, sheet.names);
        sheet.entries[entry.question].push_back(std::move(entry));
    }
    sheet.levels = levels_of(body);
    sheet.asked = asked_of(sheet);
    sheet.may_answer = !sheet.response.is_finished && may_do(who, Action::answer_survey, sheet.response);
    sheet.may_finish = may_do(who, Action::finish_response, sheet.response);
    return sheet;
}

std::vector<Sheet> Survey::list(const Principal& who) {
    std::vector<Sheet> sheets;
    database_.read([&](soci::session& sql) {
        sheets.clear();
        for (Response& response : select_responses(sql, allowed(who, Action::read_responses)))
            sheets.push_back(sheet_of(sql, who, std::move(response)));
    });
    return sheets;
}

Sheet Survey::begin(const Principal& who, const BeginWish& wish) {
    const catalogue::Questionnaire& questionnaire = catalogue_.questionnaire(wish.questionnaire);
    const catalogue::Body& body = catalogue_.bodies.body(wish.body);
    const OrganisationId owner = wish.organisation ? *wish.organisation : accounts::home_of(who, Action::answer_survey);
    accounts::require(who, Action::answer_survey, {.organisation = owner});
    const std::string at = now();
    const Response response{.id = new_response_id(),
                            .questionnaire = questionnaire.id,
                            .version = questionnaire.version,
                            .questionnaire_hash = questionnaire.hash,
                            .organisation = owner,
                            .body = body.key,
                            .began_at = at,
                            .changed_at = at};
    const std::string content = files_to_text(catalogue::questionnaire_files(files_, questionnaire.id));
    Sheet sheet;
    database_.write([&](soci::session& sql) {
        insert_questionnaire(sql, response, content);
        if (!insert_response(sql, response))
            throw Conflict{fmt::format("{} has an unfinished response already", body.name)};
        append(sql, who, "begin-response", response, body.key.text());
        sheet = sheet_of(sql, who, response);
    });
    return sheet;
}

Sheet Survey::opened(const Principal& who, const ResponseId& id, Action action) {
    Sheet sheet;
    database_.read([&](soci::session& sql) { sheet = sheet_of(sql, who, found(sql, who, id, action)); });
    note_reading(who, sheet.response, action);
    return sheet;
}

std::vector<Sheet> Survey::finished_before(const Principal& who, const Response& response, Action action) {
    const auto is_earlier = [&](const Response& other) {
        return other.is_finished && other.id != response.id && other.body == response.body &&
               other.organisation == response.organisation && other.began_at <= response.began_at;
    };
    std::vector<Sheet> sheets;
    database_.read([&](soci::session& sql) {
        sheets.clear();
        for (Response& other : select_responses(sql, allowed(who, action)))
            if (is_earlier(other)) sheets.push_back(sheet_of(sql, who, std::move(other)));
    });
    for (const Sheet& sheet : sheets) note_reading(who, sheet.response, action);
    std::ranges::stable_sort(sheets, {}, [](const Sheet& sheet) { return sheet.response.began_at; });
    return sheets;
}

void Survey::note_reading(const Principal& who, const Response& response, Action action, std::string what) {
    if (who.kind == Principal::Kind::local) return;
    audit_.note(who, {.action = std::string{to_string(action)},
                      .organisation = response.organisation.value,
                      .object = response.id.value,
                      .detail = std::move(what)});
}

Saved Survey::save(const Principal& who, const ResponseId& id, const SaveWish& wish) {
    const std::string at = now();
    Saved saved;
    database_.write([&](soci::session& sql) {
        const Response response = found(sql, who, id, Action::answer_survey);
        const auto number = next_number(sql, id, at);
        if (!number) throw Conflict{"the response is finished: open it again to change it"};
        Sheet before = sheet_of(sql, who, response);
        const catalogue::Question& question = before.questionnaire->question(wish.question);
        if (std::vector<Fault> faults = faults_of(question, wish.answer); !faults.empty())
            throw InputError{std::move(faults)};
        std::vector<Entry>& entries = before.entries[question.id];
        saved.asked_before = before.asked;
        if (const Entry* again = sent_before(before.entries, wish.id)) {
            if (again->question != question.id || again->answer != wish.answer)
                throw Conflict{"the id was used for another answer"};
            saved.entry = *again;
            saved.sheet = std::move(before);
            return;
        }
        saved.entry = {.number = *number,
                       .id = wish.id,
                       .question = question.id,
                       .answer = wish.answer,
                       .person = who.person,
                       .at = at,
                       .supersedes = superseded_by(wish.answer, wish.seen, entries)};
        insert_entry(sql, id, saved.entry, question.is_sensitive || question.type == catalogue::QuestionType::text,
                     sealing_);
        append(sql, who, "answer-survey", response, question.id.value);
        entries.push_back(saved.entry);
        add_name(sql, who.person, before.names);
        before.asked = asked_of(before);
        before.response.changed_at = at;
        saved.sheet = std::move(before);
    });
    return saved;
}

Receipt Survey::finish(const Principal& who, const ResponseId& id) {
    const std::string at = now();
    Receipt receipt;
    database_.write([&](soci::session& sql) {
        const Response response = found(sql, who, id, Action::finish_response);
        if (!set_finished(sql, id, true, at)) throw Conflict{"the response is finished already"};
        const Sheet sheet = sheet_of(sql, who, response);
        for (const TopicProgress& topic : progress(*sheet.questionnaire, sheet.asked, sheet.entries))
            if (topic.conflicts > 0)
                throw Conflict{
                    fmt::format("topic {} has answers that contradict each other: decide first", topic.topic)};
        receipt = receipt_of(sheet, count_receipts(sql, id) + 1, at);
        insert_receipt(sql, receipt, receipt_to_json(receipt).dump());
        append(sql, who, "finish-response", response, hash_of(receipt));
    });
    return receipt;
}

Receipt Survey::receipt(const Principal& who, const ResponseId& id) {
    Response response;
    std::string content;
    database_.read([&](soci::session& sql) {
        response = found(sql, who, id, Action::read_responses);
        content = last_receipt(sql, id);
    });
    if (content.empty()) throw NotFound{fmt::format("response {} has no receipt: it was not finished", id.value)};
    note_reading(who, response, Action::read_responses, "receipt");
    return receipt_from_text(content);
}

void Survey::reopen(const Principal& who, const ResponseId& id, const std::string& reason) {
    const std::string at = now();
    database_.write([&](soci::session& sql) {
        const Response response = found(sql, who, id, Action::finish_response);
        if (!set_finished(sql, id, false, at)) throw Conflict{"the response is open, or another one of the body is"};
        note_reopening(sql, id, at, reason);
        append(sql, who, "reopen-response", response);
    });
}

void Survey::remove(const Principal& who, const ResponseId& id) {
    database_.write([&](soci::session& sql) {
        const Response response = found(sql, who, id, Action::finish_response);
        delete_response(sql, id);
        append(sql, who, "delete-response", response, response.body.text());
    });
}

}  // namespace resmon::survey
