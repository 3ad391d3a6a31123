#include "cli/operation_api.hpp"

#include "cli/settings_json.hpp"
#include "storage/backup.hpp"
#include "storage/sealing_keys.hpp"

#include <nlohmann/json.hpp>

namespace resmon::cli {

using Json = nlohmann::ordered_json;
using http::Request;

namespace {

Json rules_to_json(const std::vector<sign_on::RetentionRule>& rules, const char* rows) {
    Json list = Json::array();
    for (const sign_on::RetentionRule& rule : rules) {
        Json one = {{"what", rule.what}};
        if (std::string_view{rows} == "due") one["days"] = rule.days;
        one[rows] = rule.rows;
        list.push_back(std::move(one));
    }
    return list;
}

Json backups_to_json(const Options& options, Installation& installation, Language language) {
    const auto place = storage::key_place(options.data_directory, options.key_file);
    const auto last = storage::last_backup(installation.database);
    Json json = {{"last_backup_at", last ? Json(last->made_at) : Json(nullptr)},
                 {"last_backup_file", last ? Json(last->file) : Json(nullptr)},
                 {"key_location", place.file.string()},
                 {"warnings", Json::array()}};
    if (place.origin == storage::KeyOrigin::beside_data)
        json["warnings"].push_back(program_text("operation.key-beside-data", language));
    const Instant due = installation.accounts.now() - std::chrono::days{options.backup_age_days};
    if (options.backup_age_days > 0 && (!last || instant_from(last->made_at) < due))
        json["warnings"].push_back(program_text("operation.backup-is-old", language,
                                                {{"days", static_cast<double>(options.backup_age_days)}}));
    return json;
}

}  // namespace

void add_operation_routes(http::Routes& routes, const Options& options, Installation& installation) {
    routes.get("/api/v1/settings", Action::read_operation,
               [&options](const Request&) { return http::json_response(settings_to_text(options.told_settings)); });
    routes.get("/api/v1/retention", Action::read_operation, [&options, &installation](const Request& request) {
        const auto rules = sign_on::due_rows(installation.accounts, options.retention, request.who);
        return http::json_response(Json{{"rules", rules_to_json(rules, "due")}}.dump());
    });
    routes.post("/api/v1/retention/run", Action::manage_operation, [&options, &installation](const Request& request) {
        const auto rules = sign_on::remove_due_rows(installation.accounts, options.retention, request.who);
        return http::json_response(Json{{"removed", rules_to_json(rules, "rows")}}.dump());
    });
    routes.get("/api/v1/backups", Action::read_operation, [&options, &installation](const Request& request) {
        return http::json_response(backups_to_json(options, installation, request.language).dump());
    });
}

}  // namespace resmon::cli
