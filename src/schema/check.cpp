#include "schema/check.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <span>

namespace resmon::schema {

using Json = nlohmann::json;

namespace {

/// A short form of a value for a message.
std::string shown(const Json& value) { return shortened(value.dump(-1, ' ', false, Json::error_handler_t::replace)); }

/// The same schema as a part of a larger document: every `$ref` into itself or a neighbour gets the new place.
void move_references(Json& part, const std::string& own_name) {
    if (part.is_object() && part.contains("$ref") && part["$ref"].is_string()) {
        const std::string reference = part["$ref"].get<std::string>();
        const std::size_t hash = reference.find('#');
        const std::string name = hash == 0 ? own_name : reference.substr(0, hash);
        part["$ref"] = "#/documents/" + name + (hash == std::string::npos ? "" : reference.substr(hash + 1));
    }
    if (part.is_structured())
        for (Json& item : part) move_references(item, own_name);
}

Json joined(const std::map<std::string, Json>& documents) {
    Json whole;
    for (const auto& [name, document] : documents) move_references(whole["documents"][name] = document, name);
    return whole;
}

/// The places within the document that the part refers to, and those that they refer to.
void gather_references(const Json& part, const Json& document, std::set<std::string>& places) {
    if (part.is_object() && part.contains("$ref") && part["$ref"].is_string()) {
        const std::string place = part["$ref"].get<std::string>().substr(1);
        if (places.insert(place).second) gather_references(document.at(Json::json_pointer{place}), document, places);
    }
    if (part.is_structured())
        for (const Json& item : part) gather_references(item, document, places);
}

/// The schema at that place and what it refers to, each where it stood: hundreds of schemas share one document, and
/// each would keep all of it.
Json part_of(const Json& document, const std::string& pointer) {
    std::set<std::string> places{pointer};
    gather_references(document.at(Json::json_pointer{pointer}), document, places);
    Json part = Json::object();
    for (const std::string& place : places) part[Json::json_pointer{place}] = document.at(Json::json_pointer{place});
    part["$ref"] = "#" + pointer;
    return part;
}

/// What a place expects, read off the schema that stands there; nothing if only a place below can say it.
std::optional<Wording> expectation(const Json& schema, const Json& value) {
    const std::string found = shown(value);
    if (schema.contains("enum")) {
        std::vector<std::string> words;
        for (const Json& word : schema["enum"])
            words.push_back(word.is_string() ? word.get<std::string>() : word.dump());
        return worded("fault.one-of", {{"words", fmt::format("{}", fmt::join(words, ", "))}, {"word", found}});
    }
    const std::string type =
        schema.contains("type") && schema["type"].is_string() ? schema["type"].get<std::string>() : "";
    const bool has_type = type.empty() || (type == "integer"  ? value.is_number_integer()
                                           : type == "number" ? value.is_number()
                                                              : type == value.type_name());
    if (!has_type) return worded("fault.schema.type", {{"type", type}, {"found", found}});
    if (value.is_number() && schema.contains("minimum") && value.get<double>() < schema["minimum"].get<double>())
        return worded("fault.schema.minimum", {{"bound", schema["minimum"].dump()}, {"found", found}});
    if (value.is_number() && schema.contains("maximum") && value.get<double>() > schema["maximum"].get<double>())
        return worded("fault.schema.maximum", {{"bound", schema["maximum"].dump()}, {"found", found}});
    if (value.is_string() && schema.contains("pattern"))
        return worded("fault.schema.pattern", {{"pattern", schema["pattern"].get<std::string>()}, {"found", found}});
    if (value.is_string() && schema.contains("const"))
        return worded("fault.schema.const", {{"wanted", schema["const"].dump()}, {"found", found}});
    if (value.is_string() && schema.contains("maxLength"))
        return worded("fault.schema.length", {{"most", schema["maxLength"].dump()}, {"found", found}});
    if (value.is_object()) {
        for (const Json& key : schema.value("required", Json::array()))
            if (!value.contains(key.get<std::string>()))
                return worded("fault.schema.missing", {{"key", key.get<std::string>()}});
        if (schema.contains("properties") && schema.value("additionalProperties", Json(true)) == Json(false))
            for (const auto& [key, item] : value.items())
                if (!schema["properties"].contains(key)) return worded("fault.schema.unknown", {{"key", key}});
    }
    return std::nullopt;
}

}  // namespace

std::string shortened(const std::string& text) {
    std::size_t most = 60;
    if (text.size() <= most) return text;
    while (most > 0 && (text[most] & 0xC0) == 0x80) --most;
    return text.substr(0, most) + "…";
}

struct Schema::Compiled {
    Json text;
    valijson::Schema schema;

