#include "archive/manifest_json.hpp"

#include "base/error.hpp"

#include <nlohmann/json.hpp>

#include <limits>
#include <regex>

namespace resmon::archive {

namespace {

using nlohmann::json;

class Reader {
public:
    explicit Reader(std::string file) : file_{std::move(file)} {}

    std::string text(const json& object, const char* name) {
        if (!object.contains(name) || !object[name].is_string())
            return fault(name, worded("fault.archive.text")), std::string{};
        return object[name].get<std::string>();
    }
    std::int64_t number(const json& object, const char* name) {
        constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
        if (!object.contains(name) || !object[name].is_number_unsigned() || object[name].get<std::uint64_t>() > most)
            return fault(name, worded("fault.archive.whole-number")), 0;
        return object[name].get<std::int64_t>();
    }
    bool yes(const json& object, const char* name) {
        if (!object.contains(name) || !object[name].is_boolean())
            return fault(name, worded("fault.archive.flag")), false;
        return object[name].get<bool>();
    }
    void fault(const std::string& path, Wording expectation) {
        faults_.push_back({{.file = file_, .line = 0, .path = path}, std::move(expectation)});
    }
    void end() {
        if (!faults_.empty()) throw InputError{std::move(faults_)};
    }

private:
    std::string file_;
    std::vector<Fault> faults_;
};

json parsed(std::string_view text, Reader& reader) {
    constexpr int deepest = 3;
    bool is_too_deep = false;
    const auto shallow = [&](int depth, json::parse_event_t, json&) {
        is_too_deep = is_too_deep || depth > deepest;
        return depth <= deepest;
    };
    json object = json::parse(text.begin(), text.end(), shallow, false);
    if (object.is_discarded() || !object.is_object() || is_too_deep)
        reader.fault("", worded(is_too_deep ? "fault.archive.deep" : "fault.archive.no-object"));
    reader.end();
    return object;
}

}  // namespace

std::string manifest_to_json(const Manifest& manifest) {
    json tables = json::array();
    for (const TableFile& one : manifest.tables)
        tables.push_back({{"table", one.table},
                          {"file", one.table + ".jsonl"},
                          {"rows", one.rows},
                          {"bytes", one.bytes},
                          {"sha256", one.digest}});
    const json object{{"format", manifest.format},    {"program", manifest.program},
                      {"schema", manifest.schema},    {"made_at", manifest.made_at},
                      {"tables", std::move(tables)},  {"organisation", manifest.organisation},
                      {"has_keys", manifest.has_keys}};
    return object.dump(2) + "\n";
}

Manifest manifest_from_json(std::string_view text, const std::string& file) {
    Reader reader{file + "/manifest.json"};
    const json object = parsed(text, reader);
    Manifest manifest;
    const std::int64_t format = reader.number(object, "format");
    if (format > Manifest::newest_format)
        reader.fault("format", worded("fault.archive.newer", {{"format", std::to_string(format)},
                                                              {"newest", std::to_string(Manifest::newest_format)}}));
    // Of another format nothing more can be said.
    reader.end();
    manifest.format = static_cast<int>(format);
    manifest.program = reader.text(object, "program");
    const std::int64_t schema = reader.number(object, "schema");
    constexpr std::int64_t highest_schema = 1'000'000;
    if (schema < 1 || schema > highest_schema)
        reader.fault("schema", worded("fault.archive.schema", {{"found", std::to_string(schema)}}));
    manifest.schema = static_cast<int>(std::min(schema, highest_schema));
    manifest.made_at = reader.text(object, "made_at");
    manifest.organisation = reader.text(object, "organisation");
    manifest.has_keys = reader.yes(object, "has_keys");
    if (!object.contains("tables") || !object["tables"].is_array()) {
        reader.fault("tables", worded("fault.archive.list"));
        reader.end();
    }
    static const std::regex digest{"[0-9a-f]{64}"};
    for (const json& one : object["tables"]) {
        if (!one.is_object()) {
            reader.fault("tables", worded("fault.archive.objects"));
            continue;
        }
        manifest.tables.push_back({.table = reader.text(one, "table"),
                                   .rows = reader.number(one, "rows"),
                                   .bytes = reader.number(one, "bytes"),
                                   .digest = reader.text(one, "sha256")});
        if (!std::regex_match(manifest.tables.back().digest, digest))
            reader.fault("tables.sha256", worded("fault.archive.hexadecimal"));
    }
    reader.end();
    return manifest;
}

}  // namespace resmon::archive
