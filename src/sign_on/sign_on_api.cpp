#include "sign_on/sign_on_api.hpp"

#include "base/error.hpp"
#include "credentials/secret_token.hpp"
#include "sign_on/identify.hpp"
#include "sign_on/sign_on_json.hpp"

#include <fmt/format.h>

namespace resmon::sign_on {

using Json = nlohmann::ordered_json;
using http::Request;
using http::Response;

namespace {

Response done() { return {.status = 204, .type = {}}; }

/// Bodies were checked against api/accounts.yaml before they arrive here.
class Body {
public:
    explicit Body(const Request& request) : json_(nlohmann::json::parse(request.body)) {}

    [[nodiscard]] std::string text(const char* key) const { return json_.value(key, std::string{}); }
    [[nodiscard]] Secret secret(const char* key) const { return Secret{text(key)}; }
    [[nodiscard]] const nlohmann::json& json() const noexcept { return json_; }

private:
    nlohmann::json json_;
};

Response secret_response(const Json& json, int status = 200) {
    return http::unkept(http::json_response(json.dump(), status));
}

Response session_response(SignOn& sign_on, const Request& request, const std::optional<Secret>& session) {
    const std::optional<Known> known =
        session ? sign_on.find_session(*session, visitor_of(request), Look::glance) : std::optional<Known>{};
    Json json = session_to_json(sign_on.accounts(), known ? known->who : request.who, known);
    const bool has_session = known || request.who.kind == Principal::Kind::link;
    json["csrf_token"] = session && has_session ? Json(csrf_token(*session).revealed()) : Json(nullptr);
    json["device_days"] = sign_on.limits().device_days;
    return secret_response(json);
}

Response signed_in(SignOn& sign_on, const Request& request, const Secret& session) {
    Response response = session_response(sign_on, request, session);
    response.headers["Set-Cookie"] = set_cookie(session, transport_of(request));
    return response;
}

Secret own_session(const Request& request) {
    std::optional<Secret> session = session_in(request);
    if (!session) throw Forbidden{"only a person who signed in can do this", Forbidden::Why::no_right};
    return std::move(*session);
}

Response link_response(const Request& request, const GivenLink& given) {
    return secret_response({{"link", fmt::format("{}/link#{}", request.site(), given.secret.revealed())},
                            {"expires_at", utc_text(instant_of(given.expires_at))}},
                           201);
}

Secret link_in(const Body& body) {
    std::optional<Secret> secret = token_from(TokenKind::link, body.text("secret"));
    if (!secret) throw NotFound{worded("fault.sign-on.no-link")};
    return std::move(*secret);
}

void add_session_routes(http::Routes& routes, SignOn& sign_on) {
    routes.get("/api/v1/session", Action::use_session,
               [&sign_on](const Request& request) { return session_response(sign_on, request, session_in(request)); });
    routes.post("/api/v1/session", Action::use_session, [&sign_on](const Request& request) {
        const Body body{request};
        // A session that came along is not taken over: the new one has a value of its own.
        return signed_in(
            sign_on, request,
            sign_on.sign_in(body.text("login"), body.secret("password"), body.text("code"), visitor_of(request)));
    });
    routes.remove("/api/v1/session", Action::use_session, [&sign_on](const Request& request) {
        if (const auto session = session_in(request)) sign_on.sign_out(*session, visitor_of(request));
        Response response = done();
        response.headers["Set-Cookie"] = removed_cookie(transport_of(request));
        response.headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return response;
    });
    routes.post("/api/v1/session/renewal", Action::read_own_account, [&sign_on](const Request& request) {
        return session_response(sign_on, request, own_session(request));
    });
}

void add_link_routes(http::Routes& routes, SignOn& sign_on) {
    routes.post("/api/v1/links/look", Action::use_session, [&sign_on](const Request& request) {
        return secret_response(
            link_to_json(sign_on.accounts(), sign_on.link(link_in(Body{request}), visitor_of(request))));
    });
    routes.post("/api/v1/links/use", Action::use_session, [&sign_on](const Request& request) {
        const Body body{request};
        return signed_in(
            sign_on, request,
            sign_on.use_link(
                link_in(body),
                {.login = body.text("login"), .name = body.text("name"), .password = body.secret("password")},
                visitor_of(request)));
    });
}

void add_second_factor_routes(http::Routes& routes, SignOn& sign_on) {
    routes.post("/api/v1/account/second-factor", Action::change_own_account, [&sign_on](const Request& request) {
        const NewSecondFactor made =
            sign_on.begin_second_factor(request.who, Body{request}.secret("password"), visitor_of(request));
        return secret_response({{"secret_base32", made.key_text.revealed()},
                                {"otpauth_uri", made.uri.revealed()},
                                {"qr_svg", made.picture}});
    });
    routes.put("/api/v1/account/second-factor", Action::change_own_account, [&sign_on](const Request& request) {
        return secret_response(codes_to_json(sign_on.confirm_second_factor(request.who, Body{request}.text("code"))));
    });
    routes.post("/api/v1/account/second-factor/removal", Action::change_own_account,
                [&sign_on](const Request& request) {
                    sign_on.remove_second_factor(request.who, Body{request}.secret("password"), visitor_of(request));
                    return done();
                });
    routes.post("/api/v1/account/recovery-codes", Action::change_own_account, [&sign_on](const Request& request) {
        return secret_response(codes_to_json(
            sign_on.renew_recovery_codes(request.who, Body{request}.secret("password"), visitor_of(request))));
    });
}

void add_account_routes(http::Routes& routes, SignOn& sign_on) {
    routes.put("/api/v1/account/password", Action::change_own_account, [&sign_on](const Request& request) {
        const Body body{request};
        sign_on.change_password(request.who, own_session(request), body.secret("current"), body.secret("new"),
                                visitor_of(request));
        return done();
    });
    routes.get("/api/v1/account/sessions", Action::read_own_account, [&sign_on](const Request& request) {
        const std::optional<Secret> session = session_in(request);
        return http::json_response(
            sessions_to_json(sign_on.sessions(request.who), session ? stored_hash(*session) : std::string{}).dump());
    });
    routes.remove("/api/v1/account/sessions/{session}", Action::change_own_account, [&sign_on](const Request& request) {
        sign_on.end_session(request.who, request.parameter("session"));
        return done();
    });
    routes.get("/api/v1/account/tokens", Action::read_own_account, [&sign_on](const Request& request) {
        return http::json_response(tokens_to_json(sign_on.tokens(request.who)).dump());
    });
    routes.post("/api/v1/account/tokens", Action::change_own_account, [&sign_on](const Request& request) {
        const Body body{request};
        std::set<Action> scope;
        for (const auto& word : body.json().at("scope")) scope.insert(action_from(word.get<std::string>()));
        const auto made = sign_on.add_token(request.who, body.text("name"), scope, body.json().at("days").get<int>());
        return secret_response({{"id", made.id}, {"token", made.token.revealed()}}, 201);
    });
    routes.remove("/api/v1/account/tokens/{token}", Action::change_own_account, [&sign_on](const Request& request) {
        sign_on.remove_token(request.who, request.parameter("token"));
        return done();
    });
}

void add_people_routes(http::Routes& routes, SignOn& sign_on) {
    routes.get("/api/v1/people/invitations", Action::read_people, [&sign_on](const Request& request) {
        return http::json_response(invitations_to_json(sign_on.invitations(request.who)).dump());
    });
    routes.post("/api/v1/people/invitations", Action::manage_people, [&sign_on](const Request& request) {
        const Body body{request};
        const auto& organisation = body.json().at("organisation");
        return link_response(
            request,
            sign_on.invite(request.who, {.login = body.text("login"),
                                         .name = body.text("name"),
                                         .membership = {{organisation.is_null() ? "" : organisation.get<std::string>()},
                                                        role_from(body.text("role"))},
                                         .days = body.json().at("days").get<int>()}));
    });
    routes.remove("/api/v1/people/invitations/{invitation}", Action::manage_people, [&sign_on](const Request& request) {
        sign_on.withdraw_invitation(request.who, request.parameter("invitation"));
        return done();
    });
    routes.post("/api/v1/people/{person}/password-reset", Action::manage_people, [&sign_on](const Request& request) {
        return link_response(request, sign_on.reset_password(request.who, {request.parameter("person")}));
    });
    routes.remove("/api/v1/people/{person}/second-factor", Action::manage_people, [&sign_on](const Request& request) {
        sign_on.reset_second_factor(request.who, {request.parameter("person")});
        return done();
    });
}

}  // namespace

void add_routes(http::Routes& routes, SignOn& sign_on) {
    add_session_routes(routes, sign_on);
    add_link_routes(routes, sign_on);
    add_account_routes(routes, sign_on);
    add_second_factor_routes(routes, sign_on);
    add_people_routes(routes, sign_on);
}

}  // namespace resmon::sign_on
