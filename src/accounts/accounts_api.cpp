#include "accounts/accounts_api.hpp"

#include "accounts/accounts_json.hpp"
#include "accounts/audit_text.hpp"
#include "base/error.hpp"

#include <fmt/format.h>

#include <sstream>

namespace resmon::accounts {

using Json = nlohmann::ordered_json;
using http::Request;
using http::Response;

namespace {

Response done() { return {.status = 204, .type = {}}; }

OrganisationId organisation_of(const Request& request) { return {request.parameter("organisation")}; }
PersonId person_of(const Request& request) { return {request.parameter("person")}; }

std::string query_of(const Request& request, const char* name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string{} : found->second;
}

Names names_of(const std::vector<Organisation>& organisations) {
    Names names;
    for (const Organisation& one : organisations) names[one.id.value] = one.name;
    return names;
}

Names names_of(const std::vector<Person>& people) {
    Names names;
    for (const Person& one : people) names[one.id.value] = one.name;
    return names;
}

void add_organisation_routes(http::Routes& routes, Accounts& accounts) {
    routes.get("/api/v1/organisations", Action::read_organisations, [&accounts](const Request& request) {
        Json list = Json::array();
        for (const Organisation& one : accounts.organisations(request.who)) list.push_back(organisation_to_json(one));
        return http::json_response(Json{{"organisations", std::move(list)}}.dump());
    });
    routes.post("/api/v1/organisations", Action::manage_organisations, [&accounts](const Request& request) {
        const Organisation organisation = organisation_from_json(request.body);
        accounts.add_organisation(request.who, organisation);
        return http::json_response(organisation_to_json(organisation).dump(), 201);
    });
    const char* member = "/api/v1/organisations/{organisation}/members/{member}";
    routes.put(member, Action::manage_organisations, [&accounts](const Request& request) {
        accounts.add_member(request.who, organisation_of(request), {request.parameter("member")});
        return done();
    });
    routes.remove(member, Action::manage_organisations, [&accounts](const Request& request) {
        accounts.remove_member(request.who, organisation_of(request), {request.parameter("member")});
        return done();
    });
}

Response sharing(Accounts& accounts, const Request& request) {
    const OrganisationId organisation = organisation_of(request);
    const std::vector<Share> shares = accounts.sharing(request.who, organisation);
    const std::vector<Organisation> partners = accounts.partners(request.who, organisation);
    Names names = names_of(partners);
    Json json = {{"organisation", organisation.value},
                 {"sharing", Json::array()},
                 {"readers", Json::array()},
                 {"partners", Json::array()}};
    for (const Share& share : shares)
        json["sharing"].push_back({{"what", to_string(share.what)},
                                   {"with", share.with.value},
                                   {"with_name", names[share.with.value]},
                                   {"since", share.since}});
    for (const Organisation& partner : partners)
        json["partners"].push_back(
            {{"id", partner.id.value}, {"name", partner.name}, {"kind", to_string(partner.kind)}});
    for (const Reader& reader : accounts.readers(request.who, organisation))
        json["readers"].push_back({{"at", reader.entry.at},
                                   {"person_name", reader.person_name},
                                   {"organisation_name", reader.organisation_name},
                                   {"action", reader.entry.content.action},
                                   {"object", reader.entry.content.object}});
    return http::json_response(json.dump());
}

void add_sharing_routes(http::Routes& routes, Accounts& accounts) {
    routes.get("/api/v1/organisations/{organisation}/sharing", Action::read_sharing,
               [&accounts](const Request& request) { return sharing(accounts, request); });
    const char* share = "/api/v1/organisations/{organisation}/sharing/{what}/{with}";
    routes.put(share, Action::change_sharing, [&accounts](const Request& request) {
        accounts.share(request.who, organisation_of(request), shareable_from(request.parameter("what")),
                       {request.parameter("with")});
        return done();
    });
    routes.remove(share, Action::change_sharing, [&accounts](const Request& request) {
        accounts.withdraw(request.who, organisation_of(request), shareable_from(request.parameter("what")),
                          {request.parameter("with")});
        return done();
    });
}

void add_people_routes(http::Routes& routes, Accounts& accounts) {
    routes.get("/api/v1/people", Action::read_people, [&accounts](const Request& request) {
        const Names organisations = names_of(accounts.organisations(request.who));
        Json list = Json::array();
        for (const Person& person : accounts.people(request.who)) list.push_back(person_to_json(person, organisations));
        return http::json_response(Json{{"people", std::move(list)}}.dump());
    });
    routes.get("/api/v1/people/{person}", Action::read_people, [&accounts](const Request& request) {
        const Names organisations = names_of(accounts.organisations(request.who));
        return http::json_response(
            person_to_json(accounts.person(request.who, person_of(request)), organisations).dump());
    });
    const auto personal_data = [&accounts](const Request& request, const PersonId& id) {
        Response response = http::json_response(personal_data_to_json(accounts.personal_data(request.who, id)).dump(2));
        response.headers["Content-Disposition"] = "attachment; filename=\"resmon-personal-data.json\"";
        response.headers["Cache-Control"] = "no-store";
        return response;
    };
    routes.get("/api/v1/account/personal-data", Action::read_own_account,
               [personal_data](const Request& request) { return personal_data(request, request.who.person); });
    routes.get("/api/v1/people/{person}/personal-data", Action::manage_people,
               [personal_data](const Request& request) { return personal_data(request, person_of(request)); });
    const auto membership_of = [](const Request& request) {
        return Membership{{query_of(request, "organisation")}, role_from(request.parameter("role"))};
    };
    const char* role = "/api/v1/people/{person}/roles/{role}";
    routes.put(role, Action::manage_people, [&accounts, membership_of](const Request& request) {
        accounts.give_role(request.who, person_of(request), membership_of(request));
        return done();
    });
    routes.remove(role, Action::manage_people, [&accounts, membership_of](const Request& request) {
        accounts.take_role(request.who, person_of(request), membership_of(request));
        return done();
    });
    routes.post("/api/v1/people/{person}/disabling", Action::manage_people, [&accounts](const Request& request) {
        accounts.disable(request.who, person_of(request));
        return done();
    });
    routes.post("/api/v1/people/{person}/enabling", Action::manage_people, [&accounts](const Request& request) {
        accounts.enable(request.who, person_of(request));
        return done();
    });
    routes.post("/api/v1/people/{person}/erasure", Action::manage_people, [&accounts](const Request& request) {
        accounts.erase(request.who, person_of(request), Json::parse(request.body).at("login"));
        return done();
    });
}

AuditQuery audit_query(const Request& request) {
    AuditQuery query{.person = query_of(request, "person"),
                     .action = query_of(request, "action"),
                     .from = query_of(request, "from"),
                     .until = query_of(request, "until")};
    if (const std::string limit = query_of(request, "limit"); !limit.empty()) query.limit = std::stoi(limit);
    if (const std::string before = query_of(request, "before"); !before.empty()) {
        AuditPlace place;
        std::istringstream words{before};
        if (!(words >> place.at >> place.server >> place.number))
            throw InputError{{Fault{{.path = "/query/before"}, worded("fault.request.before")}}};
        query.before = place;
    }
    return query;
}

void add_audit_routes(http::Routes& routes, Accounts& accounts) {
    routes.get("/api/v1/audit", Action::read_audit, [&accounts](const Request& request) {
        const AuditQuery query = audit_query(request);
        const std::vector<AuditEntry> entries = accounts.audit().entries(request.who, query);
        const Names people = names_of(accounts.people(request.who));
        Json json = {{"entries", Json::array()}, {"next", nullptr}, {"anchor", accounts.audit().anchor()}};
        for (const AuditEntry& entry : entries) json["entries"].push_back(entry_to_json(entry, people));
        if (entries.size() == static_cast<std::size_t>(query.limit)) {
            const AuditEntry& last = entries.back();
            json["next"] = fmt::format("{} {} {}", last.at, last.server, last.number);
        }
        return http::json_response(json.dump());
    });
    routes.get("/api/v1/audit/export", Action::read_audit, [&accounts](const Request& request) {
        const AuditFormat format = audit_format_from(request.query.at("format"));
        return http::file_response(format == AuditFormat::csv ? http::csv_type : "application/jsonl",
                                   audit_text(accounts.audit().whole(request.who), format),
                                   fmt::format("resmon-audit.{}", request.query.at("format")));
    });
    routes.get("/api/v1/audit/verification", Action::read_audit, [&accounts](const Request& request) {
        const Verdict verdict = accounts.audit().verify();
        return http::json_response(Json{
            {"intact", !verdict.broken},
            {"entries", verdict.entries},
            {"broken", verdict.broken ? Json(verdict.broken->in(request.language)) : Json(nullptr)},
            {"anchor", verdict.anchor}}.dump());
    });
}

}  // namespace

void add_routes(http::Routes& routes, Accounts& accounts) {
    add_organisation_routes(routes, accounts);
    add_sharing_routes(routes, accounts);
    add_people_routes(routes, accounts);
    add_audit_routes(routes, accounts);
    routes.get("/api/v1/permissions", Action::read_permissions,
               [](const Request&) { return http::json_response(rules_to_json().dump()); });
}

}  // namespace resmon::accounts
