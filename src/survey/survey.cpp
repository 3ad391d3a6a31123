#include "survey/survey.hpp"

#include "accounts/permission.hpp"
#include "accounts/shared_transaction.hpp"
#include "base/error.hpp"
#include "secrets/digest.hpp"
#include "survey/carry_over.hpp"
#include "survey/survey_json.hpp"
#include "survey/survey_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace resmon::survey {

namespace {

using accounts::Shareable;

NotFound no_response(const ResponseId& id) { return NotFound{worded("fault.survey.no-response", {{"id", id.value}})}; }

ResponseId new_response_id() {
    constexpr std::size_t bytes = 8;
    return {random_hex(bytes)};
}

accounts::Filter allowed(const Principal& who, Action action) {
    return accounts::filter_of(accounts::reach(who, action), "survey_response.organisation",
                               action == Action::read_profile ? Shareable::profile : Shareable::answers);
}

std::set<QuestionId> asked_of(const Sheet& sheet) {
    return asked_questions(*sheet.questionnaire, sheet.levels, holding_answers(sheet.entries));
}

void add_name(soci::session& sql, const PersonId& id, std::map<PersonId, std::string>& names) {
    if (id.value.empty() || names.contains(id)) return;
    const auto person = accounts::find_person(sql, id);
    names[id] = person ? person->name : std::string{};
}

/// Whether the answer itself is kept encrypted.
bool is_words(const catalogue::Question& question) {
    return question.is_sensitive || question.type == catalogue::QuestionType::text;
}

/// The entry of that id; null if there is none.
const Entry* sent_before(const Entries& entries, const std::string& id) {
    for (const auto& [question, saved] : entries)
        if (const auto entry = std::ranges::find(saved, id, &Entry::id); entry != saved.end()) return &*entry;
    return nullptr;
}

}  // namespace

BodyLevels levels_of(const catalogue::Body* body) {
    using enum catalogue::BodyKind;
    if (body != nullptr && body->kind == district) return {catalogue::Level::district};
    if (body != nullptr && body->kind == independent_city)
        return {catalogue::Level::municipality, catalogue::Level::district};
    return {catalogue::Level::municipality};
}

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

Part Survey::part_of(soci::session& sql, const Principal& who, const Response& response, Action action) const {
    const accounts::Object object{.organisation = response.organisation, .link = who.link};
    if (who.kind == Principal::Kind::link) {
        const auto grant = links::grant_of(sql, {who.link}, seconds_of(clock_()));
        if (!grant || grant->response != response.id.value || !accounts::may(who, action, object)) return {};
        const bool is_for_finishing = action == Action::finish_response || action == Action::read_profile;
        if (is_for_finishing && !grant->may_finish) return {};
        return {.is_whole = grant->is_whole(), .topics = grant->topics};
    }
    if (accounts::may(who, action, object)) return Part::whole();
    if (!accounts::may(who, action, {.organisation = response.organisation, .assigned_to = {who.person}})) return {};
    Part part;
    for (const auto& [topic, person] : select_assignments(sql, response.id))
        if (person == who.person) part.topics.insert(topic);
    return part;
}

Survey::Found Survey::found(soci::session& sql, const Principal& who, const ResponseId& id, Action action) const {
    accounts::require(who, action);
    if (auto response = find_response(sql, id, allowed(who, action))) return {std::move(*response), Part::whole()};
    if (auto response = find_response(sql, id, accounts::no_filter)) {
        Part part = part_of(sql, who, *response, action);
        if (!part.is_nothing()) return {std::move(*response), std::move(part)};
    }
    // The same answer whether there is none or it is none of theirs.
    throw no_response(id);
}

Response Survey::found_whole(soci::session& sql, const Principal& who, const ResponseId& id, Action action) const {
    Found found = this->found(sql, who, id, action);
    if (!found.part.is_whole)
        throw Forbidden{"this is for those who see all topics of the response", Forbidden::Why::no_right};
    return std::move(found.response);
}

