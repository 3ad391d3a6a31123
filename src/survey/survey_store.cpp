#include "survey/survey_store.hpp"

#include "survey/shared_transaction.hpp"
#include "survey/survey_json.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>

namespace resmon::survey {

namespace {

constexpr const char* response_columns =
    "survey_response.id, questionnaire_copy.id, questionnaire_hash, organisation, body, state, began_at, changed_at, "
    "carried_from, questionnaire_copy.version";
constexpr const char* responses =
    "survey_response JOIN questionnaire_copy ON questionnaire_copy.hash = survey_response.questionnaire_hash";

std::vector<Response> responses_where(soci::session& sql, const accounts::Filter& filter, const std::string& id) {
    Response row;
    std::string body;
    std::string state;
    long long version = 0;
    soci::statement query{sql};
    for (std::string* field :
         {&row.id.value, &row.questionnaire.value, &row.questionnaire_hash, &row.organisation.value, &body, &state,
          &row.began_at, &row.changed_at, &row.carried_from.value})
        query.exchange(soci::into(*field));
    query.exchange(soci::into(version));
    accounts::bind(query, filter);
    if (!id.empty()) query.exchange(soci::use(id, "id"));
    query.alloc();
    query.prepare(fmt::format("SELECT {} FROM {} WHERE {}{} ORDER BY began_at DESC, survey_response.id",
                              response_columns, responses, filter.condition,
                              id.empty() ? "" : " AND survey_response.id = :id"));
    query.define_and_bind();
    query.execute();
    std::vector<Response> found;
    while (query.fetch()) {
        row.body = BodyKey{body};
        row.is_finished = state == "finished";
        row.version = static_cast<int>(version);
        found.push_back(row);
    }
    return found;
}

std::string place_of(const char* column, const ResponseId& response, const std::string& entry) {
    return storage::sealed_place("survey_entry", column, {response.value, entry});
}

std::string sealed(const std::string& plain, const char* column, const ResponseId& response, const Entry& entry,
                   const storage::Sealing& sealing) {
    return plain.empty() ? plain : sealing.seal(plain, place_of(column, response, entry.id));
}

std::vector<std::int64_t> numbers_from(const std::string& text) {
    std::vector<std::int64_t> numbers;
    const char* at = text.data();
    const char* end = at + text.size();
    while (at < end) {
        std::int64_t number = 0;
        at = std::from_chars(at, end, number).ptr + 1;
        numbers.push_back(number);
    }
    return numbers;
}

struct EntryRow {
    Entry entry;
    std::string state, value, words, confidence, supersedes, source;
    long long number = 0;

