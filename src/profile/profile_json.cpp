#include "profile/profile_json.hpp"

namespace resmon::profile {

using Json = nlohmann::ordered_json;

namespace {

Json missing_to_json(const Missing& missing) {
    Json json = {{"question", missing.question.value}, {"at_least", missing.at_least}};
    if (missing.is) json["is"] = *missing.is;
    json["why"] = to_string(missing.why);
    return json;
}

Json topic_to_json(const TopicLevel& topic) {
    Json missing = Json::array();
    for (const Missing& one : topic.missing) missing.push_back(missing_to_json(one));
    return {{"topic", topic.topic},
            {"level", topic.level ? Json(*topic.level) : Json(nullptr)},
            {"share_known", topic.share_known},
            {"missing", std::move(missing)}};
}

}  // namespace

Json profile_summary_to_json(const survey::Sheet& sheet) {
    const survey::Response& response = sheet.response;
    Json json = {{"response", response.id.value},    {"questionnaire", response.questionnaire.value},
                 {"version", response.version},      {"body", response.body.text()},
                 {"body_name", sheet.body_name},     {"state", response.is_finished ? "finished" : "open"},
                 {"changed_at", response.changed_at}};
    if (!response.organisation.value.empty()) json["organisation"] = response.organisation.value;
    return json;
}

Json profile_to_json(const survey::Sheet& sheet) {
    const survey::Answers answers = survey::holding_answers(sheet.entries);
    Json topics = Json::array();
    for (const TopicLevel& topic : levels(*sheet.questionnaire, sheet.asked, answers))
        topics.push_back(topic_to_json(topic));
    return {{"response", sheet.response.id.value},
            {"body", sheet.response.body.text()},
            {"body_name", sheet.body_name},
            {"share_known", share_known(sheet.asked, answers)},
            {"topics", std::move(topics)}};
}

}  // namespace resmon::profile
