#include "reading/tree_reader.hpp"

#include "base/text.hpp"

#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

namespace resmon::catalogue {

namespace {

constexpr int most_depth = 40;
/// A few aliases of aliases are a small file and an endless tree. Without aliases a value takes more than a byte, and
/// a long text counts as several.
constexpr std::size_t values_beyond_bytes = 100'000;
constexpr std::size_t bytes_of_a_value = 16;

/// What the parser says most often, as the keys of our texts; their English is the parser's own.
constexpr std::array<std::string_view, 12> parser_words{"anchor",
                                                        "block-entry",
                                                        "end-of-map",
                                                        "end-of-map-flow",
                                                        "end-of-sequence",
                                                        "end-of-sequence-flow",
                                                        "eof-in-scalar",
                                                        "flow-end",
                                                        "map-key",
                                                        "map-value",
                                                        "tab",
                                                        "token"};

Wording what_is_no_yaml(const std::string& said) {
    std::string german = said;
    for (const std::string_view word : parser_words)
        if (const std::string key = fmt::format("fault.yaml.{}", word); program_text(key, Language::english) == said)
            german = program_text(key, Language::german);
    return Text{program_text("fault.read.yaml", Language::german, {{"why", german}}),
                program_text("fault.read.yaml", Language::english, {{"why", said}})};
}

Tree nothing_at(const YAML::Mark& mark, Wording expectation, const std::string& file, std::vector<Fault>& faults) {
    Tree nothing;
    nothing.line = mark.line + 1;
    nothing.column = mark.column + 1;
    faults.push_back({{file, nothing.line, {}}, std::move(expectation)});
    return nothing;
}

class TreeBuilder {
public:
    TreeBuilder(const std::string& file, std::size_t bytes, std::vector<Fault>& faults)
        : file_{file}, faults_{faults}, most_values_{bytes + values_beyond_bytes} {}

    Tree tree(const YAML::Node& node, int depth) {
        Tree built;
        built.line = std::max(node.Mark().line + 1, 1);  // an empty file has no mark
        built.column = node.Mark().column + 1;
        if (depth > most_depth) {
            fault(built.line, worded("fault.read.deep", {{"most", std::to_string(most_depth)}}));
            return built;
        }
        values_ += 1 + (node.IsScalar() ? node.Scalar().size() / bytes_of_a_value : 0);
        if (values_ >= most_values_) {
            if (!std::exchange(are_too_many_told_, true))
                fault(built.line, worded("fault.read.values", {{"most", std::to_string(most_values_)}}));
            return built;
        }
        if (node.IsScalar()) {
            built.kind = Tree::Kind::scalar;
            built.scalar = utf8(node.Scalar(), node.Mark());
            built.is_quoted = node.Tag() == "!";
        } else if (node.IsSequence()) {
            built.kind = Tree::Kind::list;
            for (const YAML::Node& item : node) built.items.push_back(tree(item, depth + 1));
        } else if (node.IsMap()) {
            built.kind = Tree::Kind::mapping;
            std::set<std::string> keys;
            for (const auto& entry : node) {
                const YAML::Mark mark = entry.first.Mark();
                std::string key = utf8(entry.first.Scalar(), mark);
                if (!keys.insert(key).second)
                    faults_.push_back({{file_, mark.line + 1, key}, worded("fault.read.twice")});
                built.entries.push_back(
                    {std::move(key), tree(entry.second, depth + 1), mark.line + 1, mark.column + 1});
            }
        }
        return built;
    }

private:
    /// The schema checker relies on it; yaml-cpp lets other bytes through.
    std::string utf8(const std::string& bytes, const YAML::Mark& mark) {
        if (is_utf8(bytes)) return bytes;
        fault(mark.line + 1, worded("fault.read.utf8"));
        return {};
    }

    void fault(int line, Wording expectation) { faults_.push_back({{file_, line, {}}, std::move(expectation)}); }

    const std::string& file_;
    std::vector<Fault>& faults_;
    std::size_t most_values_;
    std::size_t values_ = 0;
    bool are_too_many_told_ = false;
};

const Tree* item_called(const Tree& list, const std::string& name) {
    if (!name.empty() && name.size() < 9 && name.find_first_not_of("0123456789") == std::string::npos)
        if (const std::size_t place = std::stoul(name); place < list.items.size()) return &list.items[place];
    for (const Tree& item : list.items)
        for (const char* key : {"id", "kind", "resource"})
            if (const Tree* word = item.find(key); word != nullptr && word->scalar == name) return &item;
    return nullptr;
}

/// Of the first thing on that line, a key before its value.
int column_in(const Tree& tree, int line) {
    if (tree.line > line) return 0;
    for (const TreeEntry& entry : tree.entries) {
        if (entry.line == line) return entry.column;
        if (const int column = column_in(entry.value, line); column > 0) return column;
    }
    for (const Tree& item : tree.items)
        if (const int column = column_in(item, line); column > 0) return column;
    return tree.line == line ? tree.column : 0;
}

}  // namespace

const Tree* Tree::find(const std::string& key) const {
    const auto entry = std::ranges::find(entries, key, &TreeEntry::key);
    return entry == entries.end() ? nullptr : &entry->value;
}

const Tree& tree_at(const Tree& root, const std::string& path) {
    const Tree* here = &root;
    std::istringstream keys{path};
    for (std::string key; std::getline(keys, key, '.');) {
        const Tree* next = here->kind == Tree::Kind::list ? item_called(*here, key) : here->find(key);
        if (next == nullptr) break;
        here = next;
    }
    return *here;
}

int column_of(const Tree& root, const Place& place) {
    if (root.kind == Tree::Kind::nothing) return root.column;
    const int column = column_in(tree_at(root, place.path), place.line);
    return column > 0 ? column : column_in(root, place.line);
}

Tree tree_from_yaml(const std::string& text, const std::string& file, std::vector<Fault>& faults) {
    try {
        const std::vector<YAML::Node> documents = YAML::LoadAll(text);
        // What stands after a second `---` would be left out without a word.
        if (documents.size() > 1)
            return nothing_at(documents[1].Mark(), worded("fault.read.one-document"), file, faults);
        return TreeBuilder{file, text.size(), faults}.tree(documents.empty() ? YAML::Node{} : documents.front(), 0);
    } catch (const YAML::DeepRecursion& error) {
        return nothing_at(error.mark, worded("fault.read.deep", {{"most", std::to_string(most_depth)}}), file, faults);
    } catch (const YAML::Exception& error) {
        return nothing_at(error.mark, what_is_no_yaml(error.msg), file, faults);
    }
}

}  // namespace resmon::catalogue
