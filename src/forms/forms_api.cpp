#include "forms/forms_api.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace resmon::forms {

using http::Request;

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* path = "/api/v1/responses/{response}/form";
constexpr const char* xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

survey::ResponseId response_of(const Request& request) { return {request.parameter("response")}; }

http::Response file(std::string bytes, FileKind kind, const survey::ResponseId& response) {
    const bool is_csv = kind == FileKind::csv;
    return http::file_response(is_csv ? http::csv_type : xlsx_type, std::move(bytes),
                               fmt::format("resmon-{}.{}", response.value, is_csv ? "csv" : "xlsx"));
}

Json ids_to_json(const std::vector<QuestionId>& ids) {
    Json list = Json::array();
    for (const QuestionId& id : ids) list.push_back(id.value);
    return list;
}

}  // namespace

void add_routes(http::Routes& routes, Forms& forms) {
    routes.get(path, Action::read_responses, [&forms](const Request& request) {
        const auto format = request.query.find("format");
        const FileKind kind = format != request.query.end() && format->second == "csv" ? FileKind::csv : FileKind::xlsx;
        const survey::ResponseId id = response_of(request);
        return file(forms.exported(request.who, id, kind, http::language_asked(request, request.language)), kind, id);
    });
    routes.post(path, Action::answer_survey, [&forms](const Request& request) {
        const Imported imported = forms.imported(request.who, response_of(request), request.body,
                                                 http::language_asked(request, request.language));
        return http::json_response(Json{
            {"saved", ids_to_json(imported.saved)},
            {"conflicts", ids_to_json(imported.conflicts)},
            {"unchanged",
             imported.unchanged}}.dump());
    });
}

}  // namespace resmon::forms