Sheet Survey::full_sheet(soci::session& sql, const Principal& who, Response response) {
    Sheet sheet{.response = std::move(response)};
    sheet.questionnaire = questionnaire_of(sql, sheet.response);
    const catalogue::Body* body = catalogue_.bodies.find_body(sheet.response.body);
    sheet.body_name = body == nullptr ? sheet.response.body.text() : body->name;
    for (Entry& entry : select_entries(sql, sheet.response.id, sealing_)) {
        add_name(sql, entry.person, sheet.names);
        sheet.entries[entry.question].push_back(std::move(entry));
    }
    sheet.labels = links::labels_of(sql, sheet.response.id.value, sealing_);
    sheet.assignments = select_assignments(sql, sheet.response.id);
    for (const auto& [topic, person] : sheet.assignments) add_name(sql, person, sheet.names);
    if (!sheet.response.is_finished) add_offers(sql, sheet);
    sheet.levels = levels_of(body);
    sheet.asked = asked_of(sheet);
    if (!sheet.response.is_finished) sheet.answerable = part_of(sql, who, sheet.response, Action::answer_survey);
    sheet.may_answer = !sheet.answerable.is_nothing();
    sheet.may_finish = part_of(sql, who, sheet.response, Action::finish_response).is_whole;
    sheet.may_manage = part_of(sql, who, sheet.response, Action::manage_response).is_whole;
    return sheet;
}

void Survey::add_offers(soci::session& sql, Sheet& sheet) {
    const auto earlier = find_response(sql, sheet.response.carried_from, accounts::no_filter);
    if (!earlier || !earlier->is_finished) return;
    Entries entries;
    for (Entry& entry : select_entries(sql, earlier->id, sealing_)) entries[entry.question].push_back(std::move(entry));
    sheet.offers = offers_for(sheet, *questionnaire_of(sql, *earlier), entries);
    sheet.offered_from = earlier->changed_at;
    for (const auto& [question, offer] : sheet.offers) add_name(sql, offer.entry.person, sheet.names);
    for (auto& label : links::labels_of(sql, earlier->id.value, sealing_)) sheet.labels.insert(std::move(label));
}

std::vector<Sheet> Survey::list(const Principal& who, Action action) {
    std::vector<Sheet> sheets;
    database_.read([&](soci::session& sql) {
        sheets.clear();
        for (Response& response : select_responses(sql, allowed(who, action)))
            sheets.push_back(full_sheet(sql, who, std::move(response)));
        if (who.person.value.empty()) return;
        for (Response& response : select_assigned(sql, who.person)) {
            if (std::ranges::find(sheets, response.id, [](const Sheet& sheet) { return sheet.response.id; }) !=
                sheets.end())
                continue;
            const Part part = part_of(sql, who, response, action);
            if (!part.is_nothing()) sheets.push_back(shown(full_sheet(sql, who, std::move(response)), part));
        }
    });
    return sheets;
}

std::vector<BodyKey> Survey::keys_of(const Response& response) const {
    const Date until = date_from(response.began_at.substr(0, 10)).value_or(Date{});
    return catalogue::continued_keys(catalogue_.successors, response.body, until);
}

ResponseId Survey::carried_from(soci::session& sql, const Principal& who, const Response& response) {
    if (ResponseId own = last_finished(sql, response); !own.value.empty()) return own;
    const std::vector<BodyKey> keys = keys_of(response);
    if (keys.size() == 1) return {};
    // Under another key it may belong to another organisation: it is offered if whoever begins may read it there.
    const std::vector<Response> readable = select_responses(sql, allowed(who, Action::read_responses));
    for (const BodyKey& key : keys)
        for (const Response& other : readable) {
            const bool is_fit = other.body == key && other.is_finished && other.questionnaire == response.questionnaire;
            if (key == response.body || !is_fit) continue;
            append(sql, who, "read-responses", other, "offered in " + response.id.value);
            return other.id;
        }
    return {};
}

