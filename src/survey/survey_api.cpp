#include "survey/survey_api.hpp"

#include "survey/survey_json.hpp"

namespace resmon::survey {

using http::Request;

namespace {

ResponseId response_of(const Request& request) { return {request.parameter("response")}; }
QuestionId question_of(const Request& request) { return {request.parameter("question")}; }

std::vector<TopicProgress> progress_of(const Sheet& sheet) {
    return progress(*sheet.questionnaire, sheet.asked, sheet.entries);
}

Json response_to_json(const Sheet& sheet) {
    const Response& response = sheet.response;
    int asked = 0;
    int answered = 0;
    for (const TopicProgress& topic : progress_of(sheet)) asked += topic.asked, answered += topic.answered;
    Json json = {{"id", response.id.value},
                 {"questionnaire", response.questionnaire.value},
                 {"version", response.version},
                 {"body", response.body.text()},
                 {"body_name", sheet.body_name},
                 {"state", response.is_finished ? "finished" : "open"},
                 {"began_at", response.began_at},
                 {"changed_at", response.changed_at},
                 {"asked", asked},
                 {"answered", answered}};
    if (!response.organisation.value.empty()) json["organisation"] = response.organisation.value;
    return json;
}

Json current_answer_to_json(const Sheet& sheet, const QuestionId& question) {
    const auto saved = sheet.entries.find(question);
    return answer_to_json(question, sheet.asked.contains(question),
                          saved == sheet.entries.end() ? std::vector<Entry>{} : saved->second, sheet.names);
}

Json sheet_to_json(const Sheet& sheet) {
    Json topics = Json::array();
    for (const TopicProgress& topic : progress_of(sheet))
        topics.push_back({{"topic", topic.topic},
                          {"asked", topic.asked},
                          {"answered", topic.answered},
                          {"conflicts", topic.conflicts}});
    Json answers = Json::array();
    for (const catalogue::Topic& topic : sheet.questionnaire->topics)
        for (const catalogue::Question& question : topic.questions)
            answers.push_back(current_answer_to_json(sheet, question.id));
    return {{"response", response_to_json(sheet)},
            {"topics", std::move(topics)},
            {"answers", std::move(answers)},
            {"may_answer", sheet.may_answer},
            {"may_finish", sheet.may_finish}};
}

Json saved_to_json(const Saved& saved) {
    Json changed = Json::array();
    for (const catalogue::Topic& topic : saved.sheet.questionnaire->topics)
        for (const catalogue::Question& question : topic.questions) {
            const bool is_asked = saved.sheet.asked.contains(question.id);
            if (is_asked != saved.asked_before.contains(question.id))
                changed.push_back({{"question", question.id.value}, {"asked", is_asked}});
        }
    return {{"entry", entry_to_json(saved.entry, saved.sheet.names)},
            {"answer", current_answer_to_json(saved.sheet, saved.entry.question)},
            {"visibility_changed", std::move(changed)},
            {"changed_at", saved.sheet.response.changed_at}};
}

BeginWish begin_from(const Request& request) {
    const nlohmann::json body = nlohmann::json::parse(request.body);
    BeginWish wish{.questionnaire = {body["questionnaire"].get<std::string>()},
                   .body = body["body"].get<std::string>()};
    if (body.contains("organisation")) wish.organisation = OrganisationId{body["organisation"].get<std::string>()};
    return wish;
}

SaveWish save_from(const Request& request) {
    const nlohmann::json body = nlohmann::json::parse(request.body);
    return {.question = question_of(request),
            .id = body["id"].get<std::string>(),
            .answer = answer_from_json(body),
            .seen = body["supersedes"].get<std::vector<std::int64_t>>()};
}

http::Response done() { return {.status = 204, .type = {}}; }

void add_questionnaire_routes(http::Routes& routes, Survey& survey) {
    const catalogue::Catalogue& catalogue = survey.catalogue();
    routes.get("/api/v1/questionnaires", Action::read_catalogue, [&catalogue](const Request&) {
        Json list = Json::array();
        for (const catalogue::Questionnaire& one : catalogue.questionnaires) list.push_back(summary_to_json(one));
        return http::json_response(Json{{"questionnaires", std::move(list)}}.dump());
    });
    routes.get("/api/v1/questionnaires/{questionnaire}", Action::read_catalogue, [&catalogue](const Request& request) {
        const auto& questionnaire = catalogue.questionnaire({request.parameter("questionnaire")});
        return http::with_etag(http::json_response(questionnaire_to_json(questionnaire, catalogue).dump()),
                               request.header("if-none-match"));
    });
}

void add_answer_routes(http::Routes& routes, Survey& survey) {
    const char* answer = "/api/v1/responses/{response}/answers/{question}";
    routes.get(answer, Action::read_responses, [&survey](const Request& request) {
        const Sheet sheet = survey.opened(request.who, response_of(request));
        Json entries = Json::array();
        (void)sheet.questionnaire->question(question_of(request));
        if (const auto saved = sheet.entries.find(question_of(request)); saved != sheet.entries.end())
            for (const Entry& entry : saved->second) entries.push_back(entry_to_json(entry, sheet.names));
        return http::json_response(Json{{"entries", std::move(entries)}}.dump());
    });
    routes.put(answer, Action::answer_survey, [&survey](const Request& request) {
        return http::json_response(
            saved_to_json(survey.save(request.who, response_of(request), save_from(request))).dump());
    });
}

void add_end_routes(http::Routes& routes, Survey& survey) {
    routes.get("/api/v1/responses/{response}/receipt", Action::read_responses, [&survey](const Request& request) {
        return http::json_response(receipt_to_json(survey.receipt(request.who, response_of(request))).dump());
    });
    routes.post("/api/v1/responses/{response}/receipt", Action::finish_response, [&survey](const Request& request) {
        return http::json_response(receipt_to_json(survey.finish(request.who, response_of(request))).dump(), 201);
    });
    routes.post("/api/v1/responses/{response}/reopening", Action::finish_response, [&survey](const Request& request) {
        survey.reopen(request.who, response_of(request),
                      nlohmann::json::parse(request.body)["reason"].get<std::string>());
        return done();
    });
    routes.remove("/api/v1/responses/{response}", Action::finish_response, [&survey](const Request& request) {
        survey.remove(request.who, response_of(request));
        return done();
    });
}

}  // namespace

void add_routes(http::Routes& routes, Survey& survey) {
    add_questionnaire_routes(routes, survey);
    routes.get("/api/v1/responses", Action::read_responses, [&survey](const Request& request) {
        Json list = Json::array();
        for (const Sheet& sheet : survey.list(request.who)) list.push_back(response_to_json(sheet));
        return http::json_response(Json{{"responses", std::move(list)}}.dump());
    });
    routes.post("/api/v1/responses", Action::answer_survey, [&survey](const Request& request) {
        const Sheet sheet = survey.begin(request.who, begin_from(request));
        http::Response response = http::json_response(response_to_json(sheet).dump(), 201);
        response.headers["Location"] = "/api/v1/responses/" + sheet.response.id.value;
        return response;
    });
    routes.get("/api/v1/responses/{response}", Action::read_responses, [&survey](const Request& request) {
        return http::json_response(sheet_to_json(survey.opened(request.who, response_of(request))).dump());
    });
    add_answer_routes(routes, survey);
    add_end_routes(routes, survey);
}

}  // namespace resmon::survey
