#include "reading/tree_reader.hpp"

#include "base/text.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>

namespace resmon::catalogue {

namespace {

constexpr int most_depth = 40;
/// A few aliases of aliases are a small file and an endless tree. Without aliases a value takes more than a byte.
constexpr std::size_t values_beyond_bytes = 100'000;

class TreeBuilder {
public:
    TreeBuilder(const std::string& file, std::size_t bytes, std::vector<Fault>& faults)
        : file_{file}, faults_{faults}, most_values_{bytes + values_beyond_bytes} {}

    Tree tree(const YAML::Node& node, int depth) {
        Tree built;
        built.line = node.Mark().line + 1;
        if (depth > most_depth) {
            faults_.push_back({{file_, built.line, {}}, fmt::format("must nest at most {} levels deep", most_depth)});
            return built;
        }
        if (++values_ >= most_values_) {
            if (values_ == most_values_)
                faults_.push_back({{file_, built.line, {}},
                                   fmt::format("must have at most {} values, each alias counted anew", most_values_)});
            return built;
        }
        if (node.IsScalar()) {
            built.kind = Tree::Kind::scalar;
            built.scalar = utf8(node.Scalar(), built.line);
            built.is_quoted = node.Tag() == "!";
        } else if (node.IsSequence()) {
            built.kind = Tree::Kind::list;
            for (const YAML::Node& item : node) built.items.push_back(tree(item, depth + 1));
        } else if (node.IsMap()) {
            built.kind = Tree::Kind::mapping;
            for (const auto& entry : node)
                add(built, utf8(entry.first.Scalar(), entry.first.Mark().line + 1), tree(entry.second, depth + 1));
        }
        return built;
    }

private:
    /// The schema checker relies on it; yaml-cpp lets other bytes through.
    std::string utf8(const std::string& bytes, int line) {
        if (is_utf8(bytes)) return bytes;
        faults_.push_back({{file_, line, {}}, "must be UTF-8"});
        return {};
    }

    void add(Tree& mapping, const std::string& key, Tree value) {
        if (mapping.find(key) != nullptr)
            faults_.push_back({{file_, value.line, key}, "must stand once, stands twice"});
        mapping.entries.push_back({key, std::move(value)});
    }

    const std::string& file_;
    std::vector<Fault>& faults_;
    std::size_t most_values_;
    std::size_t values_ = 0;
};

}  // namespace

const Tree* Tree::find(const std::string& key) const {
    const auto entry = std::ranges::find(entries, key, &TreeEntry::key);
    return entry == entries.end() ? nullptr : &entry->value;
}

Tree tree_from_yaml(const std::string& text, const std::string& file, std::vector<Fault>& faults) {
    try {
        return TreeBuilder{file, text.size(), faults}.tree(YAML::Load(text), 0);
    } catch (const YAML::Exception& error) {
        faults.push_back({{file, error.mark.line + 1, {}}, "must be YAML: " + error.msg});
        return {};
    }
}

}  // namespace resmon::catalogue