    [[nodiscard]] Entry opened(const ResponseId& response, const storage::Sealing& sealing) const {
        Entry found = entry;
        found.number = number;
        found.answer.state = answer_state_from(state);
        found.supersedes = numbers_from(supersedes);
        found.source = source_from(source);
        if (!confidence.empty()) found.answer.confidence = confidence_from(confidence);
        if (storage::key_id_of(value).empty()) {
            found.answer.value = value_from_text(value);
        } else if (const auto plain = sealing.open(value, place_of("value", response, entry.id))) {
            found.answer.value = value_from_text(*plain);
        } else {
            found.answer.value = std::string{locked_words};
            found.is_locked = true;
        }
        if (const auto plain = words.empty() ? words : sealing.open(words, place_of("words", response, entry.id))) {
            words_from_text(*plain, found.answer);
        } else {
            found.answer.comment = locked_words;
            found.is_locked = true;
        }
        return found;
    }
};

}  // namespace

void insert_questionnaire(soci::session& sql, const Response& response, const std::string& content) {
    const auto version = static_cast<long long>(response.version);
    sql << "INSERT INTO questionnaire_copy (hash, id, version, content) VALUES (:hash, :id, :version, :content) ON "
           "CONFLICT DO NOTHING",
        soci::use(response.questionnaire_hash, "hash"), soci::use(response.questionnaire.value, "id"),
        soci::use(version, "version"), soci::use(content, "content");
}

std::string questionnaire_content(soci::session& sql, const std::string& hash) {
    std::string content;
    sql << "SELECT content FROM questionnaire_copy WHERE hash = :hash", soci::into(content), soci::use(hash, "hash");
    return content;
}

bool insert_response(soci::session& sql, const Response& response) {
    soci::statement insert =
        (sql.prepare << "INSERT INTO survey_response (id, questionnaire_hash, organisation, body, state, began_at, "
                        "changed_at, last_number, carried_from) VALUES (:id, :hash, :organisation, :body, 'open', "
                        ":began, :changed, 0, :earlier) ON CONFLICT DO NOTHING",
         soci::use(response.id.value, "id"), soci::use(response.questionnaire_hash, "hash"),
         soci::use(response.organisation.value, "organisation"), soci::use(response.body.text(), "body"),
         soci::use(response.began_at, "began"), soci::use(response.changed_at, "changed"),
         soci::use(response.carried_from.value, "earlier"));
    insert.execute(true);
    return insert.get_affected_rows() == 1;
}

std::vector<Response> select_responses(soci::session& sql, const accounts::Filter& filter) {
    return responses_where(sql, filter, {});
}

std::vector<Response> select_assigned(soci::session& sql, const PersonId& person) {
    return responses_where(
        sql, {"survey_response.id IN (SELECT response FROM survey_assignment WHERE person = :reach0)", {person.value}},
        {});
}

ResponseId last_finished(soci::session& sql, const Response& response) {
    ResponseId id;
    const std::string body = response.body.text();
    sql << "SELECT survey_response.id FROM survey_response JOIN questionnaire_copy ON questionnaire_copy.hash = "
           "survey_response.questionnaire_hash WHERE organisation = :organisation AND body = :body AND state = "
           "'finished' AND questionnaire_copy.id = :questionnaire ORDER BY changed_at DESC, survey_response.id LIMIT 1",
        soci::into(id.value), soci::use(response.organisation.value, "organisation"), soci::use(body, "body"),
        soci::use(response.questionnaire.value, "questionnaire");
    return sql.got_data() ? id : ResponseId{};
}

Assignments select_assignments(soci::session& sql, const ResponseId& id) {
    Assignments found;
    std::string topic;
    std::string person;
    soci::statement query = (sql.prepare << "SELECT topic, person FROM survey_assignment WHERE response = :response",
                             soci::into(topic), soci::into(person), soci::use(id.value, "response"));
    query.execute();
    while (query.fetch()) found[topic] = {person};
    return found;
}

void put_assignment(soci::session& sql, const ResponseId& id, const std::string& topic, const PersonId& person,
                    const std::string& at) {
    sql << "DELETE FROM survey_assignment WHERE response = :response AND topic = :topic",
        soci::use(id.value, "response"), soci::use(topic, "topic");
    if (person.value.empty()) return;
    sql << "INSERT INTO survey_assignment (response, topic, person, at) VALUES (:response, :topic, :person, :at)",
        soci::use(id.value, "response"), soci::use(topic, "topic"), soci::use(person.value, "person"),
        soci::use(at, "at");
}

std::optional<Response> find_response(soci::session& sql, const ResponseId& id, const accounts::Filter& filter) {
    if (id.value.empty()) return std::nullopt;
    const std::vector<Response> found = responses_where(sql, filter, id.value);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<Response> response_of_anybody(soci::session& sql, const ResponseId& id) {
    return find_response(sql, id, {"1 = 1", {}});
}

std::optional<Response> unfinished_response(soci::session& sql, const OrganisationId& organisation,
                                            const BodyKey& body) {
    const std::vector<Response> found = responses_where(
        sql, {"organisation = :reach0 AND body = :reach1 AND state = 'open'", {organisation.value, body.text()}}, {});
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

bool has_entries(soci::session& sql, const ResponseId& id) {
    long long count = 0;
    sql << "SELECT COUNT(*) FROM survey_entry WHERE response = :id", soci::into(count), soci::use(id.value, "id");
    return count > 0;
}

Erased erase_response(soci::session& sql, const ResponseId& id, const storage::Sealing& sealing) {
    Erased erased;
    for (const Entry& entry : select_entries(sql, id, sealing)) {
        ++erased.entries;
        erased.content +=
            fmt::format("{} {} {} {} {}\n", entry.number, entry.id, entry.question.value, to_string(entry.answer.state),
                        value_to_text(entry.answer.value) + words_to_text(entry.answer));
    }
    delete_response(sql, id);
    return erased;
}

void delete_response(soci::session& sql, const ResponseId& id) {
    sql << "DELETE FROM survey_response WHERE id = :id", soci::use(id.value, "id");
    sql << "DELETE FROM questionnaire_copy WHERE hash NOT IN (SELECT questionnaire_hash FROM survey_response)";
}

void hold_response(soci::session& sql, const ResponseId& id) {
    sql << "UPDATE survey_response SET last_number = last_number WHERE id = :id", soci::use(id.value, "id");
}

std::optional<std::int64_t> next_number(soci::session& sql, const ResponseId& id, const std::string& at) {
    soci::statement update = (sql.prepare << "UPDATE survey_response SET last_number = last_number + 1, changed_at = "
                                             ":at WHERE id = :id AND state = 'open'",
                              soci::use(at, "at"), soci::use(id.value, "id"));
    update.execute(true);
    if (update.get_affected_rows() == 0) return std::nullopt;
    long long number = 0;
    sql << "SELECT last_number FROM survey_response WHERE id = :id", soci::into(number), soci::use(id.value, "id");
    return number;
}

void insert_entry(soci::session& sql, const ResponseId& id, const Entry& entry, bool is_free_text,
                  const storage::Sealing& sealing) {
    const auto number = static_cast<long long>(entry.number);
    const std::string state{to_string(entry.answer.state)};
    const std::string plain = value_to_text(entry.answer.value);
    const std::string value = is_free_text ? sealed(plain, "value", id, entry, sealing) : plain;
    const std::string words = sealed(words_to_text(entry.answer), "words", id, entry, sealing);
    const std::string confidence{entry.answer.confidence ? to_string(*entry.answer.confidence) : std::string_view{}};
    const std::string supersedes = fmt::format("{}", fmt::join(entry.supersedes, ","));
    const std::string source{to_string(entry.source)};
    sql << "INSERT INTO survey_entry (response, id, number, question, state, value, words, evidence_expires, "
           "confidence, person, at, supersedes, link, source) VALUES (:response, :id, :number, :question, :state, "
           ":value, "
           ":words, :expires, :confidence, :person, :at, :supersedes, :link, :source)",
        soci::use(id.value, "response"), soci::use(entry.id, "id"), soci::use(number, "number"),
        soci::use(entry.question.value, "question"), soci::use(state, "state"), soci::use(value, "value"),
        soci::use(words, "words"), soci::use(entry.answer.evidence_expires, "expires"),
        soci::use(confidence, "confidence"), soci::use(entry.person.value, "person"), soci::use(entry.at, "at"),
        soci::use(supersedes, "supersedes"), soci::use(entry.link.value, "link"), soci::use(source, "source");
}

std::vector<Entry> select_entries(soci::session& sql, const ResponseId& id, const storage::Sealing& sealing) {
    EntryRow row;
    soci::statement query =
        (sql.prepare << "SELECT number, id, question, state, value, words, evidence_expires, confidence, person, at, "
                        "supersedes, link, source FROM survey_entry WHERE response = :response ORDER BY number",
         soci::into(row.number), soci::into(row.entry.id), soci::into(row.entry.question.value), soci::into(row.state),
         soci::into(row.value), soci::into(row.words), soci::into(row.entry.answer.evidence_expires),
         soci::into(row.confidence), soci::into(row.entry.person.value), soci::into(row.entry.at),
         soci::into(row.supersedes), soci::into(row.entry.link.value), soci::into(row.source),
         soci::use(id.value, "response"));
    query.execute();
    std::vector<Entry> found;
    while (query.fetch()) found.push_back(row.opened(id, sealing));
    return found;
}

bool set_finished(soci::session& sql, const ResponseId& id, bool is_finished, const std::string& at) {
    const std::string before = is_finished ? "open" : "finished";
    const std::string after = is_finished ? "finished" : "open";
    soci::statement update =
        (sql.prepare
             << "UPDATE survey_response SET state = :after, changed_at = :at WHERE id = :id AND state = :before "
                "AND (:wished = 'finished' OR NOT EXISTS (SELECT 1 FROM survey_response other WHERE other.state "
                "= 'open' AND other.organisation = survey_response.organisation AND other.body = "
                "survey_response.body))",
         soci::use(after, "after"), soci::use(at, "at"), soci::use(id.value, "id"), soci::use(before, "before"),
         soci::use(after, "wished"));
    update.execute(true);
    return update.get_affected_rows() == 1;
}

void insert_receipt(soci::session& sql, const Receipt& receipt, const std::string& content) {
    const auto number = static_cast<long long>(receipt.number);
    const std::string hash = hash_of(receipt);
    sql << "INSERT INTO survey_receipt (response, number, finished_at, content, hash, reopened_at, reason) VALUES "
           "(:response, :number, :finished, :content, :hash, '', '')",
        soci::use(receipt.response.value, "response"), soci::use(number, "number"),
        soci::use(receipt.finished_at, "finished"), soci::use(content, "content"), soci::use(hash, "hash");
}

int count_receipts(soci::session& sql, const ResponseId& id) {
    long long count = 0;
    sql << "SELECT COUNT(*) FROM survey_receipt WHERE response = :id", soci::into(count), soci::use(id.value, "id");
    return static_cast<int>(count);
}

std::string last_receipt(soci::session& sql, const ResponseId& id) {
    std::string content;
    sql << "SELECT content FROM survey_receipt WHERE response = :id ORDER BY number DESC LIMIT 1", soci::into(content),
        soci::use(id.value, "id");
    return content;
}

void note_reopening(soci::session& sql, const ResponseId& id, const std::string& at, const std::string& reason) {
    sql << "UPDATE survey_receipt SET reopened_at = :at, reason = :reason WHERE response = :id AND reopened_at = ''",
        soci::use(at, "at"), soci::use(reason, "reason"), soci::use(id.value, "id");
}

}  // namespace resmon::survey
