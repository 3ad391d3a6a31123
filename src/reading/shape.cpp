#include "reading/shape.hpp"

#include "base/shipped.hpp"
#include "schema/check.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <sstream>

namespace resmon::catalogue {

namespace {

using Json = nlohmann::json;

/// YAML's core schema: what stands without quotes may be a number, true, false or nothing.
Json json_of_scalar(const Tree& scalar) {
    const std::string& text = scalar.scalar;
    if (scalar.is_quoted) return text;
    if (text == "true" || text == "false") return text == "true";
    if (text.empty() || text == "~" || text == "null") return nullptr;
    const char* const end = text.data() + text.size();
    std::int64_t whole = 0;
    if (const auto [rest, error] = std::from_chars(text.data(), end, whole); error == std::errc{} && rest == end)
        return whole;
    double number = 0;
    if (const auto [rest, error] = std::from_chars(text.data(), end, number);
        error == std::errc{} && rest == end && std::isfinite(number))
        return number;
    return text;
}

Json json_of(const Tree& tree) {
    switch (tree.kind) {
        case Tree::Kind::nothing: return nullptr;
        case Tree::Kind::scalar: return json_of_scalar(tree);
        case Tree::Kind::list: {
            Json list = Json::array();
            for (const Tree& item : tree.items) list.push_back(json_of(item));
            return list;
        }
        case Tree::Kind::mapping: {
            Json mapping = Json::object();
            for (const TreeEntry& entry : tree.entries) mapping[entry.key] = json_of(entry.value);
            return mapping;
        }
    }
    return nullptr;
}

/// The place in the file that a JSON pointer means.
Place place_of(const Tree& root, const std::string& pointer, const std::string& file) {
    Place place{file, root.line, {}};
    const Tree* here = &root;
    std::istringstream keys{pointer.substr(pointer.empty() ? 0 : 1)};
    for (std::string key; std::getline(keys, key, '/');) {
        place.path += place.path.empty() ? key : "." + key;
        if (here == nullptr) continue;
        if (here->kind == Tree::Kind::list)
            here = &here->items.at(std::stoul(key));
        else
            here = here->find(key);
        if (here != nullptr) place.line = here->line;
    }
    return place;
}

}  // namespace

struct Shapes::Documents {
    std::map<std::string, Json> by_name;
};

Shapes::Shapes() : documents_{std::make_unique<Documents>()} {
    constexpr std::string_view folder = "schemas/";
    for (const ShippedFile& file : shipped_catalogue())
        if (const std::string path{file.path}; path.starts_with(folder))
            documents_->by_name.emplace(path.substr(folder.size()), Json::parse(unpacked(file)));
}

Shapes::~Shapes() = default;

std::vector<Fault> Shapes::faults(const Tree& tree, const std::string& schema, const std::string& file) {
    auto compiled = compiled_.find(schema);
    if (compiled == compiled_.end())
        compiled = compiled_.emplace(schema, schema::Schema{documents_->by_name, schema + ".json"}).first;
    std::vector<Fault> faults = compiled->second.faults(json_of(tree));
    for (Fault& fault : faults) fault.place = place_of(tree, fault.place.path, file);
    return faults;
}

}  // namespace resmon::catalogue