    Compiled(const Json& document, const std::string& pointer)
        : text(part_of(document, pointer)) {  // braces would make a list of it
        valijson::SchemaParser parser;
        const valijson::adapters::NlohmannJsonAdapter adapter{text};
        parser.populateSchema(adapter, schema);
    }

    /// The schema that stands at the place of a value; of several forms the first that knows the place.
    [[nodiscard]] const Json* at(const std::vector<std::string>& path) const { return below(text, path); }

private:
    [[nodiscard]] const Json* below(const Json& schema_here, std::span<const std::string> path) const {
        const Json& here = followed(schema_here);
        for (const char* forms : {"allOf", "oneOf", "anyOf"})
            if (here.contains(forms) && (!path.empty() || here[forms].size() == 1))
                for (const Json& form : here[forms])
                    if (const Json* found = below(form, path); found != nullptr) return found;
        if (path.empty()) return &here;
        const std::string& key = path.front();
        if (here.contains("properties") && here["properties"].contains(key))
            return below(here["properties"][key], path.subspan(1));
        for (const char* rest : {"items", "additionalProperties"})
            if (here.contains(rest) && here[rest].is_object()) return below(here[rest], path.subspan(1));
        return nullptr;
    }

    [[nodiscard]] const Json& followed(const Json& part) const {
        const Json* here = &part;
        while (here->contains("$ref"))
            here = &text.at(Json::json_pointer{(*here)["$ref"].get<std::string>().substr(1)});
        return *here;
    }
};

Schema::Schema(const Json& document, const std::string& pointer)
    : compiled_{std::make_unique<Compiled>(document, pointer)} {}
Schema::Schema(const std::map<std::string, Json>& documents, const std::string& name)
    : compiled_{std::make_unique<Compiled>(joined(documents), "/documents/" + name)} {}
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

std::vector<Fault> Schema::faults(const Json& value) const {
    // Keeps the patterns that it has compiled: that takes longer than all the rest of a request's check.
    thread_local valijson::Validator validator;
    valijson::ValidationResults results;
    const valijson::adapters::NlohmannJsonAdapter adapter{value};
    if (validator.validate(compiled_->schema, adapter, &results)) return {};

    std::vector<Fault> faults;
    std::set<std::string> seen;
    valijson::ValidationResults::Error error;
    // valijson tells a fault at its place and again at every place above it: the deepest word is the useful one.
    std::vector<std::vector<std::string>> places;
    while (results.popError(error)) {
        std::vector<std::string> path;
        for (auto part = error.context.begin() + (error.context.empty() ? 0 : 1); part != error.context.end(); ++part)
            path.push_back(part->size() > 2 ? part->substr(1, part->size() - 2) : *part);
        places.push_back(std::move(path));
    }
    for (const auto& path : places) {
        const bool has_deeper = std::ranges::any_of(places, [&](const auto& other) {
            return other.size() > path.size() && std::equal(path.begin(), path.end(), other.begin());
        });
        std::string pointer;
        for (const std::string& key : path) pointer += "/" + key;
        if (!seen.insert(pointer).second) continue;
        const Json::json_pointer place{pointer};
        const Json* expected = compiled_->at(path);
        const bool is_known = expected != nullptr && value.contains(place);
        const std::optional<Wording> said = is_known ? expectation(*expected, value.at(place)) : std::nullopt;
        if (has_deeper && !said) continue;
        faults.push_back({{.path = pointer},
                          said       ? *said
                          : is_known ? worded("fault.schema.not-fitting", {{"found", shown(value.at(place))}})
                                     : worded("fault.schema.does-not-fit")});
    }
    return faults;
}

}  // namespace resmon::schema
