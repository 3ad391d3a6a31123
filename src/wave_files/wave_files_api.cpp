#include "wave_files/wave_files_api.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace resmon::wave_files {

using http::Request;

namespace {

constexpr const char* xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

std::string asked(const Request& request, const char* name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string{} : found->second;
}

}  // namespace

void add_routes(http::Routes& routes, WaveFiles& files) {
    routes.get("/api/v1/waves/{wave}/frame", Action::manage_waves, [&files](const Request& request) {
        const waves::WaveId id{request.parameter("wave")};
        const FileKind kind = asked(request, "format") == "xlsx" ? FileKind::xlsx : FileKind::csv;
        const bool is_csv = kind == FileKind::csv;
        return http::unkept(
            http::file_response(is_csv ? http::csv_type : xlsx_type,
                                files.exported(request.who, id, kind, http::language_asked(request, request.language)),
                                fmt::format("resmon-welle-{}.{}", id.value, is_csv ? "csv" : "xlsx")));
    });
    routes.post("/api/v1/wave-files", Action::manage_waves, [&files](const Request& request) {
        const Imported done = files.imported(request.who,
                                             {.wave = {asked(request, "wave")},
                                              .organisation = {asked(request, "organisation")},
                                              .reason = asked(request, "reason")},
                                             request.body, {});
        nlohmann::ordered_json json = {{"wave", done.wave.value},
                                       {"new", done.is_new},
                                       {"replanned", done.changes.is_replanned},
                                       {"added", done.changes.added},
                                       {"readdressed", done.changes.readdressed},
                                       {"unchanged", done.changes.unchanged}};
        return http::json_response(json.dump(), done.is_new ? 201 : 200);
    });
}

}  // namespace resmon::wave_files
