#include "survey/survey_api.hpp"

#include "survey/survey_json.hpp"

#include <fmt/format.h>

namespace resmon::survey {

using http::Request;

namespace {

ResponseId response_of(const Request& request) { return {request.parameter("response")}; }
QuestionId question_of(const Request& request) { return {request.parameter("question")}; }

/// With the topics that are assigned to whoever asks.
Json response_to_json(const Sheet& sheet, const PersonId& who) {
    const Response& response = sheet.response;
    int asked = 0;
    int answered = 0;
    for (const TopicProgress& topic : progress(sheet)) asked += topic.asked, answered += topic.answered;
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
    json["assigned"] = Json::array();
    for (const auto& [topic, person] : sheet.assignments)
        if (person == who) json["assigned"].push_back(topic);
    if (!response.organisation.value.empty()) json["organisation"] = response.organisation.value;
    return json;
}

Json topic_to_json(const TopicProgress& topic, const Sheet& sheet) {
    Json json = {{"topic", topic.topic},       {"asked", topic.asked},
                 {"answered", topic.answered}, {"conflicts", topic.conflicts},
                 {"offered", topic.offered},   {"may_answer", sheet.answerable.has(topic.topic)}};
    if (const auto assigned = sheet.assignments.find(topic.topic); assigned != sheet.assignments.end())
        json["assigned_to"] = {{"id", assigned->second.value}, {"name", sheet.names.at(assigned->second)}};
    return json;
}

Json sheet_to_json(const Sheet& sheet, const PersonId& who) {
    Json topics = Json::array();
    for (const TopicProgress& topic : progress(sheet)) topics.push_back(topic_to_json(topic, sheet));
    Json answers = Json::array();
    for (const catalogue::Topic& topic : sheet.questionnaire->topics)
        for (const catalogue::Question& question : topic.questions)
            answers.push_back(answer_to_json(question.id, sheet));
    Json json = {
        {"response", response_to_json(sheet, who)}, {"topics", std::move(topics)},    {"answers", std::move(answers)},
        {"may_answer", sheet.may_answer},           {"may_finish", sheet.may_finish}, {"may_manage", sheet.may_manage}};
    if (!sheet.offered_from.empty()) json["offered_from"] = sheet.offered_from;
    return json;
}

Json saved_to_json(const Saved& saved) {
    Json changed = Json::array();
    for (const catalogue::Topic& topic : saved.sheet.questionnaire->topics)
        for (const catalogue::Question& question : topic.questions) {
            const bool is_asked = saved.sheet.asked.contains(question.id);
            if (is_asked != saved.asked_before.contains(question.id))
                changed.push_back({{"question", question.id.value}, {"asked", is_asked}});
        }
    return {{"entry", entry_to_json(saved.entry, saved.sheet)},
            {"answer", answer_to_json(saved.entry.question, saved.sheet)},
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
            for (const Entry& entry : saved->second) entries.push_back(entry_to_json(entry, sheet));
        return http::json_response(Json{{"entries", std::move(entries)}}.dump());
    });
    routes.put(answer, Action::answer_survey, [&survey](const Request& request) {
        return http::json_response(
            saved_to_json(survey.save(request.who, response_of(request), save_from(request))).dump());
    });
}

Json given_to_json(const GivenLink& given) {
    const links::Link& link = given.link;
    return {{"id", link.id.value},
            {"label", link.label},
            {"topics", link.grant.topics},
            {"may_finish", link.grant.may_finish},
            {"made_by", given.made_by_name},
            {"made_at", link.made_at},
            {"expires_at", utc_text(instant_of(link.grant.expires_at))},
            {"used_at", link.used_at.empty() ? Json(nullptr) : Json(link.used_at)},
            {"withdrawn", !link.withdrawn_at.empty()},
            {"holds", given.holds}};
}

LinkWish link_wish_from(const Request& request) {
    const nlohmann::json body = nlohmann::json::parse(request.body);
    return {.label = body["label"].get<std::string>(),
            .topics = body["topics"].get<std::set<std::string>>(),
            .days = body.value("days", links::usual_days),
            .may_finish = body.value("may_finish", false)};
}

void add_link_routes(http::Routes& routes, Survey& survey) {
    const char* links = "/api/v1/responses/{response}/links";
    routes.get(links, Action::manage_response, [&survey](const Request& request) {
        Json list = Json::array();
        for (const GivenLink& given : survey.given_links(request.who, response_of(request)))
            list.push_back(given_to_json(given));
        return http::json_response(Json{{"links", std::move(list)}}.dump());
    });
    routes.post(links, Action::manage_response, [&survey](const Request& request) {
        const links::NewLink made = survey.give_link(request.who, response_of(request), link_wish_from(request));
        const Json json = {{"id", made.id.value},
                           {"link", fmt::format("{}/umfrage/link#{}", request.site(), made.secret.revealed())},
                           {"expires_at", utc_text(instant_of(made.expires_at))}};
        return http::unkept(http::json_response(json.dump(), 201));
    });
    routes.remove("/api/v1/responses/{response}/links/{link}", Action::manage_response,
                  [&survey](const Request& request) {
                      survey.withdraw_link(request.who, response_of(request), {request.parameter("link")});
                      return done();
                  });
}

void add_assignment_routes(http::Routes& routes, Survey& survey) {
    routes.get("/api/v1/responses/{response}/colleagues", Action::manage_response, [&survey](const Request& request) {
        Json list = Json::array();
        for (const accounts::Person& person : survey.colleagues(request.who, response_of(request)))
            list.push_back({{"id", person.id.value}, {"name", person.name}});
        return http::json_response(Json{{"people", std::move(list)}}.dump());
    });
    routes.put("/api/v1/responses/{response}/assignments/{topic}", Action::manage_response,
               [&survey](const Request& request) {
                   const nlohmann::json person = nlohmann::json::parse(request.body)["person"];
                   survey.assign(request.who, response_of(request), request.parameter("topic"),
                                 {person.is_null() ? "" : person.get<std::string>()});
                   return done();
               });
}

void add_confirmation_routes(http::Routes& routes, Survey& survey) {
    routes.post("/api/v1/responses/{response}/confirmations", Action::answer_survey, [&survey](const Request& request) {
        std::set<QuestionId> questions;
        const nlohmann::json body = nlohmann::json::parse(request.body);
        for (const auto& id : body["questions"]) questions.insert({id.get<std::string>()});
        return http::json_response(
            sheet_to_json(survey.confirm(request.who, response_of(request), questions), request.who.person).dump());
    });
}

void add_end_routes(http::Routes& routes, Survey& survey) {
    routes.get("/api/v1/responses/{response}/receipt", Action::read_responses, [&survey](const Request& request) {
        return http::json_response(receipt_to_json(survey.receipt(request.who, response_of(request))).dump());
    });
    routes.post("/api/v1/responses/{response}/receipt", Action::finish_response, [&survey](const Request& request) {
        return http::json_response(receipt_to_json(survey.finish(request.who, response_of(request))).dump(), 201);
    });
    routes.post("/api/v1/responses/{response}/reopening", Action::manage_response, [&survey](const Request& request) {
        survey.reopen(request.who, response_of(request),
                      nlohmann::json::parse(request.body)["reason"].get<std::string>());
        return done();
    });
    routes.remove("/api/v1/responses/{response}", Action::manage_response, [&survey](const Request& request) {
        survey.remove(request.who, response_of(request));
        return done();
    });
}

}  // namespace

