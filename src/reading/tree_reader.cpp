#include "reading/tree_reader.hpp"

#include "base/text.hpp"

#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

namespace resmon::catalogue {

namespace {

constexpr std::size_t most_depth = 40;
/// A few aliases of aliases are a small file and an endless tree. Without aliases a value takes more than a byte, and
/// a long text counts as several.
constexpr std::size_t values_beyond_bytes = 100'000;
constexpr std::size_t bytes_of_a_value = 16;

/// What the parser can say, as the keys of our texts; their English is the parser's own.
constexpr auto parser_words = std::to_array<std::string_view>({"alias",
                                                               "alias-character",
                                                               "alias-content",
                                                               "aliases",
                                                               "anchor",
                                                               "anchor-ambiguous",
                                                               "anchor-character",
                                                               "anchor-name",
                                                               "anchors",
                                                               "block-character",
                                                               "block-entry",
                                                               "block-indent",
                                                               "directive",
                                                               "directive-twice",
                                                               "document-in-scalar",
                                                               "end-of-map",
                                                               "end-of-map-flow",
                                                               "end-of-sequence",
                                                               "end-of-sequence-flow",
                                                               "eof-in-scalar",
                                                               "escape",
                                                               "flow-end",
                                                               "hex",
                                                               "major-version",
                                                               "map-key",
                                                               "map-value",
                                                               "scalar-character",
                                                               "tab",
                                                               "tag-character",
                                                               "tag-directive",
                                                               "tag-directive-twice",
                                                               "tag-end",
                                                               "tag-suffix",
                                                               "tags",
                                                               "token",
                                                               "unicode",
                                                               "version"});

Wording too_deep() { return worded("fault.read.deep", {{"most", std::to_string(most_depth)}}); }

Tree nothing_at(const YAML::Mark& mark, Wording expectation, const std::string& file, std::vector<Fault>& faults) {
    Tree nothing;
    nothing.line = mark.line + 1;
    nothing.column = mark.column + 1;
    faults.push_back({{file, nothing.line, {}}, std::move(expectation)});
    return nothing;
}

/// Builds the tree while the parser reads. What nests too deep, or is one value too many, is told and left out.
class TreeBuilder final : public YAML::EventHandler {
public:
    TreeBuilder(const std::string& file, std::size_t bytes, std::vector<Fault>& faults)
        : file_{file}, faults_{faults}, most_values_{bytes + values_beyond_bytes} {
        root_.line = 1;
    }

    [[nodiscard]] Tree& root() { return root_; }
    /// Where a second document begins.
    [[nodiscard]] const std::optional<YAML::Mark>& second() const { return second_; }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (std::exchange(has_begun_, true)) second_ = mark;
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { one(Tree::Kind::nothing, mark, {}, anchor); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        one(Tree::Kind::scalar, mark, utf8(value, mark), anchor, tag == "!");
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        begin(headed(Tree::Kind::list, mark), anchor);
    }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        begin(headed(Tree::Kind::mapping, mark), anchor);
    }
    void OnSequenceEnd() override { end(); }
    void OnMapEnd() override { end(); }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const auto named = anchored_.find(anchor);
        // The parser knows every anchor. What is not whole yet would contain itself.
        if (named == anchored_.end()) {
            fault(mark.line + 1, too_deep());
            one(Tree::Kind::nothing, mark, {}, YAML::NullAnchor);
        } else {
            again(named->second);
        }
    }

private:
    struct Open {
        Tree tree;
        YAML::anchor_t anchor;
        std::optional<Tree> key;  ///< whose value comes next
        std::set<std::string> keys;
    };

    static Tree headed(Tree::Kind kind, const YAML::Mark& mark) {
        Tree head;
        head.kind = kind;
        head.line = mark.line + 1;
        head.column = mark.column + 1;
        return head;
    }

    void one(Tree::Kind kind, const YAML::Mark& mark, std::string scalar, YAML::anchor_t anchor,
             bool is_quoted = false) {
        Tree tree = headed(kind, mark);
        tree.scalar = std::move(scalar);
        tree.is_quoted = is_quoted;
        begin(std::move(tree), anchor);
        end();
    }

