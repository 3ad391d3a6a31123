#include "waves/waves_api.hpp"

#include "base/error.hpp"
#include "report/pdf.hpp"
#include "waves/waves_json.hpp"

#include <fmt/format.h>

namespace resmon::waves {

using http::Request;
using http::Response;

namespace {

WaveId wave_of(const Request& request) { return {request.parameter("wave")}; }
BodyKey body_of(const Request& request) { return BodyKey{request.parameter("body")}; }
int stage_of(const Request& request) { return std::stoi(request.parameter("stage")); }

nlohmann::json read(const Request& request) { return nlohmann::json::parse(request.body); }

Response done() { return {.status = 204, .type = {}}; }

Response file(std::string type, std::string content, const std::string& name) {
    return http::unkept(http::file_response(std::move(type), std::move(content), name));
}

Response csv_file(std::string content, const std::string& name) {
    return file(http::csv_type, std::move(content), name);
}

std::vector<FrameBody> frame_from(const Waves& waves, const nlohmann::json& body) {
    if (body.contains("csv"))
        return frame_from_csv(waves.catalogue().bodies, body["csv"].get<std::string>(), "frame.csv");
    return frame_of(waves.catalogue().bodies, selection_from_json(body.value("selection", nlohmann::json::object())));
}

Json frame_to_json(const std::vector<FrameBody>& frame) {
    std::vector<BodyStatus> bodies;
    long long inhabitants = 0;
    long long with_email = 0;
    for (const FrameBody& body : frame) {
        bodies.push_back({.body = body});
        inhabitants += body.inhabitants;
        if (!body.contact.email.empty()) ++with_email;
    }
    Json first = Json::array();
    constexpr std::size_t most = 10;
    for (std::size_t place = 0; place < std::min(most, frame.size()); ++place) first.push_back(frame[place].name);
    return {{"bodies", frame.size()},
            {"inhabitants", inhabitants},
            {"with_email", with_email},
            {"first", std::move(first)},
            {"status", status_to_json(status_of(bodies))}};
}

Json participation_to_json(const Participation& participation) {
    return {{"wave", participation.wave.value},         {"body", participation.body.text()},
            {"response", participation.response.value}, {"may_compare", participation.may_compare},
            {"began_at", participation.began_at},       {"compare_since", participation.compare_since}};
}

Json invitation_to_json(const Invitation& invitation) {
    Json wave = wave_to_json(invitation.wave);
    // What only the owner needs to know.
    for (const char* inner : {"previous", "close_reason"}) wave.erase(inner);
    Json json = {{"wave", std::move(wave)},
                 {"owner_name", invitation.owner_name},
                 {"body", invitation.body.text()},
                 {"body_name", invitation.body_name},
                 {"handed_in", invitation.has_handed_in},
                 {"obstacle", obstacle_to_json(invitation.to_take_part)}};
    if (invitation.participation) json["participation"] = participation_to_json(*invitation.participation);
    if (invitation.withdrawal) json["withdrawal"] = withdrawal_to_json(*invitation.withdrawal);
    return json;
}

Comparing comparing_from(const nlohmann::json& body) {
    return body.at("may_compare").get<bool>() ? Comparing::yes : Comparing::no;
}

Order order_of(const Request& request) {
    return {.wave = wave_of(request), .stage = stage_of(request), .address = request.site()};
}

void add_wave_routes(http::Routes& routes, Waves& waves) {
    routes.get("/api/v1/waves", Action::read_waves, [&waves](const Request& request) {
        Json list = Json::array();
        for (const Overview& one : waves.list(request.who)) list.push_back(overview_to_json(one));
        return http::json_response(Json{{"waves", std::move(list)}}.dump());
    });
    routes.post("/api/v1/waves", Action::manage_waves, [&waves](const Request& request) {
        const nlohmann::json body = read(request);
        const Wave wave =
            waves.plan(request.who, wave_from_json(body),
                       body.contains("frame") ? frame_from(waves, body["frame"]) : std::vector<FrameBody>{});
        Response response = http::json_response(wave_to_json(wave).dump(), 201);
        response.headers["Location"] = "/api/v1/waves/" + wave.id.value;
        return response;
    });
    routes.get("/api/v1/waves/{wave}", Action::read_waves, [&waves](const Request& request) {
        const WorkList list = waves.wave(request.who, wave_of(request));
        return http::json_response(work_list_to_json(list).dump());
    });
    routes.remove("/api/v1/waves/{wave}", Action::manage_waves, [&waves](const Request& request) {
        waves.discard(request.who, wave_of(request));
        return done();
    });
    routes.post("/api/v1/waves/{wave}/opening", Action::manage_waves, [&waves](const Request& request) {
        waves.open(request.who, wave_of(request));
        return done();
    });
    routes.post("/api/v1/waves/{wave}/closing", Action::manage_waves, [&waves](const Request& request) {
        waves.close(request.who, wave_of(request), read(request).value("reason", std::string{}));
        return done();
    });
    routes.post("/api/v1/waves/{wave}/purge", Action::manage_waves, [&waves](const Request& request) {
        const std::size_t count = waves.purge(request.who, wave_of(request));
        return http::json_response(Json{{"participations", count}}.dump());
    });
}

void add_frame_routes(http::Routes& routes, Waves& waves) {
    routes.post("/api/v1/frame-previews", Action::manage_waves, [&waves](const Request& request) {
        return http::json_response(frame_to_json(frame_from(waves, read(request))).dump());
    });
    routes.put("/api/v1/waves/{wave}/frame", Action::manage_waves, [&waves](const Request& request) {
        waves.set_frame(request.who, wave_of(request), frame_from(waves, read(request)));
        return done();
    });
    routes.put("/api/v1/waves/{wave}/bodies/{body}", Action::manage_waves, [&waves](const Request& request) {
        waves.add_body(request.who, wave_of(request), request.parameter("body"), read(request).at("reason"));
        return done();
    });
    routes.post("/api/v1/waves/{wave}/bodies/{body}/removal", Action::manage_waves, [&waves](const Request& request) {
        waves.remove_body(request.who, wave_of(request), request.parameter("body"), read(request).at("reason"));
        return done();
    });
}

Json stages_to_json(const std::vector<StageState>& stages) {
    Json list = Json::array();
    for (const StageState& one : stages)
        list.push_back({{"stage", one.stage},
                        {"sent", one.sent},
                        {"sending", one.sending},
                        {"refused", one.refused},
                        {"unclear", one.unclear},
                        {"due", one.due}});
    return list;
}

void add_dispatch_routes(http::Routes& routes, Dispatching& dispatching) {
    routes.get("/api/v1/waves/{wave}/dispatches", Action::read_waves, [&dispatching](const Request& request) {
        Json to_check = Json::array();
        for (const Dispatch& one : dispatching.to_check(request.who, wave_of(request)))
            to_check.push_back({{"body", one.body.text()},
                                {"stage", one.stage},
                                {"state", one.state == DispatchState::refused ? "refused" : "unclear"},
                                {"at", utc_text(instant_of(one.at))},
                                {"reason", one.reason}});
        return http::json_response(Json{
            {"stages", stages_to_json(dispatching.stages(request.who, wave_of(request)))},
            {"to_check", std::move(to_check)},
            {"mail",
             dispatching.has_mail()}}.dump());
    });
    routes.post("/api/v1/waves/{wave}/dispatches/{stage}", Action::manage_waves,
                [&dispatching](const Request& request) {
                    constexpr int most = 20;
                    const Progress progress = dispatching.send(request.who, order_of(request), most);
                    return http::json_response(Json{
                        {"sent", progress.sent},
                        {"refused", progress.refused},
                        {"unclear", progress.unclear},
                        {"left", progress.left},
                        {"without_address",
                         progress.without_address}}.dump());
                });
    routes.post(
        "/api/v1/waves/{wave}/dispatches/{stage}/letters", Action::manage_waves,
        [&dispatching](const Request& request) {
            const Again again = read(request).value("again", false) ? Again::yes : Again::no;
            const std::string name = fmt::format("resmon-briefe-{}-{}", wave_of(request).value, stage_of(request));
            if (read(request).value("format", std::string{}) != "pdf")
                return csv_file(merge_file_of(dispatching.on_paper(request.who, order_of(request), again)),
                                name + ".csv");
            const auto printed = [](const Letters& letters) {
                return report::pdf(document_of(letters, std::chrono::system_clock::now()));
            };
            return file("application/pdf",
                        printed(dispatching.on_paper(request.who, order_of(request), again, printed)), name + ".pdf");
        });
    routes.post("/api/v1/waves/{wave}/dispatches/{stage}/bodies/{body}/settlement", Action::manage_waves,
                [&dispatching](const Request& request) {
                    dispatching.settle(
                        request.who, wave_of(request), body_of(request), stage_of(request),
                        read(request).at("left").get<bool>() ? DispatchState::sent : DispatchState::refused);
                    return done();
                });
}

void add_invitation_routes(http::Routes& routes, Invitations& invitations) {
    routes.get("/api/v1/invitations-to-waves", Action::read_invitations, [&invitations](const Request& request) {
        Json list = Json::array();
        for (const Invitation& one : invitations.list(request.who)) list.push_back(invitation_to_json(one));
        return http::json_response(Json{{"invitations", std::move(list)}}.dump());
    });
    routes.post("/api/v1/invitations-to-waves/opening", Action::use_session, [&invitations](const Request& request) {
        const OpenedInvitation opened = invitations.open(request.who, read(request).at("token"));
        Json json = invitation_to_json(opened.invitation);
        // What was answered under an account is not told to whoever holds a letter.
        if (opened.link.empty()) {
            for (const char* inner : {"participation", "withdrawal", "handed_in"}) json.erase(inner);
            json["handed_in"] = false;
        } else {
            json["link"] = fmt::format("{}/umfrage/link#{}", request.site(), opened.link.revealed());
        }
        Response response = http::json_response(json.dump());
        response.headers["Cache-Control"] = "no-store";
        return response;
    });
    routes.post("/api/v1/waves/{wave}/participations", Action::take_part, [&invitations](const Request& request) {
        const nlohmann::json body = read(request);
        const Participation participation = invitations.take_part(
            request.who, wave_of(request), {body.at("response").get<std::string>()}, comparing_from(body));
        return http::json_response(participation_to_json(participation).dump(), 201);
    });
    routes.put("/api/v1/waves/{wave}/participations/{body}", Action::take_part, [&invitations](const Request& request) {
        return http::json_response(
            participation_to_json(invitations.set_comparing(request.who, wave_of(request), body_of(request),
                                                            comparing_from(read(request))))
                .dump());
    });
    routes.post(
        "/api/v1/waves/{wave}/participations/{body}/withdrawal", Action::take_part,
        [&invitations](const Request& request) {
            const auto what = withdrawn_from(read(request).at("what").get<std::string>());
            return http::json_response(
                receipt_to_json(invitations.withdraw(request.who, wave_of(request), body_of(request), what)).dump(),
                201);
        });
    routes.post("/api/v1/withdrawals/verification", Action::use_session, [&invitations](const Request& request) {
        return http::json_response(Json{{"genuine", invitations.is_genuine(receipt_from_json(read(request)))}}.dump());
    });
}

}  // namespace

void add_routes(http::Routes& routes, Desks desks) {
    add_wave_routes(routes, desks.waves);
    add_frame_routes(routes, desks.waves);
    add_dispatch_routes(routes, desks.dispatching);
    add_invitation_routes(routes, desks.invitations);
}

}  // namespace resmon::waves