void add_routes(http::Routes& routes, Survey& survey) {
    add_questionnaire_routes(routes, survey);
    routes.get("/api/v1/responses", Action::read_responses, [&survey](const Request& request) {
        Json list = Json::array();
        for (const Sheet& sheet : survey.list(request.who)) list.push_back(response_to_json(sheet, request.who.person));
        return http::json_response(Json{{"responses", std::move(list)}}.dump());
    });
    routes.post("/api/v1/responses", Action::answer_survey, [&survey](const Request& request) {
        const Sheet sheet = survey.begin(request.who, begin_from(request));
        http::Response response = http::json_response(response_to_json(sheet, request.who.person).dump(), 201);
        response.headers["Location"] = "/api/v1/responses/" + sheet.response.id.value;
        return response;
    });
    routes.get("/api/v1/responses/{response}", Action::read_responses, [&survey](const Request& request) {
        return http::json_response(
            sheet_to_json(survey.opened(request.who, response_of(request)), request.who.person).dump());
    });
    routes.get("/api/v1/responses/{response}/questionnaire", Action::read_responses, [&survey](const Request& request) {
        const Sheet sheet = survey.opened(request.who, response_of(request));
        return http::with_etag(
            http::json_response(questionnaire_to_json(*sheet.questionnaire, survey.catalogue()).dump()),
            request.header("if-none-match"));
    });
    add_answer_routes(routes, survey);
    add_link_routes(routes, survey);
    add_assignment_routes(routes, survey);
    add_confirmation_routes(routes, survey);
    add_end_routes(routes, survey);
}

}  // namespace resmon::survey