    void begin(Tree head, YAML::anchor_t anchor) {
        if (left_out_ > 0 || is_too_much(head)) ++left_out_;
        if (left_out_ <= 1) open_.push_back({std::move(head), anchor, {}, {}});
    }

    void end() {
        if (left_out_ > 0) --left_out_;
        if (left_out_ > 0) return;
        Open done = std::move(open_.back());
        open_.pop_back();
        if (done.anchor != YAML::NullAnchor) anchored_[done.anchor] = done.tree;
        if (open_.empty())
            root_ = std::move(done.tree);
        else
            put(open_.back(), std::move(done.tree));
    }

    void put(Open& into, Tree value) {
        if (into.tree.kind == Tree::Kind::list) {
            into.tree.items.push_back(std::move(value));
        } else if (!into.key) {
            if (value.kind == Tree::Kind::scalar && !into.keys.insert(value.scalar).second)
                faults_.push_back({{file_, value.line, value.scalar}, worded("fault.read.twice")});
            into.key = std::move(value);
        } else {
            into.tree.entries.push_back(
                {std::move(into.key->scalar), std::move(value), into.key->line, into.key->column});
            into.key.reset();
        }
    }

    /// What an alias stands for, counted anew.
    void again(const Tree& tree) {
        begin({tree.kind, tree.scalar, tree.is_quoted, tree.line, tree.column, {}, {}}, YAML::NullAnchor);
        if (left_out_ == 0) {
            for (const Tree& item : tree.items) again(item);
            for (const TreeEntry& entry : tree.entries) {
                again({Tree::Kind::scalar, entry.key, false, entry.line, entry.column, {}, {}});
                again(entry.value);
            }
        }
        end();
    }

    /// Then it is told, and `head` is nothing.
    bool is_too_much(Tree& head) {
        values_ += 1 + head.scalar.size() / bytes_of_a_value;
        const bool is_deep = open_.size() > most_depth;
        const bool are_many = values_ >= most_values_;
        if (is_deep)
            fault(head.line, too_deep());
        else if (are_many && !std::exchange(are_too_many_told_, true))
            fault(head.line, worded("fault.read.values", {{"most", std::to_string(most_values_)}}));
        if (!is_deep && !are_many) return false;
        head.kind = Tree::Kind::nothing;
        head.scalar.clear();
        return true;
    }

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
    bool has_begun_ = false;
    std::optional<YAML::Mark> second_;
    std::size_t left_out_ = 0;  ///< what is open and left out
    std::vector<Open> open_;
    std::map<YAML::anchor_t, Tree> anchored_;
    Tree root_;
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

Wording what_is_no_yaml(const std::string& said) {
    std::string german = said;
    for (const std::string_view word : parser_words) {
        const std::string key = fmt::format("fault.yaml.{}", word);
        const std::string english = program_text(key, Language::english);
        // What was found stands behind a colon.
        if (said == english || said.starts_with(english + ": "))
            german = program_text(key, Language::german) + said.substr(english.size());
    }
    return Text{program_text("fault.read.yaml", Language::german, {{"why", german}}),
                program_text("fault.read.yaml", Language::english, {{"why", said}})};
}

Tree tree_from_yaml(const std::string& text, const std::string& file, std::vector<Fault>& faults) {
    try {
        std::istringstream stream{text};
        YAML::Parser parser{stream};
        std::vector<Fault> found;
        TreeBuilder builder{file, text.size(), found};
        // What stands after a second `---` would be left out without a word. No third one is asked for: on a stray
        // comma the parser stays where it is, and finds empty documents for ever.
        if (parser.HandleNextDocument(builder)) parser.HandleNextDocument(builder);
        if (!builder.second()) {
            std::ranges::move(found, std::back_inserter(faults));
            return std::move(builder.root());
        }
        const bool is_marked = text.compare(static_cast<std::size_t>(builder.second()->pos), 3, "---") == 0;
        return nothing_at(*builder.second(),
                          is_marked ? worded("fault.read.one-document") : what_is_no_yaml("unknown token"), file,
                          faults);
    } catch (const YAML::DeepRecursion& error) {
        return nothing_at(error.mark, too_deep(), file, faults);
    } catch (const YAML::Exception& error) {
        return nothing_at(error.mark, what_is_no_yaml(error.msg), file, faults);
    }
}

}  // namespace resmon::catalogue
