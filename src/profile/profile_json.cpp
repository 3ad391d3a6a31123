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

Json level_to_json(const TopicLevel& topic) {
    return {{"topic", topic.topic},
            {"level", topic.level ? Json(*topic.level) : Json(nullptr)},
            {"share_known", topic.share_known}};
}

Json topic_to_json(const TopicLevel& topic) {
    Json json = level_to_json(topic);
    json["missing"] = Json::array();
    for (const Missing& one : topic.missing) json["missing"].push_back(missing_to_json(one));
    return json;
}

Json point_to_json(const TrendPoint& point) {
    Json topics = Json::array();
    for (const TrendLevel& topic : point.topics) {
        topics.push_back(level_to_json(topic.level));
        topics.back()["comparable"] = topic.is_comparable;
    }
    const survey::Response& response = point.response;
    return {{"response", response.id.value},     {"questionnaire", response.questionnaire.value},
            {"version", response.version},       {"state", response.is_finished ? "finished" : "open"},
            {"changed_at", response.changed_at}, {"share_known", point.share_known},
            {"topics", std::move(topics)}};
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

Json trend_to_json(std::span<const TrendPoint> points) {
    Json list = Json::array();
    for (const TrendPoint& point : points) list.push_back(point_to_json(point));
    return {{"points", std::move(list)}};
}

}  // namespace resmon::profile
