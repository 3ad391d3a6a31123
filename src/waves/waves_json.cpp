#include "waves/waves_json.hpp"

#include <cmath>

namespace resmon::waves {

namespace {

Json text_to_json(const Text& text) { return {{"de", text.de}, {"en", text.en}}; }

/// English may be missing: then the German stands for both.
Text text_from_json(const nlohmann::json& body) {
    Text text{.de = body.at("de").get<std::string>(), .en = body.value("en", std::string{})};
    if (text.en.empty()) text.en = text.de;
    return text;
}

Json counts_to_json(const Counts& counts) {
    Json json = {{"frame", sum_of(counts)}};
    for (std::size_t place = 0; place < counts.size(); ++place) {
        std::string name{standings.at(place)};
        for (char& letter : name)
            if (letter == '-') letter = '_';
        json[name] = counts.at(place);
    }
    json["response_rate"] = response_rate(counts);
    return json;
}

Json groups_to_json(const std::vector<Group>& groups) {
    Json list = Json::array();
    for (const Group& group : groups) list.push_back({{"group", group.word}, {"counts", counts_to_json(group.counts)}});
    return list;
}

}  // namespace

std::string contact_to_text(const Contact& contact) {
    return Json{{"name", contact.name},
                {"street", contact.street},
                {"postcode", contact.postcode},
                {"city", contact.city},
                {"email", contact.email}}
        .dump();
}

Contact contact_from_text(const std::string& text) {
    if (text.empty()) return {};
    const Json json = Json::parse(text);
    return {.name = json.at("name"),
            .street = json.at("street"),
            .postcode = json.at("postcode"),
            .city = json.at("city"),
            .email = json.at("email")};
}

Json wave_to_json(const Wave& wave) {
    Json json = {{"id", wave.id.value},
                 {"name", text_to_json(wave.name)},
                 {"questionnaire", wave.questionnaire.value},
                 {"version", wave.version},
                 {"draft", wave.is_draft},
                 {"synthetic", wave.is_synthetic},
                 {"as_of", wave.as_of},
                 {"opens", wave.opens},
                 {"closes", wave.closes},
                 {"purpose", text_to_json(wave.purpose)},
                 {"delete_on", wave.delete_on},
                 {"state", to_string(wave.state)}};
    for (const auto& [name, value] : {std::pair{"owner", &wave.owner.value},
                                      {"previous", &wave.previous.value},
                                      {"opened_at", &wave.opened_at},
                                      {"closed_at", &wave.closed_at},
                                      {"close_reason", &wave.close_reason},
                                      {"purged_at", &wave.purged_at}})
        if (!value->empty()) json[name] = *value;
    return json;
}

Json obstacle_to_json(const std::optional<Obstacle>& obstacle) {
    return obstacle ? Json(to_string(*obstacle)) : Json(nullptr);
}

Json overview_to_json(const Overview& overview) {
    return {{"wave", wave_to_json(overview.wave)},
            {"owner_name", overview.owner_name},
            {"status", status_to_json(overview.status)},
            {"obstacles",
             {{"open", obstacle_to_json(overview.to_open)},
              {"close", obstacle_to_json(overview.to_close)},
              {"dispatch", obstacle_to_json(overview.to_dispatch)},
              {"purge", obstacle_to_json(overview.to_purge)}}}};
}

Json work_list_to_json(const WorkList& list) {
    Json json = overview_to_json(list.overview);
    json["bodies"] = Json::array();
    for (const BodyStatus& one : list.bodies) json["bodies"].push_back(body_status_to_json(one));
    json["in_previous"] = Json::array();
    for (const BodyKey& one : list.in_previous) json["in_previous"].push_back(one.text());
    return json;
}

Json status_to_json(const Status& status) {
    return {{"total", counts_to_json(status.total)},
            {"by_state", groups_to_json(status.by_state)},
            {"by_size", groups_to_json(status.by_size)},
            {"by_kind", groups_to_json(status.by_kind)}};
}

Json body_status_to_json(const BodyStatus& status) {
    const FrameBody& body = status.body;
    Json json = {{"body", body.body.text()},
                 {"name", body.name},
                 {"state", to_string(body.state)},
                 {"kind", to_string(body.kind)},
                 {"size", to_string(body.size)},
                 {"inhabitants", body.inhabitants},
                 {"standing", to_string(status.standing)},
                 {"has_email", !body.contact.email.empty()},
                 {"unclear", status.is_unclear}};
    if (status.last_stage >= 0) json["last_stage"] = status.last_stage;
    for (const auto& [name, value] : {std::pair{"added_why", &body.added_why},
                                      {"removed_at", &body.removed_at},
                                      {"removed_why", &body.removed_why}})
        if (!value->empty()) json[name] = *value;
    return json;
}

Json withdrawal_to_json(const Withdrawal& withdrawal) {
    return {{"id", withdrawal.id},        {"wave", withdrawal.wave.value},      {"body", withdrawal.body.text()},
            {"at", withdrawal.at},        {"what", to_string(withdrawal.what)}, {"entries", withdrawal.entries},
            {"digest", withdrawal.digest}};
}

Json receipt_to_json(const WithdrawalReceipt& receipt) {
    Json json = withdrawal_to_json(receipt.withdrawal);
    json["salt"] = receipt.salt;
    json["hash"] = hash_of(receipt);
    return json;
}

WithdrawalReceipt receipt_from_json(const nlohmann::json& body) {
    return {.withdrawal = {.id = body.at("id"),
                           .wave = {body.at("wave").get<std::string>()},
                           .body = BodyKey{body.at("body").get<std::string>()},
                           .organisation = {},
                           .at = body.at("at"),
                           .what = withdrawn_from(body.at("what").get<std::string>()),
                           .entries = body.at("entries"),
                           .digest = body.at("digest")},
            .salt = body.at("salt")};
}

Selection selection_from_json(const nlohmann::json& body) {
    Selection selection;
    for (const nlohmann::json& word : body.value("states", nlohmann::json::array()))
        selection.states.insert(state_from(word.get<std::string>()));
    for (const nlohmann::json& word : body.value("kinds", nlohmann::json::array()))
        selection.kinds.insert(catalogue::body_kind_from(word.get<std::string>()));
    for (const nlohmann::json& word : body.value("sizes", nlohmann::json::array()))
        selection.sizes.insert(catalogue::size_class_from(word.get<std::string>()));
    if (body.contains("at_least")) selection.at_least = body["at_least"].get<long>();
    if (body.contains("at_most")) selection.at_most = body["at_most"].get<long>();
    return selection;
}

Wave wave_from_json(const nlohmann::json& body) {
    Wave wave{.owner = {body.value("organisation", std::string{})},
              .name = text_from_json(body.at("name")),
              .questionnaire = {body.at("questionnaire").get<std::string>()},
              .is_synthetic = body.value("synthetic", false),
              .opens = body.at("opens"),
              .closes = body.at("closes"),
              .purpose = text_from_json(body.at("purpose")),
              .delete_on = body.at("delete_on"),
              .previous = {body.value("previous", std::string{})}};
    return wave;
}

WithdrawalReceipt receipt_from_text(const std::string& text) {
    const Wording expectation = worded("fault.wave.receipt");
    const nlohmann::json body = nlohmann::json::parse(text, nullptr, false);
    if (!body.is_object()) throw InputError{expectation};
    for (const char* name : {"id", "wave", "body", "at", "what", "digest", "salt"})
        if (!body.contains(name) || !body[name].is_string()) throw InputError{expectation};
    if (!body.contains("entries") || !body["entries"].is_number_integer()) throw InputError{expectation};
    return receipt_from_json(body);
}

}  // namespace resmon::waves
