#include "http/openapi.hpp"

#include "base/error.hpp"
#include "base/shipped.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace resmon::http {

using Json = nlohmann::json;

namespace {

/// JSON pointers escape `~` and `/` (RFC 6901).
std::string escaped(const std::string& key) {
    std::string pointer;
    for (const char character : key)
        pointer += character == '~' ? "~0" : character == '/' ? "~1" : std::string(1, character);
    return pointer;
}

std::string upper(std::string word) {
    std::ranges::transform(word, word.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    return word;
}

std::string lower(std::string word) {
    std::ranges::transform(word, word.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return word;
}

/// What stands in a path or query is text; where a number is described it is read as one.
Json value_of(const std::string& text, bool is_number) {
    long long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (is_number && error == std::errc{} && end == text.data() + text.size()) return number;
    return text;
}

/// Nothing if it is no JSON. What nests deeper than any request does is refused before recursion meets it.
Json body_of(const std::string& text) {
    static constexpr int most_depth = 32;
    return Json::parse(
        text,
        [](int depth, Json::parse_event_t, const Json&) {
            if (depth > most_depth) throw InputError{worded("fault.request.deep", {{"most", most_depth}})};
            return true;
        },
        false);
}

}  // namespace

OpenApi::OpenApi() {
    const auto files = shipped_api();
    text_ = unpacked(files.front());
    const Json document = Json::parse(text_);
    const std::string server = document.at("servers").at(0).at("url").get<std::string>();
    for (const auto& [path, item] : document.at("paths").items())
        for (const auto& [method, operation] : item.items()) {
            if (method == "parameters") continue;
            const std::string at = "/paths/" + escaped(path);
            Operation known;
            const auto add = [&](const Json& list, const std::string& pointer) {
                for (std::size_t place = 0; place < list.size(); ++place) {
                    const Json& parameter = list[place];
                    const Json& type = parameter.at("schema");
                    known.parameters.push_back(
                        {.name = parameter.at("name"),
                         .in = parameter.at("in"),
                         .is_required = parameter.value("required", false),
                         .is_number = type.value("type", "") == "integer",
                         .schema = {document, fmt::format("{}/parameters/{}/schema", pointer, place)}});
                }
            };
            if (item.contains("parameters")) add(item["parameters"], at);
            if (operation.contains("parameters")) add(operation["parameters"], at + "/" + method);
            // Files have no schema: whoever reads them says what is wrong.
            if (operation.contains("requestBody") && operation["requestBody"]["content"].contains("application/json"))
                known.body = std::make_unique<schema::Schema>(
                    document, at + "/" + method + "/requestBody/content/application~1json/schema");
            operations_.emplace(upper(method) + " " + server + path, std::move(known));
        }
}

void OpenApi::check(const Request& request, const Route& route) const {
    const auto operation = operations_.find(route.method + " " + route.path);
    if (operation == operations_.end()) return;
    std::vector<Fault> faults;
    for (const Parameter& parameter : operation->second.parameters) {
        const Fields& fields = parameter.in == "path"    ? request.parameters
                               : parameter.in == "query" ? request.query
                                                         : request.headers;
        const auto field = fields.find(parameter.in == "header" ? lower(parameter.name) : parameter.name);
        const std::string pointer = fmt::format("/{}/{}", parameter.in, parameter.name);
        if (field == fields.end()) {
            if (parameter.is_required) faults.push_back({{.path = pointer}, worded("fault.missing")});
            continue;
        }
        if (!is_utf8(field->second)) {
            faults.push_back({{.path = pointer}, worded("fault.request.utf8")});
            continue;
        }
        for (const Fault& fault : parameter.schema.faults(value_of(field->second, parameter.is_number)))
            faults.push_back({{.path = pointer + fault.place.path}, fault.expectation});
    }
    for (const auto& [name, value] : request.query) {
        const bool is_known = std::ranges::any_of(operation->second.parameters, [&, key = name](const Parameter& one) {
            return one.in == "query" && one.name == key;
        });
        if (!is_known) faults.push_back({{.path = "/query/" + name}, worded("fault.request.unknown")});
    }
    if (operation->second.body) {
        const Json body = body_of(request.body);
        if (body.is_discarded())
            faults.push_back({{.path = ""}, worded("fault.request.json")});
        else
            for (Fault& fault : operation->second.body->faults(body)) faults.push_back(std::move(fault));
    }
    if (!faults.empty()) throw InputError{std::move(faults)};
}

}  // namespace resmon::http
