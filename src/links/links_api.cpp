#include "links/links_api.hpp"

#include "credentials/secret_token.hpp"
#include "sign_on/identify.hpp"

#include <nlohmann/json.hpp>

namespace resmon::links {

using Json = nlohmann::ordered_json;
using http::Request;
using http::Response;

namespace {

Response link_response(const Link& link, const std::optional<Secret>& session) {
    const Json json = {{"response", link.grant.response},
                       {"label", link.label},
                       {"topics", link.grant.topics},
                       {"may_finish", link.grant.may_finish},
                       {"expires_at", utc_text(instant_of(link.grant.expires_at))},
                       {"csrf_token", session ? Json(sign_on::csrf_token(*session).revealed()) : Json(nullptr)}};
    return http::unkept(http::json_response(json.dump()));
}

}  // namespace

void add_routes(http::Routes& routes, Links& links) {
    const char* session = "/api/v1/link-session";
    routes.get(session, Action::use_session, [&links](const Request& request) {
        return link_response(links.link(request.who), sign_on::session_in(request));
    });
    routes.post(session, Action::use_session, [&links](const Request& request) {
        const Opened opened =
            links.open(nlohmann::json::parse(request.body)["secret"].get<std::string>(), sign_on::visitor_of(request));
        Response response = link_response(opened.link, opened.session);
        response.headers["Set-Cookie"] = sign_on::set_cookie(opened.session, sign_on::transport_of(request));
        return response;
    });
    routes.remove(session, Action::use_session, [&links](const Request& request) {
        // Whoever is signed in with an account stays so.
        if (request.who.kind != Principal::Kind::link) return Response{.status = 204, .type = {}};
        if (const auto value = sign_on::session_in(request)) links.end(*value);
        Response response{.status = 204, .type = {}};
        response.headers["Set-Cookie"] = sign_on::removed_cookie(sign_on::transport_of(request));
        // What others keep on a shared device stays theirs: nothing of a link is stored there.
        response.headers["Clear-Site-Data"] = "\"cache\"";
        return response;
    });
}

}  // namespace resmon::links