Sheet Survey::begin(const Principal& who, const BeginWish& wish) {
    const catalogue::Questionnaire& questionnaire = catalogue_.questionnaire(wish.questionnaire);
    const catalogue::Body& body = catalogue_.bodies.body(wish.body);
    const OrganisationId owner = wish.organisation ? *wish.organisation : accounts::home_of(who, Action::answer_survey);
    accounts::require(who, Action::answer_survey, {.organisation = owner});
    const std::string at = now();
    Response response{.id = new_response_id(),
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
        response.carried_from = carried_from(sql, who, response);
        if (!insert_response(sql, response)) throw Conflict{worded("fault.survey.unfinished", {{"body", body.name}})};
        append(sql, who, "begin-response", response, body.key.text());
        sheet = full_sheet(sql, who, response);
    });
    return sheet;
}

Sheet Survey::opened(const Principal& who, const ResponseId& id, Action action) {
    Sheet sheet;
    database_.read([&](soci::session& sql) {
        Found found = this->found(sql, who, id, action);
        sheet = shown(full_sheet(sql, who, std::move(found.response)), found.part);
    });
    note_reading(who, sheet.response, action);
    return sheet;
}

Sheet Survey::whole(const Principal& who, const ResponseId& id, Action action) {
    Sheet sheet;
    database_.read([&](soci::session& sql) {
        sheet = full_sheet(sql, who, found_whole(sql, who, id, action));
        if (who.kind == Principal::Kind::link && !sheet.may_finish)
            throw Forbidden{"the link is not for this", Forbidden::Why::no_right};
    });
    note_reading(who, sheet.response, action);
    return sheet;
}

std::vector<Sheet> Survey::finished_before(const Principal& who, const Response& response, Action action) {
    const std::vector<BodyKey> keys = keys_of(response);
    const auto is_earlier = [&](const Response& other) {
        const bool is_same_body = other.body == response.body ? other.organisation == response.organisation
                                                              : std::ranges::find(keys, other.body) != keys.end();
        return other.is_finished && other.id != response.id && is_same_body && other.began_at <= response.began_at;
    };
    std::vector<Sheet> sheets;
    database_.read([&](soci::session& sql) {
        sheets.clear();
        for (Response& other : select_responses(sql, allowed(who, action)))
            if (is_earlier(other)) sheets.push_back(full_sheet(sql, who, std::move(other)));
    });
    for (const Sheet& sheet : sheets) note_reading(who, sheet.response, action);
    std::ranges::reverse(sheets);  // they come newest first
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
    SavedAll all = save_all(who, id, {wish});
    return {std::move(all.entries.front()), std::move(all.asked_before), std::move(all.sheet)};
}

SavedAll Survey::save_all(const Principal& who, const ResponseId& id, const std::vector<SaveWish>& wishes) {
    SavedAll saved;
    database_.write([&](soci::session& sql) {
        saved = {};
        const auto [response, part] = found(sql, who, id, Action::answer_survey);
        // Before anything is read: whoever saves at the same time waits until this is done.
        hold_response(sql, id);
        Sheet sheet = full_sheet(sql, who, response);
        saved.asked_before = sheet.asked;
        for (const SaveWish& wish : wishes) saved.entries.push_back(keep(sql, who, sheet, part, wish));
        sheet.asked = asked_of(sheet);
        saved.sheet = shown(std::move(sheet), part);
    });
    return saved;
}

