#include "sign_on/sign_on_json.hpp"

#include "base/word.hpp"

#include <sstream>

namespace resmon::sign_on {

using Json = nlohmann::ordered_json;

namespace {

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

std::string instant_text(std::int64_t seconds) { return utc_text(instant_of(seconds)); }

constexpr std::array<std::string_view, 5> kinds{"nobody", "local", "person", "token", "link"};
constexpr std::array<std::string_view, 3> second_factors{"none", "active", "required"};

}  // namespace

Json session_to_json(accounts::Accounts& accounts, const Principal& who, const std::optional<Known>& known) {
    Json json = {{"kind", word_of(kinds, who.kind)}, {"person", nullptr}, {"memberships", Json::array()}};
    if (const auto person = accounts.find(who.person)) {
        json["person"] = {{"id", person->id.value}, {"login", person->login}, {"name", person->name}};
        for (const Membership& membership : who.memberships)
            json["memberships"].push_back(
                {{"organisation", text_or_null(membership.organisation.value)},
                 {"organisation_name", text_or_null(accounts.name_of(membership.organisation))},
                 {"role", to_string(membership.role)}});
    }
    json["may"] = Json::array();
    for (int action = 0; action < action_count; ++action)
        if (accounts::refusal(who, static_cast<Action>(action)) == accounts::Refusal::none)
            json["may"].push_back(to_string(static_cast<Action>(action)));
    json["csrf_token"] = nullptr;
    json["idle_seconds_left"] = known ? Json(known->idle_left.count()) : Json(nullptr);
    json["absolute_seconds_left"] = known ? Json(known->longest_left.count()) : Json(nullptr);
    json["second_factor"] = word_of(second_factors, known ? known->second_factor : SecondFactor::none);
    json["set_up_needed"] = who.kind == Principal::Kind::nobody && accounts.is_set_up_needed();
    return json;
}

Json link_to_json(accounts::Accounts& accounts, const LinkRow& link) {
    const bool has_role = link.purpose != "password-reset";
    return {{"purpose", link.purpose},
            {"login", text_or_null(link.login)},
            {"name", text_or_null(link.name)},
            {"organisation_name", text_or_null(accounts.name_of(link.membership.organisation))},
            {"role", has_role ? Json(to_string(link.membership.role)) : Json(nullptr)},
            {"expires_at", instant_text(link.expires_at)}};
}

Json sessions_to_json(const std::vector<SessionRow>& sessions, const std::string& current_hash) {
    Json list = Json::array();
    for (const SessionRow& session : sessions)
        list.push_back({{"id", session.id},
                        {"began_at", instant_text(session.began_at)},
                        {"seen_at", instant_text(session.seen_at)},
                        {"address", session.address},
                        {"agent", session.agent},
                        {"current", session.hash == current_hash}});
    return {{"sessions", std::move(list)}};
}

Json tokens_to_json(const std::vector<TokenRow>& tokens) {
    Json list = Json::array();
    for (const TokenRow& token : tokens) {
        Json scope = Json::array();
        std::istringstream words{token.scope};
        for (std::string word; words >> word;) scope.push_back(word);
        list.push_back({{"id", token.id},
                        {"name", token.name},
                        {"scope", std::move(scope)},
                        {"created_at", instant_text(token.created_at)},
                        {"expires_at", instant_text(token.expires_at)},
                        {"used_at", token.used_at == 0 ? Json(nullptr) : Json(instant_text(token.used_at))}});
    }
    return {{"tokens", std::move(list)}};
}

Json invitations_to_json(const std::vector<LinkRow>& links) {
    Json list = Json::array();
    for (const LinkRow& link : links)
        list.push_back({{"id", link.id},
                        {"name", link.name},
                        {"organisation", text_or_null(link.membership.organisation.value)},
                        {"role", to_string(link.membership.role)},
                        {"expires_at", instant_text(link.expires_at)}});
    return {{"invitations", std::move(list)}};
}

Json codes_to_json(const std::vector<Secret>& codes) {
    Json list = Json::array();
    for (const Secret& code : codes) list.push_back(code.revealed());
    return {{"recovery_codes", std::move(list)}};
}

}  // namespace resmon::sign_on
