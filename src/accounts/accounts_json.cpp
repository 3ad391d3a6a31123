#include "accounts/accounts_json.hpp"

#include "accounts/permission.hpp"

namespace resmon::accounts {

using Json = nlohmann::ordered_json;

namespace {

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json name_or_null(const Names& names, const std::string& id) {
    const auto found = names.find(id);
    return found == names.end() ? Json(nullptr) : Json(found->second);
}

std::string role_word(const Rule& rule) {
    switch (rule.who) {
        case Rule::Who::everybody: return "everybody";
        case Rule::Who::signed_in: return "signed-in";
        case Rule::Who::link: return "link";
        case Rule::Who::role: return std::string{to_string(rule.role)};
    }
    return {};
}

}  // namespace

Json organisation_to_json(const Organisation& organisation) {
    Json json = {{"id", organisation.id.value},
                 {"kind", to_string(organisation.kind)},
                 {"name", organisation.name},
                 {"body", organisation.is_body() ? Json(organisation.id.value) : Json(nullptr)},
                 {"members", Json::array()}};
    for (const OrganisationId& member : organisation.members) json["members"].push_back(member.value);
    return json;
}

Json membership_to_json(const Membership& membership, const Names& organisations) {
    return {{"organisation", text_or_null(membership.organisation.value)},
            {"organisation_name", name_or_null(organisations, membership.organisation.value)},
            {"role", to_string(membership.role)}};
}

Json person_to_json(const Person& person, const Names& organisations) {
    Json json = {{"id", person.id.value},
                 {"login", person.login},
                 {"name", person.name},
                 {"contact", text_or_null(person.contact)},
                 {"disabled_at", text_or_null(person.disabled_at)},
                 {"second_factor", person.has_second_factor},
                 {"last_sign_in", text_or_null(person.last_sign_in)},
                 {"memberships", Json::array()}};
    for (const Membership& membership : person.memberships)
        json["memberships"].push_back(membership_to_json(membership, organisations));
    return json;
}

Json entry_to_json(const AuditEntry& entry, const Names& people) {
    return {{"server", entry.server},
            {"number", entry.number},
            {"at", entry.at},
            {"person", text_or_null(entry.content.person)},
            {"person_name", name_or_null(people, entry.content.person)},
            {"action", entry.content.action},
            {"object", entry.content.object},
            {"detail", entry.content.detail},
            {"address", entry.content.address},
            {"erased", entry.is_erased()}};
}

Json personal_data_to_json(const PersonalData& found) {
    Json json = Json::object();
    for (const auto& [table, rows] : found) {
        json[table] = Json::array();
        for (const NamedValues& row : rows) {
            Json object = Json::object();
            for (const auto& [column, value] : row) object[column] = value;
            json[table].push_back(std::move(object));
        }
    }
    return json;
}

Json whole_entry_to_json(const AuditEntry& entry) {
    return {{"server", entry.server},
            {"number", entry.number},
            {"at", entry.at},
            {"person", entry.content.person},
            {"action", entry.content.action},
            {"organisation", entry.content.organisation},
            {"object", entry.content.object},
            {"detail", entry.content.detail},
            {"address", entry.content.address},
            {"salt", entry.content.salt},
            {"digest", entry.digest},
            {"chain", entry.chain}};
}

Json rules_to_json() {
    Json list = Json::array();
    for (const Rule& rule : rules())
        list.push_back(
            {{"action", to_string(rule.action)}, {"role", role_word(rule)}, {"relation", to_string(rule.relation)}});
    return {{"rules", std::move(list)}};
}

Organisation organisation_from_json(const std::string& body) {
    const nlohmann::json json = nlohmann::json::parse(body);
    Organisation organisation{.id = {json.at("id")},
                              .kind = organisation_kind_from(json.at("kind").get<std::string>()),
                              .name = json.at("name")};
    for (const auto& member : json.value("members", nlohmann::json::array()))
        organisation.members.push_back({member.get<std::string>()});
    return organisation;
}

}  // namespace resmon::accounts