Entry Survey::keep(soci::session& sql, const Principal& who, Sheet& sheet, const Part& part, const SaveWish& wish) {
    const catalogue::Question& question = question_in(*sheet.questionnaire, part, wish.question);
    if (std::vector<Fault> faults = faults_of(question, wish.answer); !faults.empty())
        throw InputError{std::move(faults)};
    // A device that never heard of its success asks again, perhaps after the response was finished.
    if (const Entry* again = sent_before(sheet.entries, wish.id)) {
        if (again->question != question.id || again->answer != wish.answer)
            throw Conflict{worded("fault.survey.id-used")};
        return *again;
    }
    const std::string at = now();
    const auto number = next_number(sql, sheet.response.id, at);
    if (!number) throw Conflict{worded("fault.survey.finished")};
    std::vector<Entry>& entries = sheet.entries[question.id];
    const Entry entry{.number = *number,
                      .id = wish.id,
                      .question = question.id,
                      .answer = wish.answer,
                      .person = who.person,
                      .at = at,
                      .supersedes = superseded_by(wish.seen, entries),
                      .link = {who.link},
                      .source = wish.source};
    insert_entry(sql, sheet.response.id, entry, is_words(question), sealing_);
    append(sql, who, entry.source == Source::carried ? "answer-carried" : "answer-survey", sheet.response,
           question.id.value);
    entries.push_back(entry);
    sheet.offers.erase(question.id);
    add_name(sql, who.person, sheet.names);
    sheet.response.changed_at = at;
    return entry;
}

Sheet Survey::confirm(const Principal& who, const ResponseId& id, const std::set<QuestionId>& questions) {
    Sheet confirmed;
    database_.write([&](soci::session& sql) {
        const auto [response, part] = found(sql, who, id, Action::answer_survey);
        hold_response(sql, id);
        Sheet sheet = full_sheet(sql, who, response);
        for (const QuestionId& wanted : questions) {
            const catalogue::Question& question = question_in(*sheet.questionnaire, part, wanted);
            const std::string entry_id = "carried-" + question.id.value;
            if (sent_before(sheet.entries, entry_id) != nullptr) continue;
            const auto offer = sheet.offers.find(question.id);
            if (offer == sheet.offers.end() || !offer->second.fits)
                throw NotFound{worded("fault.survey.no-offer", {{"question", question.id.value}})};
            const Answer answer = offer->second.entry.answer;
            (void)keep(sql, who, sheet, part,
                       {.question = question.id, .id = entry_id, .answer = answer, .source = Source::carried});
        }
        sheet.asked = asked_of(sheet);
        confirmed = shown(std::move(sheet), part);
    });
    return confirmed;
}

Receipt Survey::finish(const Principal& who, const ResponseId& id) {
    const std::string at = now();
    Receipt receipt;
    database_.write([&](soci::session& sql) {
        const Response response = found_whole(sql, who, id, Action::finish_response);
        if (!set_finished(sql, id, true, at)) throw Conflict{worded("fault.survey.finished-already")};
        const Sheet sheet = full_sheet(sql, who, response);
        require_finishable(sheet);
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
        response = found_whole(sql, who, id, Action::read_responses);
        if (who.kind == Principal::Kind::link) (void)found_whole(sql, who, id, Action::finish_response);
        content = last_receipt(sql, id);
    });
    if (content.empty()) throw NotFound{worded("fault.survey.no-receipt", {{"id", id.value}})};
    note_reading(who, response, Action::read_responses, "receipt");
    return receipt_from_text(content);
}

void Survey::reopen(const Principal& who, const ResponseId& id, const std::string& reason) {
    const std::string at = now();
    database_.write([&](soci::session& sql) {
        const Response response = found_whole(sql, who, id, Action::manage_response);
        if (!set_finished(sql, id, false, at)) throw Conflict{worded("fault.survey.open")};
        note_reopening(sql, id, at, reason);
        append(sql, who, "reopen-response", response);
    });
}

void Survey::remove(const Principal& who, const ResponseId& id) {
    database_.write([&](soci::session& sql) {
        const Response response = found_whole(sql, who, id, Action::manage_response);
        delete_response(sql, id);
        append(sql, who, "delete-response", response, response.body.text());
    });
}

}  // namespace resmon::survey
